"""Lesson 09: a learning rate that rises, then falls."""

import math
import random

from ..model.schedule import warmup
from .engine import Case, Exercise, Mistake
from .slips import of_results


def cases(seed):
    chance = random.Random(seed)
    peak = chance.randrange(150, 400)
    return [
        Case("the first step", (1, 64, 200)),
        Case("on the way up", (70, 64, 200)),
        Case("at the top", (300, 64, 300)),
        Case("on the way down", (1000, 64, 200)),
        Case("a wider model, on the way up", (150, 256, 310)),
        Case("a wider model, on the way down", (900, 512, 300)),
        Case("the first step is the top", (1, 16, 1)),
        Case("more steps than d_model, still on the way up", (700, 100, 4000)),
        Case("another way up", (peak // 3, 96, peak)),
        Case("another way down", (chance.randrange(20_000, 30_000), 128, 1_000)),
    ]


def with_rate(rate):
    """A schedule that differs in what follows d_model^-0.5."""
    return lambda step, d_model, warmup_steps: d_model**-0.5 * rate(step, warmup_steps)


def with_width(width):
    """A schedule that differs in how the width of the model enters."""
    return lambda step, d_model, warmup_steps: width(d_model) * warmup(step, 1, warmup_steps)


MISTAKES = (
    Mistake("the larger", with_rate(lambda step, top: max(step**-0.5, step * top**-1.5)),
            "You take the larger of the two; the smaller one counts: min. Then it rises first and falls later."),
    Mistake("never rises", with_rate(lambda step, top: step**-0.5), "It falls from the first step on. The warm-up is missing: min of this and step · warmup_steps^-1.5 (mind the minus)."),
    Mistake("never falls", with_rate(lambda step, top: step * top**-1.5), "It rises for ever. After the warm-up the other term must win: min of this and step^-0.5 (mind the minus)."),
    Mistake("stays at the top", with_rate(lambda step, top: min(step, top) * top**-1.5), "It stays at its highest after the warm-up; it should fall like 1 / √step."),
    Mistake("falls from the start, twice", with_rate(lambda step, top: min(step**-0.5, step**-1.5 * top)), "The exponent -1.5 belongs to warmup_steps, and step has none there: step · warmup_steps^-1.5."),
    Mistake("the two sums", with_rate(lambda step, top: step**-0.5 + step * top**-1.5), "You add the two terms; take the smaller of them."),
    Mistake("the mean of the two", with_rate(lambda step, top: (step**-0.5 + step * top**-1.5) / 2), "You take the mean of the two terms; take the smaller of them."),
    Mistake("the product", with_rate(lambda step, top: step**-0.5 * step * top**-1.5), "You multiply the two terms; take the smaller of them."),
    Mistake("rises too steeply", with_rate(lambda step, top: min(step**-0.5, step * top**-0.5)),
            "The way up is too steep: the exponent of warmup_steps is -1.5, so that both terms are equal at step = warmup_steps."),
    Mistake("exponent of the product", with_rate(lambda step, top: min(step**-0.5, (step * top) ** -1.5)),
            "The exponent -1.5 reaches over step as well. Only warmup_steps has it: step * warmup_steps ** -1.5."),
    Mistake("share to the power of 1.5", with_rate(lambda step, top: min(step**-0.5, (step / top) ** 1.5)),
            "You take step / warmup_steps to a power. Only warmup_steps has an exponent: step · warmup_steps^-1.5."),
    Mistake("whole exponents", lambda step, d_model, top: min(1 / step, step * top**-1.5) / d_model,
            "Your exponents are -1, not -0.5: `-1 // 2` rounds down to -1. Write -0.5."),
    Mistake("whole exponents everywhere", lambda step, d_model, top: min(1 / step, step * top**-2) / d_model,
            "Your exponents are rounded down: `-1 // 2` is -1, `-3 // 2` is -2. Write -0.5 and -1.5."),
    Mistake("rises too slowly", with_rate(lambda step, top: min(step**-0.5, step * top**-2.0)), "The way up is too flat: the exponent of warmup_steps is -1.5."),
    Mistake("share of the warm-up", with_rate(lambda step, top: min(step**-0.5, step / top)),
            "The way up is step / warmup_steps in yours; the formula has warmup_steps^-1.5, so that both terms are equal at the top."),
    Mistake("falls like 1 / step", with_rate(lambda step, top: min(1 / step, step * top**-1.5)), "It falls like 1 / step; it should fall like 1 / √step: step^-0.5."),
    Mistake("no d_model", with_width(lambda d_model: 1), "d_model is not used: the whole is multiplied by d_model^-0.5."),
    Mistake("times the root of d_model", with_width(lambda d_model: d_model**0.5), "You multiply by the root of d_model; divide by it. A wider model takes smaller steps."),
    Mistake("divided by d_model", with_width(lambda d_model: 1 / d_model), "You divide by d_model; divide by its root, d_model^-0.5."),
    Mistake("d_model inside the smaller", lambda step, d_model, top: min(d_model**-0.5 * step**-0.5, step * top**-1.5),
            "d_model^-0.5 reaches only the first of the two terms. Put the min in brackets: the factor stands before both."),
    Mistake("d_model in the second only", lambda step, d_model, top: min(step**-0.5, d_model**-0.5 * step * top**-1.5),
            "d_model^-0.5 reaches only the second of the two terms. The factor stands before the min."),
    Mistake("step missing on the way up", with_rate(lambda step, top: min(step**-0.5, top**-1.5)), "Your second term does not grow: it lacks step. It is step · warmup_steps^-1.5."),
    Mistake("always the same width", with_width(lambda d_model: 64**-0.5), "d_model has no influence on yours: 64 is written in. Use the argument."),
    Mistake("one step late", with_rate(lambda step, top: min((step + 1) ** -0.5, (step + 1) * top**-1.5)), "You count one step more than there is. The first step is 1: use step as it is."),
    Mistake("from 0 to 1", with_rate(lambda step, top: min(1.0, step / top)), "That is a factor from 0 to 1. The formula has its own scale: min(step^-0.5, step · warmup_steps^-1.5)."),
    Mistake("from 0 to 1, no d_model", lambda step, d_model, top: min(1.0, step / top), "That is a factor from 0 to 1, and d_model is not used. The formula: d_model^-0.5 · min(step^-0.5, step · warmup_steps^-1.5)."),
    Mistake("step and warmup_steps exchanged", with_rate(lambda step, top: min(top**-0.5, top * step**-1.5)), "step and warmup_steps have changed places."),
    Mistake("one step early", with_rate(lambda step, top: min(max(step - 1, 1e-9) ** -0.5, (step - 1) * top**-1.5)), "You count one step less than there is. The first step is 1: use step as it is."),
    Mistake("both without minus", with_rate(lambda step, top: min(step**0.5, step * top**1.5)), "Both exponents have lost their minus: step^-0.5 and warmup_steps^-1.5."),
    Mistake("times the root, plus", with_width(lambda d_model: d_model), "You multiply by d_model; multiply by d_model^-0.5, which is 1 / √d_model."),
    Mistake("d_model to the power of -1.5", with_width(lambda d_model: d_model**-1.5), "The exponent of d_model is -0.5."),
    Mistake("minus the root", with_width(lambda d_model: -(d_model**0.5)), "A minus has slipped out of the exponent: d_model ** -0.5, not -d_model ** 0.5."),
    Mistake("the largest and without d_model", lambda step, d_model, top: max(step**-0.5, step * top**-1.5), "Two things. You take the larger of the two; the smaller one counts: min. And d_model is not used."),
    Mistake("the smaller of all three", lambda step, d_model, top: min(d_model**-0.5, step**-0.5, step * top**-1.5), "d_model^-0.5 stands among the terms of the min. It is a factor: the smaller of the two others times d_model^-0.5."),
    Mistake("d_model added", lambda step, d_model, top: d_model**-0.5 + min(step**-0.5, step * top**-1.5), "You add d_model^-0.5; multiply with it."),
    Mistake("everything under one root", lambda step, d_model, top: (d_model * min(step**-0.5, step * top**-1.5)) ** -0.5, "The exponent -0.5 reaches over the min as well. d_model^-0.5 is a factor of its own."),
    Mistake("rises like the root", with_rate(lambda step, top: min(step**-0.5, step**0.5 / top)), "The way up is not straight: it is step · warmup_steps^-1.5."),
    Mistake("rises like the square", with_rate(lambda step, top: min(step**-0.5, step**2 * top**-2.5)), "The way up is not straight: it is step · warmup_steps^-1.5."),
    Mistake("stays at the top, then falls from it", with_rate(lambda step, top: top**-0.5), "It is the same at each step: step is not used. min of step^-0.5 and step · warmup_steps^-1.5."),
    Mistake("from the top like 1 / step", with_rate(lambda step, top: min(step / top, top / step) * top**-0.5), "It falls like 1 / step; it should fall like 1 / √step: step^-0.5."),
    Mistake("share of the warm-up, then the right fall", with_rate(lambda step, top: step / top if step < top else step**-0.5),
            "The way up is step / warmup_steps in yours; the formula has warmup_steps^-1.5, so that both terms are equal at the top."),
    Mistake("falls in a straight line", with_rate(lambda step, top: min(step / top, max(0.0, 2 - step / top)) * top**-0.5), "It falls in a straight line; it should fall like 1 / √step: step^-0.5."),
    Mistake("falls in a cosine", with_rate(lambda step, top: min(step / top, 0.5 + 0.5 * math.cos(min(step / top / 10, 1) * math.pi)) * top**-0.5), "It falls along a cosine, as in many later models; here it falls like 1 / √step: step^-0.5."),
    Mistake("halves after the top", with_rate(lambda step, top: step * top**-1.5 if step < top else top**-0.5 * 0.5 ** (step / top - 1)), "It falls exponentially; it should fall like 1 / √step: step^-0.5."),
    Mistake("step and warmup_steps exchanged in the call", lambda step, d_model, top: warmup(top, d_model, step), "step and warmup_steps have changed places."),
    Mistake("step and d_model exchanged", lambda step, d_model, top: warmup(d_model, step, top), "step and d_model have changed places."),
    Mistake("d_model and warmup_steps exchanged", lambda step, d_model, top: warmup(step, top, d_model), "d_model and warmup_steps have changed places."),
    *(Mistake(f"always {top} steps of warm-up", lambda step, d_model, _, top=top: warmup(step, d_model, top), "warmup_steps has no influence on yours: a number is written in. Use the argument.") for top in (100, 4000)),
    *(Mistake(f"always width {width}", with_width(lambda d_model, width=width: width**-0.5), "d_model has no influence on yours: a number is written in. Use the argument.") for width in (128, 256, 512)),
    Mistake("times the step", lambda step, d_model, top: step * warmup(step, d_model, top), "The rate is multiplied by step once more."),
    *of_results(warmup, {"rate": ""}, without=("without its sign", "negative ones cut", "rounded", "nothing but zeros", "rate: whole numbers")),
    Mistake("whole numbers", lambda step, d_model, top: int(warmup(step, d_model, top)), "You round to a whole number, and that is 0. Give back the number as it is."),
)  # fmt: skip

EXERCISE = Exercise(
    name="warmup",
    lesson="09_training",
    reference=warmup,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Two terms: one rises with the step, one falls. Python's min picks the smaller. The factor for d_model stands before both.",
        "`d_model**-0.5 * min(..., step * warmup_steps**-1.5)`: only the falling term is missing.",
    ),
    points=1,
    minutes=4,
    returns={"rate": ""},
    rules=((lambda rate: rate > 0, "A learning rate is positive."),),
)
