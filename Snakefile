# Grades a class in batches of 25, several at once, and writes the report. Only batches in which a file changed run again.
#
#     snakemake --cores 4 --config submissions=submitted results=results seed=12345
#
# Also: variant=SECRET, students=class.csv, lesson=02, seconds=20, sandbox=limits, as `grade` takes them;
# plan=plan.toml and column="NAME ..." as both commands take them, section="A B", matches=FILE; essays="sheet.csv another.csv",
# override=FILE, handed_in="02 times.csv 03 more.csv" and nbgrader=DIR as `report` does; python=... is the Python that
# has the course, if Snakemake's has not.
# On a cluster the same command with `--executor slurm --jobs 20`, or `--executor kubernetes`: see snakemake's plugins.
import shlex
import subprocess
import sys
from pathlib import Path

BATCH = 25
RESULTS = Path(config.get("results", "results"))
SUBMISSIONS = Path(config.get("submissions", "submitted"))
GIVEN = [config[name] for name in ("students", "plan", "matches", "override") if name in config]
ESSAYS, TIMES, COLUMNS, SECTIONS = (
    shlex.split(str(config.get(name, ""))) for name in ("essays", "handed_in", "column", "section")
)
if isinstance(config.get("lesson"), int):  # Snakemake has made a number of "02"
    config["lesson"] = f"{config['lesson']:02}"
if any(word.startswith("variant=0") for word in sys.argv):
    raise WorkflowError("Snakemake makes a number of this variant, and another one: write variant=\"'007'\".")


def quoted(*words):
    """Words of a command that neither a shell nor Snakemake changes."""
    return shlex.join(map(str, words)).replace("{", "{{").replace("}", "}}")


def options(*names):
    """["--name=value", ...] for each of these that --config gives."""
    return [f"--{name}={config[name]}" for name in names if name in config]


COURSE = [config.get("python", "python"), "-m", "course_utils.instructor"]
BOTH = [*options("students", "plan"), *(["--column", *COLUMNS] if COLUMNS else [])]
HOW = [*options("seed", "variant", "lesson", "seconds", "matches"), *BOTH, *(["--section", *SECTIONS] if SECTIONS else [])]


def batches():
    """The numbers of the lists that `grade` writes, each anew when it has changed; Snakemake looks at its time.

    No file's name goes through Snakemake or a shell: neither takes all that students think of.
    """
    if workflow.is_main_process:
        listing = [*COURSE, "grade", str(SUBMISSIONS), "--out", str(RESULTS), "--batches", str(BATCH), *HOW]
        if subprocess.run(list(map(str, listing))).returncode:
            raise WorkflowError("Nothing was graded: see above.")
    return sorted(int(path.stem) for path in (RESULTS / "batches").glob("*.json"))


def sheets():
    """What `report` is given besides."""
    times = [word for pair in zip(TIMES[::2], TIMES[1::2]) for word in ("--handed-in", *pair)]
    return [*options("override", "nbgrader"), *(["--essays", *ESSAYS] if ESSAYS else []), *times]


rule report:
    input: expand(RESULTS / "batches/{number}.done", number=batches()), GIVEN, ESSAYS, TIMES[1::2]
    output: RESULTS / "report/gradebook.csv"
    shell: quoted(*COURSE, "report", RESULTS, *BOTH, *sheets()) + " || test $? = 1"  # 1: look at it

rule grade:
    input: RESULTS / "batches/{number}.json", GIVEN
    output: touch(RESULTS / "batches/{number}.done")
    resources: mem_mb=5000, runtime=30  # a student's code may take 3 GB
    shell: quoted(*COURSE, "grade", "--out", RESULTS, "--workers", "1", *HOW, *options("sandbox"), "--files") + " {input[0]:q}"
