"""Makes docs/attention_view.gif, the picture in the README: the temperature is pulled, in the live widget."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "tests" / "browser"), str(HERE.parent / "tests")]  # where a widget is shown

from host import hosted  # noqa: E402
from lab import open_browser, press  # noqa: E402

from course_utils.data import SENTENCE, embed  # noqa: E402
from course_utils.widgets import AttentionView  # noqa: E402

PICTURE = HERE.parent / "docs" / "attention_view.gif"
NARROW = {"width": 580, "height": 640}
FRAMES, KEYS, MS, REST_MS = 9, 8, 300, 1500
ROUNDS = 3  # then it rests, for those whom moving pictures disturb


def frames(page):
    """Pictures of the widget from the coldest temperature to the warmest, and back."""
    slider = page.get_by_role("slider").first
    found = []
    for _ in range(FRAMES):
        found.append(Image.open(BytesIO(page.screenshot())).convert("RGB"))
        press(slider, "ArrowRight", times=KEYS)
        page.wait_for_timeout(100)
    return found + found[-2:0:-1]


def main():
    PICTURE.parent.mkdir(exist_ok=True)
    tokens, X = embed(SENTENCE)
    view = AttentionView(X, X, tokens=tokens, temperature=0.4, query=tokens.index("river"))
    with open_browser() as browser, hosted(browser, view, viewport=NARROW) as root:
        made = [frame.quantize(96, dither=Image.Dither.NONE) for frame in frames(root.page)]
    rests = [REST_MS if i in (0, FRAMES - 1) else MS for i in range(len(made))]
    made[0].save(PICTURE, save_all=True, append_images=made[1:], duration=rests, loop=ROUNDS, optimize=True)
    print(f"{PICTURE}: {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
