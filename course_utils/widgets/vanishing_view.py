"""VanishingView: how large W_hh is decides whether a gradient dies out or explodes on its way back."""

from __future__ import annotations

import numpy as np
import traitlets
from matplotlib.figure import Figure

from ..errors import InputError
from .base import setting
from .esm import module, stylesheet
from .given import numbers, pack, unpack
from .learner import FunctionWidget, ask

DRAWN = 1e-16, 1e8  # sizes in the still picture, the same at every radius
SMALLEST_NORM = 1e-300  # its logarithm is drawn; a gradient of exactly 0 has none


class VanishingView(FunctionWidget):
    """A slider for the spectral radius of W_hh; its eigenvalues beside it, and the gradient at each step back.

    compute: a function of a square matrix W_hh -> norms, the size of the gradient 0, 1, 2, ... steps back. It is
    called with W_hh scaled to each radius that the slider is moved to, so it may run the learner's own net.
    W_hh: (d_h, d_h), a tensor, an array or a list; compute gets a tensor for a tensor, else an array.
    Traits to read and set: radius (0.1 to 3), back (how many steps back the marker stands).
    """

    _esm = module("vanishing_view")
    _css = stylesheet("vanishing_view.css")
    OBSERVES = ("radius",)
    LIMITS = {"radius": (0.1, 3)}

    radius = traitlets.Float(1.0).tag(sync=True)
    back = traitlets.Int(0).tag(sync=True)
    eigen_bytes = traitlets.Bytes().tag(sync=True)

    def __init__(self, compute, W_hh, radius=1.0, back=0):
        square = numbers("W_hh", W_hh, None, None)
        numbers("W_hh", square, len(square), len(square))
        eigenvalues = np.linalg.eigvals(square)
        largest = float(np.abs(eigenvalues).max())
        if largest < 1e-9:
            raise InputError("W_hh has no eigenvalue but 0: no multiple of it has another spectral radius.")
        self._unit = (W_hh if hasattr(W_hh, "detach") else square) / largest
        pairs = np.stack((eigenvalues.real, eigenvalues.imag), axis=-1) / largest
        super().__init__(compute, eigen_bytes=pack(pairs), radius=radius)
        self._answer()
        if self.problem:
            raise InputError(self.problem)
        self.limits = {**self.limits, "back": (0, self.length - 1)}
        self.back = back

    @setting("radius", "back")
    def _within_reach(self, name, value):
        return self.within_limits(name, value) if name in self.limits else value

    @property
    def length(self):
        """How many sizes the function gives: of the gradient 0, 1, 2, ... steps back."""
        return len(self.result["logs"]) // 4

    def _ask(self):
        norms = ask(self._compute, self._unit * self.radius)
        norms = numbers(f"what {self.compute_name} gives back", norms, self.length if self.result else None)
        return {"radius": self.radius, "logs": pack(np.log10(np.maximum(norms, SMALLEST_NORM)))}

    @property
    def norms(self):
        """The size of the gradient 0, 1, 2, ... steps back: (length,)."""
        return 10.0 ** unpack(self.result["logs"], self.length).astype(np.float64)

    @property
    def eigenvalues(self):
        """The eigenvalues of W_hh at the present radius: (d_h,), complex."""
        pairs = unpack(self.eigen_bytes, -1, 2)
        return self.radius * (pairs[:, 0] + 1j * pairs[:, 1])

    def facts(self):
        return {"radius": f"{self.radius:g}", "back": self.back, "length": self.length}

    def alt(self):
        size = f"about 10 to the power of {np.log10(max(self.norms[self.back], SMALLEST_NORM)):.0f}"
        return (f"Left, the eigenvalues of W_hh, at most {self.radius:g} from 0. Right, the size of the gradient over "
                f"{self.length} steps back: {self.back} steps back it is {size}.")  # fmt: skip

    def picture(self):
        """Eigenvalues and gradient at the present radius, and what the radius alone would do."""
        figure = Figure(figsize=(8, 3), layout="constrained")
        left, right = figure.subplots(1, 2, width_ratios=(1, 1.6))
        circle = np.exp(2j * np.pi * np.linspace(0, 1, 100))
        left.plot(circle.real, circle.imag, color="grey")
        left.plot(self.eigenvalues.real, self.eigenvalues.imag, ".")
        left.set(title=f"eigenvalues of W_hh, radius {self.radius:g}", aspect="equal")
        right.semilogy(self.norms)
        right.semilogy(self.norms[0] * self.radius ** np.arange(self.length), "--", color="grey")
        right.set(title="size of the gradient (dashed: the radius alone)", xlabel="steps back", ylim=DRAWN)
        return figure
