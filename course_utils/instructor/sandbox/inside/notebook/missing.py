"""What a name stands for whose import has failed: whoever uses it is told which module is not there."""

from __future__ import annotations


class NotThere:
    """Raises the import's own error wherever it is used."""

    __module__ = "nowhere"  # not the course's: as an answer it is no "course's own"

    def __init__(self, error):
        object.__setattr__(self, "_error", error)

    def _raise(self, *args, **kwargs):
        raise type(self._error)(*self._error.args, name=self._error.name)

    __call__ = __getitem__ = __iter__ = __len__ = __enter__ = __exit__ = __bool__ = __mro_entries__ = _raise
    __add__ = __mul__ = __matmul__ = __eq__ = __lt__ = __setattr__ = _raise

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        self._raise()


def stand_in_for(error: ImportError) -> NotThere:
    """For the names that an import with this error should have bound."""
    return NotThere(error)
