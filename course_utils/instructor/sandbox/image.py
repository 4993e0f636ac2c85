"""What runs in the sandbox: a folder with the few files that go inside, and the command that starts a program there.

With bubblewrap the inside sees Python, its libraries and this folder, all read-only: no network, no home folder, no
submission, nothing of the course's answers. Without it, only the limits of `inside/limits.py` and the calls of
`inside/seccomp.py` hold.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from . import bubblewrap

PACKAGE = Path(__file__).parents[2]
# What goes in besides inside/ and data/: the part of the engine that knows no answer.
ENGINE = (
    "adapting", "handed_in", "handing_over", "noise", "plain", "reading", "reading_code", "result", "running",
    "watching", "where",
)  # fmt: skip
FILES = ["errors.py", "time_limit.py", "exercises/trials/called.py"]
FILES += [f"exercises/engine/{name}.py" for name in ENGINE]
PACKAGES = (".", "instructor", "instructor/sandbox", "exercises", "exercises/engine", "exercises/trials")
NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # some systems start no Python without
ENVIRONMENT = {
    **{name: os.environ[name] for name in NEEDED if name in os.environ},
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "OMP_THREAD_LIMIT": "8",  # whatever a notebook sets
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",  # large pages: a fork then has less to copy
    "TORCHDYNAMO_DISABLE": "1",  # torch.compile gives the function back: there is no compiler, and no place for files
    "TORCHINDUCTOR_CACHE_DIR": "/",  # torch.optim makes sure that it is there, and then writes nothing
    "PATH": "/usr/bin:/bin",
    "HOME": "/tmp",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "agg",
    "PYTHONHASHSEED": "0",
}
START = "import sys; sys.path[:0] = sys.argv[1:]; from course_utils.instructor.sandbox.inside import forkserver; {}"
PROGRAMS = {  # who talks to inside/forkserver.py's children
    "answers": "from course_utils.instructor.sandbox.inside import worker; forkserver.main(worker)",
    "references": "from course_utils.instructor.sandbox import reference_server; forkserver.main(reference_server)",
}
# If the machine runs out of memory, what runs in the sandbox goes first, and no neighbour. Children inherit it.
FIRST_TO_GO = ("/bin/sh", "-c", 'echo 1000 >/proc/self/oom_score_adj; exec "$@"', "sh")
USE_OWN = "from course_utils.exercises import exercises_from; exercises_from({!r})"
OWN = "/own"  # where the references find the instructor's own exercises
BUBBLEWRAP, LIMITS_ONLY = "bubblewrap", "limits only"


class Image:
    """A folder for the inside; `command(program)` starts one of PROGRAMS. Close it, or use it in a `with`.

    bwrap: the path of bubblewrap, None to do with limits only.  hidden: folders that no student's code may see.
    own: the folder of the instructor's own exercises, for the references only, or None.
    """

    def __init__(self, bwrap: str | None, hidden: Iterable[Path] = (), own: Path | None = None):
        self.own = own
        self.bwrap, self.hidden = bwrap, [*_course(), *hidden] if bwrap else []
        self.kind = BUBBLEWRAP if bwrap else LIMITS_ONLY
        self._folder = tempfile.TemporaryDirectory(prefix="grading", ignore_cleanup_errors=True)
        self.path = Path(self._folder.name).resolve()
        self.path.chmod(0o755)
        inside = self.path / "course_utils"
        for folder in ("data", "instructor/sandbox/inside"):
            shutil.copytree(PACKAGE / folder, inside / folder, ignore=shutil.ignore_patterns("__pycache__"))
        for name in FILES:
            (inside / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PACKAGE / name, inside / name)
        for folder in PACKAGES:  # the real ones import what is not here
            (inside / folder / "__init__.py").write_text('"""A part of the course, without its answers."""\n')

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self) -> None:
        """Delete the folder."""
        self._folder.cleanup()

    def command(self, program: str) -> list[str]:
        """The arguments of a process that serves as inside/forkserver.py says."""
        first, references = FIRST_TO_GO if sys.platform == "linux" else (), program == "references"
        shown = [(PACKAGE, "/course/course_utils") if references else (self.path, "/course")]
        own = self.own if references else None
        if self.bwrap:
            shown += [(own, OWN)] if own else []
            python, places = bubblewrap.walls(self.bwrap, self.hidden, shown), ["/course", *bubblewrap.libraries()]
        else:
            python, places = [sys.executable], [PACKAGE.parent if references else self.path]
        start = PROGRAMS[program]
        if own:
            start = f"{USE_OWN.format(OWN if self.bwrap else str(own))}; {start}"
        return [*first, *python, "-I", "-B", "-c", START.format(start), *map(str, places)]


def _course():
    """The folders of the course that must not be seen: the whole repository, if it can be covered."""
    repository = PACKAGE.parent
    if (repository / "notebooks").is_dir() and not bubblewrap.is_needed(repository):
        return [repository]
    return [PACKAGE, *(folder for folder in (repository / "notebooks", repository / "tests") if folder.is_dir())]


def around(paths: Iterable[Path]) -> list[Path]:
    """The folders to hide for files and folders that a command was given: they themselves, and what they lie in."""
    found = set()
    for path in paths:
        folder = path.resolve() if path.is_dir() else path.resolve().parent
        found |= {folder} | ({folder.parent} if not bubblewrap.is_needed(folder.parent) else set())
    return sorted(found)
