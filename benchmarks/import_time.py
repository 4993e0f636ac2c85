"""How long a lesson's first cell takes, and who takes it: seconds of each import, in the lesson's own order.

python benchmarks/import_time.py [notebook ...]      each notebook in a fresh process, three times; the best counts
"""

import json
import subprocess
import sys
from pathlib import Path

LESSONS = Path(__file__).parent.parent / "notebooks"
RUNS = 3
TIMED = """
import json, sys, time
seconds = {}
for line in json.loads(sys.argv[1]):
    start = time.perf_counter()
    exec(line)
    seconds[line.split()[1]] = round(time.perf_counter() - start, 2)
print(json.dumps(seconds))
"""


def imports(path):
    """The import lines of a notebook's first code cell."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    source = next("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return [line for line in source.splitlines() if line.startswith(("import ", "from "))]


def split(path):
    """Seconds of each import, of the fastest run."""
    command = [sys.executable, "-c", TIMED, json.dumps(imports(path))]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(RUNS)]
    return min(runs, key=lambda seconds: sum(seconds.values()))


def main():
    for path in map(Path, sys.argv[1:]) if sys.argv[1:] else sorted(LESSONS.glob("[0-9]*.ipynb")):
        seconds = split(path)
        print(f"{path.stem}: {sum(seconds.values()):.2f} s")
        for name, part in seconds.items():
            print(f"    {part:5.2f}  {name}")


if __name__ == "__main__":
    main()
