"""How pytest runs the lessons: nbval executes every cell and compares what it prints; here are nbval's cures."""

import functools
import os
import re
import sys
import tempfile
from pathlib import Path

import nbval.kernel
import pytest
import warm_kernels
from jupyter_client.kernelspec import KernelSpec
from nbval.plugin import IPyNbCell

SOLVED = ("tests/test_notebooks_solved.py", "tests/test_shape_comments.py")  # run a lesson once for both
WEBSITE = ("tests/website/test_pages.py", "tests/browser/test_website_in_browser.py")  # build the website once for both
LONG = "07", "08", "10"  # lessons that train for a minute: at the end they would leave the other workers idle
SECONDS_BETWEEN_MESSAGES = 60  # nbval waits 5 s; a cell that trains may say nothing for longer
scratch = tempfile.TemporaryDirectory(prefix="aho", ignore_cleanup_errors=True)

# One thread: sums differ in the 7th digit with the number of threads, and kernel and browser share the cores.
os.environ["OMP_NUM_THREADS"] = "1"
# Nobody's own IPython profile changes what a cell prints, and no history is written into it.
os.environ["IPYTHONDIR"] = scratch.name
# Only the tests of solved lessons are strict, and they say so themselves.
os.environ.pop("COURSE_STRICT", None)
# Lesson 09 trains for a few steps only: enough to see that it runs.
os.environ["COURSE_SHORT"] = "1"

if os.name == "posix":  # two kernels that start at once may be given one TCP port; sockets in a folder of our own not
    nbval.kernel.KernelManager = functools.partial(
        nbval.kernel.KernelManager, transport="ipc", ip=str(Path(scratch.name, "k"))
    )

if sys.platform == "linux":  # elsewhere a copy of a process with torch in it may not work, or cannot be made
    kernels = warm_kernels.use_in(Path(scratch.name, "warm"))
    spec = KernelSpec.from_resource_dir(kernels)
    nbval.kernel.NbvalKernelspecManager.get_kernel_spec = lambda self, name: spec


def execute_as_jupyter_does(self, source, allow_stdin=None):
    """With store_history, which nbval leaves out: without it IPython prints what a trailing `;` keeps back."""
    return self.kc.execute(source, store_history=True, allow_stdin=allow_stdin, stop_on_error=False)


nbval.kernel.RunningKernel.execute_cell_input = execute_as_jupyter_does


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item):
    """A lesson in which a cell outran its time limit fails; nbval would expect all its later cells to fail."""
    report = yield
    if isinstance(item, IPyNbCell) and item.parent.timed_out and report.when == "call" and not report.failed:
        report.outcome, report.longrepr = "failed", "A cell of this lesson outran its time limit."
        vars(report).pop("wasxfail", None)
    return report


def pytest_collection_modifyitems(items):
    items.sort(key=turn)
    cells = [item for item in items if isinstance(item, IPyNbCell)]
    for item in items:
        long = isinstance(item, IPyNbCell) or in_browser(item) or group_of(item.nodeid).startswith("solved")
        if long or item.get_closest_marker("exhaustive"):  # `-m "not slow"` stands in place of our `-m`
            item.add_marker(pytest.mark.slow)
    for cell in cells:
        cell.output_timeout = SECONDS_BETWEEN_MESSAGES
    for notebook in {cell.parent for cell in cells}:
        # A figure's text/html is its PNG, which differs with fonts; its sentence in text/plain is compared.
        notebook.skip_compare += ("text/html",)
    if cells:
        import matplotlib.pyplot  # noqa: F401  builds the font cache now, for it says so on a cell's stderr


def turn(item):
    """Fast tests first, then the browser, then the notebooks, of which the longest begin."""
    if isinstance(item, IPyNbCell):
        return 2 if item.path.name.startswith(LONG) else 3
    return in_browser(item)


def in_browser(item):
    return "browser" in item.path.parts


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """With several workers one gets a whole group, in the order above. (3.8's `--dist=loadgroup` needs pytest 9.1.)"""
    from xdist.scheduler import LoadScopeScheduling

    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = group_of
    return scheduler


def group_of(nodeid):
    """What one worker gets as a whole: a file, whose tests share fixtures; a solved lesson; or the website."""
    file, _, test = nodeid.partition("::")
    if file in WEBSITE:
        return "website"
    lesson = re.search(r"\[(\d\d_\w+)]$", test) if file in SOLVED else None
    return f"solved {lesson[1]}" if lesson else file
