"""What every figure shares: an empty one to draw on, its look, and the way into the notebook.

Figures are made without pyplot, which keeps a list of all figures and is not for threads; widgets draw in threads.
"""

import base64
import html
import io
import sys

import numpy as np
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from PIL import Image

from ..errors import InputError

INK, FAINT = "#222222", "#888888"
SCREEN_DPI, DRAWN_DPI = 96, 144  # drawn finer than shown, for sharp letters on fine screens


def blank(rows=1, columns=1, width=4, height=3):
    """A figure and its axes as one flat list, each about `width` x `height` inches, to draw on with `ax=`."""
    figure = Figure(figsize=(columns * width, rows * height), facecolor="white", layout="constrained")
    return figure, list(figure.subplots(rows, columns, squeeze=False).flat)


def show(figure, alt):
    """Display the figure in the notebook; `alt` says in a sentence what is to be seen in it.

    The sentence stands in for the picture where nobody sees it, and is what the tests of a notebook compare.
    """
    from IPython.display import display  # here, so that drawing needs no IPython

    if not isinstance(alt, str) or len(alt.split()) < 3:
        raise InputError(f"alt must be a sentence that says what the figure shows, got {alt!r}.")
    png = png_of(figure)
    width = int.from_bytes(png[16:20], "big") * SCREEN_DPI // DRAWN_DPI  # a PNG has its width there
    data = base64.b64encode(png).decode()
    image = f'<img alt="{html.escape(alt)}" width="{width}" src="data:image/png;base64,{data}">'
    # The PNG once more, for viewers that drop pictures inside HTML.
    bundle = {"text/plain": alt, "text/html": image, "image/png": data}
    display(bundle, metadata={"image/png": {"alt": alt, "width": width}}, raw=True)


def png_of(figure):
    """The figure as PNG bytes: white with a margin, so that it can be read on a dark page too."""
    file = io.BytesIO()
    # Without the name of the software: it changes with each version.
    figure.savefig(file, dpi=DRAWN_DPI, bbox_inches="tight", pad_inches=0.12, metadata={"Software": None})
    if "matplotlib.pyplot" in sys.modules:  # a figure made with pyplot would be shown a second time
        sys.modules["matplotlib.pyplot"].close(figure)
    return in_256_colours(file)


def in_256_colours(file):
    """A PNG as bytes, with the 256 colours that suit it best: to the eye the same, and a third as large."""
    picture = Image.open(file)
    if picture.getchannel("A").getextrema() == (255, 255):  # nothing shines through
        few = picture.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    else:
        few = picture.quantize(256, Image.Quantize.FASTOCTREE)
    small = io.BytesIO()
    few.save(small, "PNG", optimize=True)
    return small.getvalue()


def finish(ax, title, xlabel, ylabel):
    """Words and frame in the same look everywhere. Returns the figure."""
    ax.tick_params(colors=INK, labelsize=9)
    ax.set_xlabel(xlabel or "", color=INK, fontsize=9.5)
    ax.set_ylabel(ylabel or "", color=INK, fontsize=9.5)
    ax.set_title(title or "", color=INK, fontsize=11)
    ax.spines[["top", "right"]].set_visible(False)
    return ax.figure


def numbers(values):
    """A float array from a tensor, an array or lists. Raises ValueError for what is not numbers."""
    values = values.detach().cpu() if hasattr(values, "detach") else values
    try:
        return np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise InputError(f"Expected numbers, got {str(values)[:40]!r}.") from None


def short_number(number, digits=2):
    """0.26, −1.50, 123: with fewer digits where the number is large; ∞, −∞ and nan by their names."""
    if np.isinf(number):
        return "∞" if number > 0 else "−∞"
    digits = digits if abs(number) < 10 else max(digits - 2, 0)
    return f"{number:z.{digits}f}".replace("-", "−")  # z: no minus before 0.00


def drawable(text, longest=14):
    """A label on one line, cut if longer, with a box for each letter that the font lacks (it would warn)."""
    text = str(text)
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    font = get_font(findfont("DejaVu Sans"))
    return "".join(letter if letter.isprintable() and font.get_char_index(ord(letter)) else "□" for letter in text)
