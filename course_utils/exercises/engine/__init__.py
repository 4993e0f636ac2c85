"""The exercise engine: what an exercise is, how an answer is tried, and how the verdict is said."""

from .exercise import Case, Exercise, Mistake
from .notebook import check, exercise, names, show_solution
from .questions import Choice, Essay, Option, Prediction, Slip
from .result import Result

__all__ = [
    "Case", "Choice", "Essay", "Exercise", "Mistake", "Option", "Prediction", "Result", "Slip",
    "check", "exercise", "names", "show_solution",
]  # fmt: skip
