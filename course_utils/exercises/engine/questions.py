"""Questions without code: a number to predict, one answer of several, a text to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .handed_in import number_of, text_of
from .result import Mistake, Result


@dataclass(frozen=True)
class Prediction:
    """A number to work out or guess before it is computed.

    numbers: seed -> dict, the figures in the question.  question: text with {figure} places.
    answer: the right number from the figures.  tolerance: how far off still counts, in the answer's own unit.
    """

    name: str
    lesson: str
    numbers: Callable[[int], dict]
    question: str
    answer: Callable[..., float]
    tolerance: float
    mistakes: tuple[Mistake, ...]
    explanation: str
    hints: tuple[str, str]
    points: int
    minutes: int = 2
    blank = '...  # your number'

    def text(self, seed=0) -> str:
        """The question with its figures, in Markdown."""
        return self.question.format(**self.numbers(seed))

    def solution(self, seed=0) -> str:
        """The right answer as code."""
        return f"{self.answer(**self.numbers(seed)):.6g}"

    def check(self, guess, seed=0) -> Result:
        """Right within the tolerance; a known mistake gets its hint. Never raises."""
        if guess is None or guess is ...:
            return Result("todo", "not answered yet.")
        number = number_of(guess)
        if number is None:
            return Result("fail", f"write one number, for example 0.5; yours is {text_of(guess)!r}.")
        figures = self.numbers(seed)
        if abs(number - self.answer(**figures)) <= self.tolerance:
            return Result("pass", f"right. {self.explanation.format(**figures)}")
        for mistake in self.mistakes:
            if abs(number - mistake.wrong(**figures)) <= self.tolerance:
                return Result("fail", mistake.hint, mistake.name)
        return Result("fail", f"not {number:g}. Work it out on paper, or open a hint.")


@dataclass(frozen=True)
class Option:
    """One answer to choose, and why it is right or wrong."""

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Choice:
    """One right answer of several; each has its sentence of explanation."""

    name: str
    lesson: str
    question: str
    options: dict[str, Option]
    points: int
    minutes: int = 2
    hints: tuple = ()
    blank = '...  # your letter in quotes, for example "a"'

    def text(self, seed=0) -> str:
        """The question and its options, in Markdown."""
        return "\n".join([self.question, "", *(f"* **{key}** · {option.text}" for key, option in self.options.items())])

    def solution(self, seed=0) -> str:
        """The right letter as code."""
        return next(f'"{key}"' for key, option in self.options.items() if option.right)

    def check(self, letter, seed=0) -> Result:
        """The explanation of the option that was chosen. Never raises."""
        if letter is None or letter is ...:
            return Result("todo", "not answered yet.")
        key = text_of(letter).strip().strip("().").lower()
        if key not in self.options:
            return Result("fail", f"choose one of {', '.join(self.options)}, in quotes; yours is {text_of(letter)!r}.")
        option = self.options[key]
        if option.right:
            return Result("pass", f"right. {option.why}")
        return Result("fail", option.why, f"chose {key}")


@dataclass(frozen=True)
class Essay:
    """A text to write; read by a person. rubric: what a full answer says, one line per point."""

    name: str
    lesson: str
    question: str
    rubric: tuple[str, ...]
    points: int
    minutes: int = 5

    def text(self, seed=0) -> str:
        """The question, in Markdown."""
        return self.question

    def check(self, text, seed=0) -> Result:
        """A text is not checked: a person reads it."""
        return Result("todo", "write it in the text cell; a person reads it.")

    def model_answer(self) -> str:
        """The rubric folded away, in Markdown."""
        lines = "\n".join(f"* {line}" for line in self.rubric)
        return f"<details><summary>Compare with this when you have written yours</summary>\n\n{lines}\n\n</details>"
