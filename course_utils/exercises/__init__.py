"""What is asked: one module per exercise, named like it, each with an EXERCISE; the engine is in engine/."""

from .engine import Result
from .engine.bank import exercise, exercises_from, names
from .engine.notebook import check, show_solution
from .engine.yours import your_answers

__all__ = ["Result", "check", "exercise", "exercises_from", "names", "show_solution", "your_answers"]
