"""What the course says when it is handed something it cannot use."""

import traceback
from pathlib import Path

HOME = Path(__file__).parent


class InputError(ValueError):
    """Input that cannot be used, said in one sentence. In a notebook it shows that and the reader's own line."""

    def _render_traceback_(self):
        """IPython prints these lines in place of a traceback that leads into this package."""
        frames = traceback.extract_tb(self.__traceback__)
        own = [frame for frame in frames if not _is_plumbing(Path(frame.filename))]
        where = [f"line {own[-1].lineno}: {own[-1].line}"] if own else []
        return [*where, f"{type(self).__name__}: {self}"]


def _is_plumbing(file):
    return HOME in file.parents or "site-packages" in file.parts
