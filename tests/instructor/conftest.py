"""What the instructor's tests share."""

import sys

import pytest
from sandboxes import BWRAP

from course_utils.instructor.grade import command as grade
from course_utils.instructor.grade import worker_pool
from course_utils.instructor.sandbox import image
from course_utils.instructor.sandbox.sandbox import Sandbox


class WarmSandbox(Sandbox):
    """It goes from one `grade` to the next, as it goes from student to student in one: each has children of its own."""

    def __init__(self, image, free):
        super().__init__(image)
        self.free = free

    def stop(self):
        if sys.exception():  # Ctrl-C, or a full disk: somebody may still be at work in it
            return super().stop()
        if self.companion:
            self.companion.close()
        self.free.append(self)


@pytest.fixture(scope="session")
def take_sandbox():
    """Gives a WarmSandbox that nobody uses. All are ended with the tests."""
    free = []
    with image.Image(BWRAP) as inside:

        def take():
            sandbox = free.pop() if free else WarmSandbox(inside, free)
            sandbox.references()  # starts what does not run: it would end with the thread that has started it
            return sandbox

        yield take
        for sandbox in free:
            Sandbox.stop(sandbox)


@pytest.fixture(scope="module")
def sandbox(take_sandbox):
    """The best that works here."""
    sandbox = take_sandbox()
    yield sandbox
    sandbox.stop()


@pytest.fixture(scope="module")
def warm_sandboxes(take_sandbox):
    """For tests that are not about the sandbox: `grade` takes a warm one, and so does not import torch twice."""

    def taken(image):
        return Sandbox(image) if image.own or image.bwrap != BWRAP else take_sandbox()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker_pool, "Sandbox", taken)
        yield


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
