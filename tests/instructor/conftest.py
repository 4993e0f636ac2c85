"""What the instructor's tests share."""

import pytest
from sandboxes import BWRAP, new_sandbox

from course_utils.instructor.grade import command as grade


@pytest.fixture(scope="module")
def sandbox():
    """The best that works here."""
    with new_sandbox() as sandbox:
        yield sandbox


@pytest.fixture(autouse=True, scope="session")
def graded_with_limits_where_there_is_no_sandbox():
    """So that all but the sandbox is tested there too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grade, "DEFAULT_SANDBOX", "bubblewrap" if BWRAP else "limits")
        yield


@pytest.fixture(autouse=True, scope="session")
def graded_by_one_worker():
    """Unless a test says how many: each starts Python twice, and the other processors run other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grade.os, "cpu_count", lambda: 1)
        yield
