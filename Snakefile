# Grades a class in batches of 25, several at once, and writes the report. Only batches in which a file changed run again.
#
#     snakemake --cores 4 --config submissions=submitted results=results seed=12345
#
# Also: variant=SECRET, students=class.csv, lesson=02, seconds=20, sandbox=limits, as `grade` takes them;
# plan=plan.toml and column=NAME as both commands take them, matches=FILE; essays="sheet.csv another.csv" and
# override=FILE as `report` does; python=… is the Python that has the course, if Snakemake's has not.
# On a cluster the same command with `--executor slurm --jobs 20`, or `--executor kubernetes`: see snakemake's plugins.
import json
import shlex
import sys
from pathlib import Path

sys.path.insert(0, str(workflow.basedir))
from course_utils.instructor.submissions.folder_walk import collect

BATCH = 25
RESULTS = Path(config.get("results", "results"))
SUBMISSIONS = Path(config.get("submissions", "submitted"))
GIVEN = [config[name] for name in ("students", "plan", "matches", "override") if name in config]
ESSAYS = shlex.split(str(config.get("essays", "")))
if isinstance(config.get("lesson"), int):  # Snakemake has made a number of "02"
    config["lesson"] = f"{config['lesson']:02}"
if any(word.startswith("variant=0") for word in sys.argv):
    raise WorkflowError("Snakemake makes a number of this variant, and another one: write variant=\"'007'\".")


def quoted(*words):
    """Words of a command that neither a shell nor Snakemake changes."""
    return shlex.join(map(str, words)).replace("{", "{{").replace("}", "}}")


def options(*names):
    """--name=value for each of these that --config gives."""
    return quoted(*(f"--{name}={config[name]}" for name in names if name in config))


def batches():
    """Write what is in each batch, where it has changed, into a file at whose time Snakemake looks.

    No file's name goes through Snakemake or a shell: neither takes all that students think of.
    """
    notebooks = collect(SUBMISSIONS, but=RESULTS).notebooks
    for number, start in enumerate(range(0, len(notebooks), BATCH)):
        files = {str(path): path.lstat() for path in notebooks[start : start + BATCH]}
        text = json.dumps({name: [seen.st_mtime_ns, seen.st_size] for name, seen in files.items()}, indent=1)
        place = RESULTS / f"batches/{number}.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists() or place.read_text() != text:
            place.write_text(text)
    return range(-(-len(notebooks) // BATCH))


COMMAND = quoted(config.get("python", "python"), "-m", "course_utils.instructor")
HOW = options("seed", "variant", "students", "column", "plan", "lesson", "seconds", "sandbox", "matches")
SHEETS = quoted("--essays", *ESSAYS) if ESSAYS else ""

rule report:
    input: expand(RESULTS / "batches/{number}.done", number=batches()), GIVEN, ESSAYS
    output: RESULTS / "report/gradebook.csv"
    shell: COMMAND + " report {RESULTS:q} " + options("students", "column", "plan", "override") + " " + SHEETS + " || test $? = 1"  # 1: look at it

rule grade:
    input: RESULTS / "batches/{number}.json", GIVEN
    output: touch(RESULTS / "batches/{number}.done")
    resources: mem_mb=5000, runtime=30  # a student's code may take 3 GB
    shell: COMMAND + " grade --files {input[0]:q} --within {SUBMISSIONS:q} --out {RESULTS:q} --workers 1 " + HOW
