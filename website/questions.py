"""Questions as a page can ask them: everything that `check` would say, made from the exercises themselves."""

from __future__ import annotations

from markup import html_of, inline_html_of

from course_utils.exercises.engine import Choice, Prediction
from course_utils.exercises.engine.display import rich_text


def form(asked) -> dict:
    """What the page needs of a Choice or a Prediction; the sentences are HTML, as `check` shows them."""
    common = {"name": asked.name, "minutes": asked.minutes, "hints": [rich_text(hint) for hint in asked.hints]}
    return {**common, **(_choice(asked) if isinstance(asked, Choice) else _prediction(asked))}


def _choice(asked: Choice) -> dict:
    options = {
        key: {"text": inline_html_of(option.text), "why": rich_text(option.why), "right": option.right}
        for key, option in asked.options.items()
    }
    return {"kind": "choice", "question": html_of(asked.question), "options": options}


def _prediction(asked: Prediction) -> dict:
    figures = asked.numbers(0)
    mistakes = [{"value": float(one.wrong(**figures)), "hint": rich_text(one.hint)} for one in asked.mistakes]
    return {
        "kind": "prediction",
        "question": html_of(asked.text(0)),
        "answer": float(asked.answer(**figures)),
        "tolerance": float(asked.tolerance),
        "mistakes": mistakes,
        "explanation": rich_text(asked.explanation.format(**figures)),
    }
