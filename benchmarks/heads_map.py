"""From a key to the painted maps: HeadsMap with sixteen tokens and a model of MiniLM's size, in one JupyterLab.

    python benchmarks/heads_map.py

Printed: the fastest and the median of 40 keys in ms, and how many times as long that is as the model alone takes for
all its weights in the same kernel. Compare ratios, not milliseconds: both share the machine's load.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests/browser"))  # where JupyterLab is driven from

from lab import open_lab, soon  # noqa: E402
from test_heads_map_in_browser import CELLS, SIXTEEN  # noqa: E402

KEYS = 40
MODEL_ALONE = "min(__import__('timeit').repeat(lambda: reader.weights(view.sentence), number=1, repeat=9))"
PAINTED = """view => new Promise((done) => {
  const field = view.querySelector("input"), canvas = view.querySelector(".heads-map-wall canvas");
  const [before, begun] = [canvas.toDataURL(), performance.now()];
  const look = () => {
    const taken = performance.now() - begun;
    if (canvas.toDataURL() !== before || taken > 5000) done(taken);
    else requestAnimationFrame(look);
  };
  field.value = field.value.endsWith("cat") ? field.value.slice(0, -3) + "sat" : field.value.slice(0, -3) + "cat";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(look);
})"""


def main():
    with tempfile.TemporaryDirectory() as folder, open_lab(folder) as lab:
        lesson = lab.open_cells("heads-map", *CELLS)
        assert lesson.errors() == [], lesson.errors()
        view = lesson.widget("heads-map")
        view.get_by_label("your sentence").fill(SIXTEEN)
        soon(lambda: lesson.python("len(view.tokens)") == "16")
        times = []
        for _ in range(KEYS):
            times.append(view.evaluate(PAINTED))
            time.sleep(0.1)
        alone = 1000 * float(lesson.python(MODEL_ALONE))
        fastest, median = min(times), statistics.median(times)
        print(f"fastest {fastest:.0f} ms, median {median:.0f} ms; the model alone {alone:.0f} ms")
        print(f"fastest {fastest / alone:.1f} and median {median / alone:.1f} times the model alone")


if __name__ == "__main__":
    main()
