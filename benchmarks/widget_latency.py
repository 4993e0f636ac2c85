"""From the slider to the painted picture: AttentionView against interact + matplotlib, in one JupyterLab.

    python benchmarks/widget_latency.py

A headless Chromium pulls each slider with the mouse: 60 single steps, each waiting for its picture, then a drag of 120
moves. Printed: median and 95th percentile of a step in ms, how many times faster than interact, pictures a second in
the drag, and for how long a picture was gone or its output had collapsed. Compare ratios, not milliseconds: every
variant shares the machine's load. Both draw the same maps with their titles and the colours' scale; matplotlib
is let off the numbers that AttentionView writes into large cells.
"""

import statistics
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "browser"))  # where JupyterLab is driven from

from lab import at, open_lab  # noqa: E402

STEPS = 60
MOVES = 120
QUIET_MS = 150  # a picture that has not changed for so long is the last one
PATIENCE_MS = 10_000
SIZES = [(12, 1), (64, 8)]  # tokens, heads
BARS = {("browser", 12): 10, ("kernel", 12): 3.5, ("browser", 64): 20, ("kernel", 64): 8}  # times faster than interact

IMPORTS = """
%matplotlib inline
import matplotlib.pyplot as plt
import torch
from ipywidgets import FloatLogSlider, interact
from course_utils.model.attention import attention
from course_utils.widgets import AttentionView

def inputs(tokens, heads):
    torch.manual_seed(0)
    return 1.5 * torch.randn(3, heads, tokens, 16), [f"word{i}" for i in range(tokens)]
"""
INTERACT = """
(Q, K, V), words = inputs({tokens}, {heads})

@interact(temperature=FloatLogSlider(value=1, min=-1, max=1, step=0.01))
def show(temperature):
    _, weights = attention(Q / temperature, K, V)
    figure, axes = plt.subplots({rows}, {columns}, figsize=({columns} * 2 + 2, {rows} * 2 + 2), squeeze=False)
    for head, (ax, matrix) in enumerate(zip(axes.flat, weights)):
        image = ax.imshow(matrix, vmin=0, vmax=1, cmap="Blues")
        ax.set_title(f"head {{head}}" if {heads} > 1 else "")
        ax.set_xticks(range(len(words)) if {heads} == 1 else [], words if {heads} == 1 else [], rotation=90)
        ax.set_yticks(range(len(words)) if {heads} == 1 else [], words if {heads} == 1 else [])
    figure.colorbar(image, ax=axes)
    plt.show()
"""
BROWSER = "(Q, K, V), words = inputs({tokens}, {heads})\nAttentionView(Q, K, tokens=words)"
KERNEL = "(Q, K, V), words = inputs({tokens}, {heads})\nAttentionView(Q, K, V, tokens=words, compute=attention)"
VARIANTS = {  # the cell, and the bar along which its slider is pulled
    "interact": (INTERACT, ".noUi-base"),
    "kernel": (KERNEL, "input[type=range]"),
    "browser": (BROWSER, "input[type=range]"),
}

WAIT = f"""() => new Promise((resolve) => {{
    const started = performance.now();
    const look = () => {{
        const {{ changes, inputs }} = window.watch.log;
        const now = performance.now();
        const quiet = changes.length && now - changes.at(-1) > {QUIET_MS};
        if (quiet || now - started > {PATIENCE_MS}) resolve([inputs.at(-1), changes.at(-1) ?? null]);
        else setTimeout(look, 5);
    }};
    look();
}})"""


class Slider:
    """One variant's slider and picture, in the notebook's cell of that number."""

    def __init__(self, lesson, number, bar):
        self.page = lesson.page
        self.cell = lesson.panel.locator(".jp-CodeCell").nth(number)
        self.cell.evaluate("cell => cell.scrollIntoView({ block: 'start' })")
        self.cell.locator("canvas, img").first.wait_for()
        bar = self.cell.locator(bar).first
        (self.left, self.y), (self.right, _) = at(bar, 0.25), at(bar, 0.75)
        self.page.mouse.move(*at(bar))  # each slider begins in the middle
        self.page.mouse.down()
        self.step(0)

    def watch(self):
        self.cell.evaluate("cell => window.watch.start(cell)")

    def stop(self):
        return self.page.evaluate("() => window.watch.stop()")

    def move(self, share, **how):
        self.page.mouse.move(self.left + share * (self.right - self.left), self.y, **how)

    def step(self, share):
        """(ms from the event to the picture's final pixels, or None if it did not change; ms of flicker)."""
        self.watch()
        self.move(share)
        pointed, painted = self.page.evaluate(WAIT)
        return painted and painted - pointed, self.stop()["flicker"]

    def drag(self):
        """What is seen while the handle goes from the right to the left; Chromium takes a move in each frame."""
        self.watch()
        self.move(0, steps=MOVES)
        self.page.evaluate(WAIT)
        return self.stop()


def measure(slider):
    """What the table says of one variant at one size: a dict."""
    steps = [slider.step((i + 1) / STEPS) for i in range(STEPS)]
    took = [ms for ms, _ in steps if ms is not None]
    drag = slider.drag()
    slider.page.mouse.up()
    first, last = drag["inputs"][0], drag["inputs"][-1]
    seconds = (last - first) / 1000
    return {
        "steps": len(took),
        "median": statistics.median(took),
        "p95": statistics.quantiles(took, n=20)[-1],
        "pictures": sum(change <= last for change in drag["changes"]) / seconds,
        "moves": len(drag["inputs"]) / seconds,
        "flicker": drag["flicker"] + sum(flicker for _, flicker in steps),
    }


def cells():
    """(tokens, heads, variant, source) for each measured cell, in the notebook's order."""
    for tokens, heads in SIZES:
        rows, columns = (1, 1) if heads == 1 else (2, heads // 2)
        for variant, (source, _) in VARIANTS.items():
            yield tokens, heads, variant, source.format(tokens=tokens, heads=heads, rows=rows, columns=columns)


def main():
    print("tokens x heads  variant   median ms     p95  faster   bar  pictures/s  (moves/s)  flicker ms  steps seen")
    with tempfile.TemporaryDirectory() as folder, open_lab(folder) as lab:
        lesson = lab.open_cells("latency", IMPORTS, *(source for *_, source in cells()))
        assert lesson.errors() == [], lesson.errors()
        lab.page.evaluate((HERE / "watch_picture.js").read_text())
        medians = {}
        for number, (tokens, heads, variant, _) in enumerate(cells(), start=1):
            seen = measure(Slider(lesson, number, VARIANTS[variant][1]))
            medians[tokens, variant] = seen["median"]
            ratio = medians[tokens, "interact"] / seen["median"]
            print(row(f"{tokens}x{tokens}x{heads}", variant, ratio, BARS.get((variant, tokens)), seen))


def row(size, variant, ratio, bar, seen):
    """One line of the table."""
    times = f"{seen['median']:9.0f}{seen['p95']:8.0f}{ratio:7.1f}x{f'{bar:g}x' if bar else '':>6}"
    drag = f"{seen['pictures']:12.1f}{seen['moves']:11.1f}{seen['flicker']:12.0f}"
    return f"{size:16}{variant:10}{times}{drag}{seen['steps']:12}"


if __name__ == "__main__":
    main()
