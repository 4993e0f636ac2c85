"""Lesson 10: a text on what ten fine samples prove."""

from .engine import Essay

EXERCISE = Essay(
    name="looks_perfect",
    lesson="10_language_model",
    question=(
        "A colleague has trained a model that invents names for medicines and shows ten of them. All sound perfect: *my model is better than yours, which writes nonsense now and then.* "
        "Her samples were drawn with temperature 0.3, and you draw with 1. Say in five to eight sentences what the ten names prove and what they do not, "
        "what you would measure on both models, and which setting you would choose for which use."
    ),
    rubric=(
        "Ten samples are few, and the temperature is a setting of the drawing, not of the model: at 0.3 almost any model stays with its safest letters. First draw from both with the same setting.",
        "Names that sound perfect may be copies of training words: count copies. They may also be alike: count how many different ones come in a thousand.",
        "The model itself is scored in bits per letter on held-out names, which do not depend on any temperature. It needs the same alphabet, the same split, the end counted or not in both; and a simple counting model beside both.",
        "Held-out names that are written by chance show that the model has learned more than it copied; pronounceable is judged by another model, and that has its own mistakes.",
        "A low temperature or a small k or p for few safe suggestions, a high one where many different ideas are wanted and somebody sorts them. Either choice earns full points with its reason.",
    ),
    points=2,
    minutes=7,
)  # fmt: skip
