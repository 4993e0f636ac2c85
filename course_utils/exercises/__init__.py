"""What is asked: one module per exercise, named like it, each with an EXERCISE; the engine is in engine/."""

from .engine import Result
from .engine.notebook import check, exercise, names, show_solution
from .engine.yours import your_answers

__all__ = ["Result", "check", "exercise", "names", "show_solution", "your_answers"]
