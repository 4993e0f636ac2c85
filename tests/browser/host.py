"""A page that is no Jupyter: one widget in it, and behind it the Python widget, as long as a kernel answers."""

from __future__ import annotations

import base64
from contextlib import contextmanager, suppress
from pathlib import Path

HOST = (Path(__file__).parent / "host.js").read_text(encoding="utf-8")
PAGE = "<!doctype html><html lang=en><title>host</title><body style='margin: 8px; {style}'><main id=here></main>"
DARK = "background: #1e1e1e; color: #ddd"


def as_json(value):
    """Bytes as {"base64": text}, however deep they lie."""
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {name: as_json(one) for name, one in value.items()}
    return [as_json(one) for one in value] if isinstance(value, list | tuple) else value


@contextmanager
def hosted(browser, widget, *, kernel=True, style="", **options):
    """The widget's root in a page of its own. kernel=False: nobody answers what the page sends."""
    page = browser.new_page(**{"viewport": {"width": 1100, "height": 900}, **options})
    problems = []
    page.on("console", lambda said: said.type == "error" and problems.append(said.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    if kernel:
        page.expose_function("toPython", lambda sent: _answer(widget, sent))
    page.set_content(PAGE.format(style=style))
    page.add_script_tag(content=HOST)
    state = {name: value for name, value in widget.get_state().items() if not name.startswith("_")}
    page.evaluate("given => window.host(given)", {"esm": widget._esm, "css": widget._css, "state": as_json(state)})
    try:
        yield page.locator(".course-widget")
        assert problems == []
    finally:
        page.close()


def _answer(widget, sent):
    """What Python has set after it was sent these traits; a value that it refuses is sent back as it was."""
    with suppress(ValueError):
        widget.set_state(sent)
    return as_json(widget.get_state([*sent, *getattr(widget, "SETS", ())]))
