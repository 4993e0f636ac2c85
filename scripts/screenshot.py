"""Makes docs/attention_view.png, the picture in the README, from the live widget in a headless Chromium."""

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "browser"))  # where JupyterLab is driven from

from lab import changes, hover, open_lab  # noqa: E402

PICTURE = HERE.parent / "docs" / "attention_view.png"
NARROW = {"width": 680, "height": 900}
CELL = """
from course_utils.data import SENTENCE, embed
from course_utils.widgets import AttentionView

tokens, X = embed(SENTENCE)
AttentionView(X, X, tokens=tokens, temperature=2)
"""


def main():
    PICTURE.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, open_lab(folder) as lab:
        view = lab.open_cells("readme", CELL).widget("attention-view")
        lab.page.set_viewport_size(NARROW)
        with changes(view):
            hover(view.get_by_role("application"), 0.62, 0.97)  # "river", looking at "bank"
        view.screenshot(path=PICTURE)
    print(f"{PICTURE}: {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
