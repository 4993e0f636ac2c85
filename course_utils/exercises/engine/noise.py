"""What a function says while it runs, besides its result: what it prints, and what the libraries warn of."""

from __future__ import annotations

import contextlib
import io
import warnings

PRINTED_AT_MOST = 2000  # characters kept of what the function prints
WARNINGS_AT_MOST, WARNING_AT_MOST = 5, 300  # kept, each once; characters of each


class Noise(contextlib.ExitStack):
    """Use it in a `with`: it keeps what is said within, and lets nothing through.

    printed: the first of the text.  warned: a dictionary of the first warnings, for the sake of its order.
    """

    def __enter__(self):
        self._printed, self.warned = _Printed(), {}
        self.enter_context(contextlib.redirect_stdout(self._printed))
        self.enter_context(warnings.catch_warnings())
        warnings.simplefilter("always")
        warnings.showwarning = self._keep
        return self

    @property
    def printed(self):
        return self._printed.getvalue()

    def _keep(self, message, category, *where):
        if len(self.warned) < WARNINGS_AT_MOST:
            self.warned[f"{category.__name__}: {str(message).strip()[:WARNING_AT_MOST]}"] = True


class _Printed(io.StringIO):
    """Keeps the first lines that a function prints; the rest is thrown away. It cannot be closed."""

    def close(self):
        pass

    def write(self, text):
        room = PRINTED_AT_MOST - self.tell()
        return super().write(text[:room]) if room > 0 else len(text)
