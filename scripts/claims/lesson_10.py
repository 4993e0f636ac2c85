"""Lesson 10: what the knobs do to invented words, and which toy finds what followed the same number before."""

from functools import cache
from statistics import median

from claims import Found, claim, lesson
from course_utils.data.pronunciations import split
from course_utils.g2p.checkpoint import load as load_reader
from course_utils.g2p.task import how_sure
from course_utils.words.checkpoint import load
from course_utils.words.task import invent

RATES = (0.003, 0.006)


@cache
def words_at(temperature, seed):
    """200 words that the shipped model invents."""
    choose = lambda scores: lesson("10").next_probabilities(scores, temperature, None)  # noqa: E731
    return invent(load(), choose, 200, seed)


@claim("A low temperature copies more and is read more surely.")
def low_temperature(seeds):
    seen, reader = set(split()["train"]), load_reader()
    copied, sure = [], []
    for seed in seeds:
        cold, hot = (words_at(temperature, seed) for temperature in (0.5, 1.5))
        copied.append([sum(word in seen for word in words) for words in (cold, hot)])
        sure.append([how_sure(reader, [word for word in words if word]).mean().item() for words in (cold, hot)])
    holds = all(cold > hot for cold, hot in (*copied, *sure))
    (cold, hot), (surer, less) = map(lambda pairs: [median(one) for one in zip(*pairs)], (copied, sure))
    seen = f"{cold:.0f} / {hot:.0f} copies in 200, log-probability of a phone {surer:.2f} / {less:.2f}"
    return Found(holds, f"T = 0.5 / 1.5: {seen}")


@cache
def learned(n_layers, seed, rate):
    return lesson("10").learn(n_layers, seed, rate)


@claim("Two layers get nearly every number right; one layer stays below a quarter.", RATES)
def two_layers(seeds):
    last = lesson("10").MOMENTS[-1]
    one, two = ([[learned(n, seed, rate)[last][0] for seed in seeds] for rate in RATES] for n in (1, 2))
    best = max(min(shares) for shares in two)
    return Found(
        best > 0.97 and max(map(max, one)) < 0.3,
        f"two layers at the best rate at least {best:.2f}; one layer at most {max(map(max, one)):.2f} at any",
    )


@claim("The induction score of the second layer rises with it", RATES[:1])
def induction_rises(seeds):
    looks = [learned(2, seed, RATES[0]) for seed in seeds]
    first, last = ([one[step][1] for one in looks] for step in (0, lesson("10").MOMENTS[-1]))
    return Found(max(first) < 0.1 and min(last) > 0.6, f"from at most {max(first):.2f} to at least {min(last):.2f}")
