"""The exercise engine: what an exercise is, how an answer is tried, and how the verdict is said."""

from .exercise import Case, Exercise
from .questions import Choice, Essay, Option, Prediction
from .result import Mistake, Result

__all__ = ["Case", "Choice", "Essay", "Exercise", "Mistake", "Option", "Prediction", "Result"]
