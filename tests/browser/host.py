"""A page that is no Jupyter: one widget in it, and behind it the Python widget, as long as a kernel answers."""

from __future__ import annotations

import base64
from collections import defaultdict
from contextlib import contextmanager, suppress
from pathlib import Path

HOST = (Path(__file__).parent / "host.js").read_text(encoding="utf-8")
PAGE = "<!doctype html><html lang=en><title>host</title><body style='margin: 8px; {style}'><main id=here></main>"
DARK = "background: #1e1e1e; color: #ddd"
WIDE = {"width": 1100, "height": 900}
idle = defaultdict(list)  # pages of a browser, with and without touch, that show nothing now


def as_json(value):
    """Bytes as {"base64": text}, however deep they lie."""
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {name: as_json(one) for name, one in value.items()}
    return [as_json(one) for one in value] if isinstance(value, list | tuple) else value


@contextmanager
def hosted(browser, widget, *, kernel=True, style="", viewport=WIDE, has_touch=False, **media):
    """The widget's root in an empty page. kernel=False: nobody answers what the page sends.

    media: what playwright's emulate_media takes. Pages with a kernel are used again: to open one takes longer than to
    show a widget in it.
    """
    kind = idle[browser, has_touch] if kernel else []
    host = kind.pop() if kind else _Host(browser, has_touch)
    host.show(widget if kernel else None, viewport, {"color_scheme": "light", "forced_colors": "none", **media})
    page = host.page
    page.set_content(PAGE.format(style=style) + f"<script>{HOST}</script>")
    state = {name: value for name, value in widget.get_state().items() if not name.startswith("_")}
    try:
        page.evaluate("given => window.host(given)", {"esm": widget._esm, "css": widget._css, "state": as_json(state)})
        yield page.locator(".course-widget")
        assert host.problems == []
    except BaseException:
        page.close()
        raise
    if kernel:
        kind.append(host)
    else:
        page.close()


class _Host:
    """A page, and the widget that answers it."""

    def __init__(self, browser, has_touch):
        self.page, self.problems, self.widget = browser.new_page(has_touch=has_touch), [], None
        self.page.on("console", lambda said: said.type == "error" and self.problems.append(said.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.expose_function("toPython", lambda sent: _answer(self.widget, sent) if self.widget else {})

    def show(self, widget, viewport, media):
        """Nothing but an empty page, in which this widget will be."""
        self.page.goto("about:blank")
        self.page.mouse.move(0, 0)
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(**media)
        self.widget = widget
        self.problems.clear()


def _answer(widget, sent):
    """What Python has set after it was sent these traits; a value that it refuses is sent back as it was."""
    with suppress(ValueError):
        widget.set_state(sent)
    return as_json(widget.get_state([*sent, *getattr(widget, "SETS", ())]))
