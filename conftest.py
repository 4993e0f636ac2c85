"""How pytest runs the lessons: nbval executes every cell and compares what it prints; here are nbval's cures."""

import functools
import os
import tempfile
from pathlib import Path

import nbval.kernel
from nbval.plugin import IPyNbCell

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


def execute_as_jupyter_does(self, source, allow_stdin=None):
    """With store_history, which nbval leaves out: without it IPython prints what a trailing `;` keeps back."""
    return self.kc.execute(source, store_history=True, allow_stdin=allow_stdin, stop_on_error=False)


nbval.kernel.RunningKernel.execute_cell_input = execute_as_jupyter_does


def pytest_collection_modifyitems(items):
    """Fast tests first, then the browser, then the notebooks."""
    items.sort(key=lambda item: 2 if isinstance(item, IPyNbCell) else "browser" in item.path.parts)
    cells = [item for item in items if isinstance(item, IPyNbCell)]
    for cell in cells:
        cell.output_timeout = SECONDS_BETWEEN_MESSAGES
    for notebook in {cell.parent for cell in cells}:
        # A figure's text/html is its PNG, which differs with fonts; its sentence in text/plain is compared.
        notebook.skip_compare += ("text/html",)
    if cells:
        import matplotlib.pyplot  # noqa: F401  builds the font cache now, for it says so on a cell's stderr
