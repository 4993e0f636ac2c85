# Grades a class in batches of 25, several at once, and writes the report. Only batches in which a file changed run again.
#
#     snakemake --cores 4 --config submissions=submitted results=results seed=12345
#
# On a cluster the same command with `--executor slurm --jobs 20`, or `--executor kubernetes`: see snakemake's plugins.
from pathlib import Path

RESULTS = Path(config.get("results", "results"))
SUBMISSIONS = Path(config.get("submissions", "submitted"))
NOTEBOOKS = sorted(str(path) for path in SUBMISSIONS.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
BATCHES = [NOTEBOOKS[start : start + 25] for start in range(0, len(NOTEBOOKS), 25)]
COMMAND = "{config[python]} -m course_utils.instructor"
config.setdefault("python", "python")

rule report:
    input: expand(RESULTS / "batches/{number}", number=range(len(BATCHES)))
    output: RESULTS / "report/gradebook.csv"
    shell: COMMAND + " report {RESULTS:q} || test $? = 1"  # 1: done, and there is something to look at

rule grade:
    input: lambda wildcards: BATCHES[int(wildcards.number)]
    output: touch(RESULTS / "batches/{number}")
    resources: mem_mb=5000, runtime=30  # a student's code may take 3 GB
    shell: COMMAND + " grade {input:q} --within {SUBMISSIONS:q} --out {RESULTS:q} --seed {config[seed]} --workers 1"
