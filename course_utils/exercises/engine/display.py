"""Shows a Result in the notebook: a coloured box, and the same in one line of text."""

from __future__ import annotations

import re
from html import escape

MARKS = {"pass": "✓", "todo": "○", "fail": "✗"}
COLOURS = {"pass": "#1b7a45", "todo": "#5f6673", "fail": "#a8540b"}  # white on each has a contrast of 5 and more


def show(name, result, hints=(), note=""):
    """Display the box. The text twin is what a screen reader, a plain terminal and the tests see.

    hints: folded away, shown unless the answer is right.  note: a quieter last line.
    """
    from IPython.display import display  # whoever grades shows nothing, and need not wait for this

    line = f"{MARKS[result.status]} {name}: {result.message} {note}".rstrip()
    forms = {"text/plain": line, "text/html": _box(name, result, hints, note)}
    display({kind: _that_can_be_sent(text) for kind, text in forms.items()}, raw=True)


def _that_can_be_sent(text):
    """A learner's function may print or raise half of a character, which no file and no page can hold."""
    return text.encode("utf-8", "backslashreplace").decode()


def _box(name, result, hints, note):
    colour = COLOURS[result.status]
    badge = f"background:{colour};border-radius:3px;color:#fff;padding:.1em .5em"  # legible on light and dark pages
    parts = [f"<b style='{badge}'>{MARKS[result.status]} {escape(name)}</b> {rich_text(result.message)}"]
    if result.printed:
        parts.append(fold("What your function printed", f"<pre>{escape(result.printed)}</pre>"))
    if result.warned:
        parts.append(fold("What torch or NumPy warned of", f"<pre>{escape(result.warned)}</pre>"))
    if result.status != "pass":
        parts += [fold(f"Hint {number}", rich_text(hint)) for number, hint in enumerate(hints, 1)]
    if note:
        parts.append(f"<div style='opacity:.75'>{escape(note)} Given up? <code>show_solution(\"{escape(name)}\")</code></div>")
    style = f"border-left:4px solid {colour};padding:.5em 1em;margin:.3em 0;line-height:1.5"
    return f"<div class='course-check' data-status='{result.status}' style='{style}'>{''.join(parts)}</div>"


def rich_text(message):
    """Escaped, with `code` as code, and *words* and **words** in italics."""
    pieces = escape(message).split("`")
    return "".join(f"<code>{piece}</code>" if i % 2 else _with_emphasis(piece) for i, piece in enumerate(pieces))


def _with_emphasis(text):
    return re.sub(r"(\*\*?)(\b[^*]+)\1", r"<em>\2</em>", text)


def fold(title, body):
    """HTML that is shown when its title is clicked."""
    return f"<details><summary>{title}</summary>{body}</details>"
