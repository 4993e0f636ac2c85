"""The whole encoder-decoder as one drawing: a map on which each lesson colours its own part.

The blocks are pre-LN, as the course's are: a part reads the normalised stream, and what it found is added.
Lettering stands on the boxes' own ground and lines are mid-grey, so that the drawing needs no ground of its own and
suits a light page and a dark one.
"""

from dataclasses import dataclass

from matplotlib.patches import FancyBboxPatch

from course_utils.plots.charts import COLOURS
from course_utils.plots.figures import INK, blank, show

from ..errors import InputError

ENCODER = ("input tokens", "embedding", "positions"), ("self-attention", "feed-forward")
DECODER = ("output so far", "embedding", "positions"), ("masked self-attention", "cross-attention", "feed-forward")
READ_OUT = ("scores, softmax", "next token")
TAUGHT_IN = {  # the numbers that stand in the boxes
    "embedding": "01", "positions": "04", "self-attention": "01–03", "masked self-attention": "05",
    "cross-attention": "08", "feed-forward": "07", "layer norm": "07", "memory": "08", "scores, softmax": "08",
}  # fmt: skip
BLOCK = ("self-attention", "masked self-attention", "cross-attention", "feed-forward", "layer norm", "+")
ENDS = ("input tokens", "output so far", "next token")
EVERYTHING = (*ENDS, "embedding", "positions", *BLOCK, "memory", "scores, softmax")
GONE_IN_10 = ("input tokens", "self-attention", "cross-attention", "memory")
TODAY = {  # lesson -> what it colours, and what it says about it
    1: (("embedding", "self-attention"), "a word asks, and its sentence answers"),
    2: (("self-attention",), "three stages: scores, softmax, weighted sum"),
    3: (("self-attention",), "many heads side by side"),
    4: (("positions",), "which word comes first?"),
    5: (("masked self-attention",), "who may look at whom"),
    6: (("self-attention", "masked self-attention"), "what stood here before: a recurrent net"),
    7: (("feed-forward", "layer norm", "+"), "what stands around attention in each block"),
    8: (("cross-attention", "memory", "scores, softmax", "next token"), "one stack reads, the other writes"),
    9: (EVERYTHING, "all of it, trained"),
    10: (tuple(part for part in EVERYTHING if part not in GONE_IN_10), "the decoder alone, without cross-attention"),
    11: (("self-attention",), "72 heads of an encoder that others trained"),
}
ONE_STACK = {10: "decoder"}  # lessons that colour nothing in the other stack
WIDTH, HEIGHT = 6.0, 4.5  # inches, at scale 1
CENTRES, BOX = (1.55, 4.45), 2.0  # of the two stacks; how wide a box is
TALL = {"layer norm": 0.19, "+": 0.15}
USUAL, GAP = 0.25, 0.075
PLAIN, LINE, COLOUR = "#e6e6e6", "#808080", COLOURS[0]


@dataclass(frozen=True)
class Box:
    """One box of a stack: its centre, its size, and whether it belongs to the block that is repeated."""

    name: str
    x: float
    y: float
    height: float
    in_block: bool

    @property
    def top(self):
        return self.y + self.height / 2

    @property
    def bottom(self):
        return self.y - self.height / 2


def where_are_we(lesson, scale=1):
    """Shows the map with this lesson's part coloured. Stands in a cell of its own, below the imports of each lesson.

    lesson: its number.  scale: 1 is about 600 pixels wide, 1.4 suits the lesson that puts the two stacks together.
    """
    if lesson not in TODAY:
        raise InputError(f"The map knows lessons 1 to {max(TODAY)}, got {lesson!r}.")
    today, about = TODAY[lesson]
    figure = architecture(today, f"Where are we? Lesson {lesson:02}\n{about}", scale, ONE_STACK.get(lesson))
    show(figure, in_words(today, about))


def in_words(today, about):
    """The map as a sentence, for those who do not see it."""
    coloured = "every part" if set(today) == set(EVERYTHING) else ", ".join(today)
    return (
        "Map of the Transformer. Encoder: embedding, positions, then blocks of self-attention and feed-forward; its "
        "output is the memory. Decoder: embedding, positions, then blocks of masked self-attention, cross-attention to "
        "the memory and feed-forward; then scores and softmax give the next token. A layer norm stands before each "
        f"part, a + after it. Coloured today: {coloured} ({about})."
    )


def architecture(today=(), title=None, scale=1, only=None):
    """The encoder-decoder with the parts named in `today` coloured. Returns the figure.

    today: names as they stand in the boxes ("self-attention", "layer norm", "+", "memory", ...). A name that the
    drawing does not have is an InputError.  only: "encoder" or "decoder", if the other stack stays pale.
    """
    if unknown := set(today) - set(EVERYTHING):
        raise InputError(f"The map has no {sorted(unknown)}; its parts are {', '.join(EVERYTHING)}.")
    figure, (ax,) = blank(width=WIDTH * scale, height=HEIGHT * scale)
    figure.set_facecolor("none")
    ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), aspect="equal")
    ax.set_axis_off()
    encoder, decoder = stack(CENTRES[0], *ENCODER), stack(CENTRES[1], *DECODER, READ_OUT)
    for boxes, name, side in ((encoder, "encoder", -1), (decoder, "decoder", 1)):
        pen = Pen(ax, frozenset(today if only in (None, name) else ()), scale)
        pen.stack(boxes, name, side)
    pen.memory(encoder[-1], next(box for box in decoder if box.name == "cross-attention"))
    if title:
        pen.title(title)
    return figure


def stack(x, below, parts, above=()):
    """The boxes of one stack from the bottom up; in the block each part has a norm below it and a + above it."""
    block = [name for part in parts for name in ("layer norm", part, "+")]
    boxes, y = [], 0.05
    for name, in_block in [*((n, False) for n in below), *((n, True) for n in block),
                           *((n, False) for n in ("layer norm", *above))]:  # fmt: skip
        if boxes and boxes[-1].in_block != in_block:
            y += 0.8 * GAP  # room for the frame
        height = TALL.get(name, USUAL)
        boxes.append(Box(name, x, y + height / 2, height, in_block))
        y += height + GAP
    return boxes


class Pen:
    """Draws on one axes; knows which names are coloured today."""

    def __init__(self, ax, today, scale):
        self.ax, self.today, self.scale = ax, today, scale

    def stack(self, boxes, name, side):
        """The boxes of one stack, what flows through them, and a frame round its block. side: -1 left, 1 right."""
        block = [box for box in boxes if box.in_block]
        self.frame(block, f"{name}: N such blocks", side)
        for below, above in zip(boxes, boxes[1:]):
            self.arrow((below.x, below.top), (above.x, above.bottom))
        for norm, add in zip(block[::3], block[2::3], strict=True):
            self.bypass(norm, add, side)
        for box in boxes:
            self.box(box)

    def box(self, box):
        """One box with its name, and beside the name the lesson that teaches it."""
        width = box.height if box.name == "+" else BOX
        self.ground(box.x, box.y, width, box.height, box.name in self.today)
        style = self.lettering(box.name in self.today)
        left = 0.12 if box.name in TAUGHT_IN else 0  # room for the number
        self.letters(box.x - left, box.y, box.name, size=8 if box.name in TALL else 9, **style)
        if box.name in TAUGHT_IN:
            self.letters(box.x + BOX / 2 - 0.06, box.y, TAUGHT_IN[box.name], size=7.5, ha="right", **style)

    def memory(self, top, cross):
        """What the encoder hands over: from its top into the side of the decoder's cross-attention."""
        middle, y = (top.x + cross.x) / 2, top.top + 0.2
        style = {"color": COLOUR if "memory" in self.today else LINE, "linewidth": 1.6 * self.scale}
        self.ax.plot([top.x, top.x, middle, middle], [top.top, y, y, cross.y], solid_joinstyle="round", **style)
        self.arrow((middle, cross.y), (cross.x - BOX / 2, cross.y), **style)
        self.ground(top.x, y, 1.1, 0.22, "memory" in self.today)
        self.letters(top.x, y, f"memory   {TAUGHT_IN['memory']}", size=9, **self.lettering("memory" in self.today))

    def frame(self, block, name, side):
        """A thin line round the block that is repeated, with its name on the line."""
        low, high, half = block[0].bottom - 1.2 * GAP, block[-1].top + 0.9 * GAP, BOX / 2 + 0.22
        shape = FancyBboxPatch((block[0].x - half, low), 2 * half, high - low, "round,pad=0,rounding_size=0.1")
        self.ax.add_patch(shape).set(facecolor="none", edgecolor=LINE, linewidth=self.scale)
        x, y = block[0].x + side * half, (low + high) / 2
        self.ground(x, y, 0.2, 1.5, today=False)
        self.letters(x, y, name, size=8, color=INK, rotation=90, va="center")

    def bypass(self, norm, add, side):
        """The residual: round the norm and the part, from below the one into the + above the other."""
        start, far = norm.bottom - GAP / 2, norm.x + side * (BOX / 2 + 0.08)
        style = {"color": COLOUR if "+" in self.today else LINE, "linewidth": 1.2 * self.scale}
        self.ax.plot([norm.x, far, far], [start, start, add.y], solid_joinstyle="round", **style)
        self.arrow((far, add.y), (add.x + side * add.height / 2, add.y), **style)

    def ground(self, x, y, width, height, today):
        """The ground that letters stand on: strong today, pale otherwise."""
        corner = (x - width / 2, y - height / 2)
        shape = FancyBboxPatch(corner, width, height, f"round,pad=0,rounding_size={min(height / 2, 0.06)}")
        self.ax.add_patch(shape).set(fc=COLOUR if today else PLAIN, ec=LINE, lw=0.6 * self.scale, zorder=3)

    def lettering(self, today):
        """White and bold on today's boxes: the colour is not the only sign."""
        return {"color": "white" if today else INK, "weight": "bold" if today else "normal"}

    def letters(self, x, y, text, size, **style):
        style = {"ha": "center", "va": "center_baseline", "zorder": 4, "size": self.scale * size} | style
        self.ax.text(x, y, text, **style)

    def arrow(self, start, end, color=LINE, linewidth=None):
        shape = {"arrowstyle": "-|>", "mutation_scale": 7 * self.scale, "shrinkA": 0, "shrinkB": 0}
        self.ax.annotate("", end, start, arrowprops=shape | {"color": color, "linewidth": linewidth or self.scale})

    def title(self, text):
        """On today's colour, so that it is the key to the colours as well; in the corner that the encoder leaves."""
        self.ground(CENTRES[0], HEIGHT - 0.3, 2.95, 0.5, today=True)
        self.letters(CENTRES[0], HEIGHT - 0.3, text, size=8.5, color="white", linespacing=1.4)
