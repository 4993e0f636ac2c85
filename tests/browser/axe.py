"""Asks axe-core what a page keeps from people with a disability."""

import os
from pathlib import Path

import pytest

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
ALL = {"preload": False, "resultTypes": ["violations"]}  # no style sheet lies elsewhere
# For a page that was looked at in full and has only changed its theme.
COLOURS = {**ALL, "runOnly": ["color-contrast", "link-in-text-block"]}
RUN = """async ([selector, options]) => {
    const { violations } = await axe.run(selector, options);
    return violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
        .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}"""


def serious(page, selector="html", options=ALL):
    """What is seriously wrong inside the selector's elements: sentences."""
    if not AXE.exists():
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("`npm ci` has not been run: axe was not tried")
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(RUN, [selector, options])
