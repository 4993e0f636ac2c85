"""Promise: in the page lesson 09's model says words as course_utils.g2p does: the same phones, numbers to 1e-4."""

import json

import probe
import pytest
from test_page_answers_as_the_kernel import compare, decode_view, state_of, states_on_the_page

from course_utils.data.pronunciations import split
from course_utils.g2p.checkpoint import load
from course_utils.g2p.task import write_all

WORDS = split()["test"][::300][:20]  # which it has never seen


@pytest.mark.slow
@pytest.mark.parametrize("width", [1, 4], ids=["greedy", "beam of 4"])
def test_twenty_words(width):
    view, kept, _ = decode_view()
    stored = json.loads(probe.state_of(view, lambda widget: kept))
    view.width, changes, expected = width, [{"width": width}], []
    expected.append(state_of(view))
    for word in WORDS:
        view.text = word
        changes.append({"text": word})
        expected.append(state_of(view))
    written = [state["result"]["drafts"][0]["written"] for state in expected[1:]]
    assert len(written) == 20 and (width > 1 or [phones[:-1] for phones in written] == write_all(load(), WORDS))
    for page, kernel, change in zip(states_on_the_page(stored, changes), expected, changes, strict=True):
        compare(page, kernel, str(change))
