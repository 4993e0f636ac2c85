"""What every widget of the course shares: how it refuses a setting, and how it looks without a browser."""

from __future__ import annotations

import base64
import io
import warnings

import anywidget
import traitlets

from ..errors import InputError


class SettingError(InputError, traitlets.TraitError):
    """A trait was set to something impossible. As a TraitError it leaves the old value in place."""


def setting(*names):
    """Decorates check(self, name, value), which gives back what the trait shall hold, whoever sets it.

    Whatever it raises leaves the old value in place.
    """

    def decorate(check):
        def checked(self, proposal):
            name, value = proposal.trait.name, proposal.value
            try:
                return check(self, name, value)
            except InputError as problem:
                raise SettingError(str(problem)) from None
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
                raise SettingError(f"{name} cannot be {str(value)[:60]}.") from None

        return traitlets.validate(*names)(checked)

    return decorate


class CourseWidget(anywidget.AnyWidget):
    """A widget with a short repr that never changes, and a PNG beside it for GitHub, print and a closed kernel.

    A subclass sets `_esm = module("its")` and `_css = stylesheet("its.css")`, and gives `picture()` and `alt()`.
    OBSERVES: the traits whose change makes Python act.  SETS: those that Python sets then. A page without Python can
    play its part by doing the same.
    LIMITS: {trait: (lowest, highest)}; those that depend on what is shown are put into `limits` when it is made.
    """

    OBSERVES = ()
    SETS = ()
    LIMITS = {}
    limits = traitlets.Dict().tag(sync=True)  # the page's sliders keep them too

    @traitlets.default("limits")
    def _own_limits(self):
        return dict(self.LIMITS)

    def within_limits(self, name, value):
        """The value, if it is within its limits; else InputError."""
        lowest, highest = self.limits[name]
        if not lowest <= value <= highest:
            raise InputError(f"{name} should be from {lowest:g} to {highest:g}, yours is {value:g}.")
        return value

    def set_state(self, sync_data):
        """Traits as the page sets them. What is refused is sent back as it was, or the page would still show it."""
        try:
            super().set_state(sync_data)
        except traitlets.TraitError:
            self.send_state(name for name in sync_data if name in self.keys)
            raise

    def picture(self):
        """The present state as a matplotlib Figure (made without pyplot: callbacks run in another thread)."""
        raise NotImplementedError

    def alt(self):
        """What is to be seen in the picture, in a sentence or two."""
        raise NotImplementedError

    def facts(self):
        """What the repr says: a dict of short values."""
        return {}

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{name}={value}' for name, value in self.facts().items())})"

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "image/png": png(self.picture())}, {**metadata, "image/png": {"alt": self.alt()}}


def png(figure):
    """A Figure as base64 text, as a notebook stores it."""
    file = io.BytesIO()
    with warnings.catch_warnings():  # an emoji that the font lacks is drawn as a box; that is no news for the learner
        warnings.filterwarnings("ignore", "Glyph .* missing from")
        figure.savefig(file, format="png", dpi=100, bbox_inches="tight", facecolor="white")
    return base64.b64encode(file.getvalue()).decode("ascii")
