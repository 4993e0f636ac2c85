"""Lesson 02: what a row of weights is like without the root, and which dividers and starts can be trained."""

from functools import cache

from claims import Found, claim, lesson

RATES = lesson("02").RATES
WIDE = RATES[2:]  # 0.01 and larger: most of what follows does not hold at every rate, and the lesson shows where


@cache
def softness(seed, d_k, power):
    """Entropy, median and mean gradient with scores divided by d_k to this power."""
    entropy, gradient = lesson("02").softness(d_k, d_k**power, seed)
    return entropy, gradient.median().item(), gradient.mean().item()


@cache
def error(name, rate, seed, steps=100):
    """The error after training one line of the lesson's table."""
    divide_by, start = lesson("02").DIVIDER_AND_START[name]
    return lesson("02").errors(divide_by, seed, start, rate, steps)[-1]


def errors(name, rates, seeds):
    """The largest error over rates and seeds, and the smallest."""
    found = [error(name, rate, seed) for rate in rates for seed in seeds]
    return max(found), min(found)


@claim("With the root all three stay nearly the same, whatever the size.")
def the_root_fits_every_size(seeds):
    small, large = ([softness(seed, d_k, 0.5) for seed in seeds] for d_k in (64, 1024))
    ratios = [b / a for one, other in zip(small, large) for a, b in zip(one, other)]
    return Found(0.8 < min(ratios) and max(ratios) < 1.25, f"d_k 1024 / 64: {min(ratios):.2f} to {max(ratios):.2f}")


@claim("the median is nearly gone, while the mean is more than ten times what it is with the root.")
def most_have_no_gradient(seeds):
    medians = [softness(seed, 1024, 0)[1] for seed in seeds]
    means = [softness(seed, 1024, 0)[2] / softness(seed, 1024, 0.5)[2] for seed in seeds]
    return Found(max(medians) < 0.03 and min(means) > 10, f"median {max(medians):.3f}, mean {min(means):.0f} times")


@claim("about half of the queries are below 0.01")
def half_do_not_move(seeds):
    below = [(lesson("02").softness(1024, 1, seed)[1] < 0.01).float().mean().item() for seed in seeds]
    return Found(0.4 < min(below) and max(below) < 0.65, f"{min(below):.2f} to {max(below):.2f}")


@claim("With the root the error is near 0 after thirty steps.", [0.01])
def the_root_is_quick(seeds):
    worst = max(error("divided by √d_k", 0.01, seed, 30) for seed in seeds)
    return Found(worst < 0.1, f"at most {worst:.3f}")


@claim("Not divided learns at none of the five rates. More steps do not help either", RATES)
def one_hot_is_a_dead_end(seeds):
    _, best = errors("not divided", RATES, seeds)
    longer = min(error("not divided", 0.01, seed, 1000) for seed in seeds)
    return Found(min(best, longer) > 0.1, f"at least {best:.2f}; after 1,000 steps {longer:.2f}")


@claim("Divided by the root learns, over a wide range of rates.", WIDE)
def the_root_learns(seeds):
    worst, _ = errors("divided by √d_k", WIDE, seeds)
    return Found(worst < 0.1, f"at most {worst:.3f}")


@claim("Divided by $d_k$ learns too, if the rate is larger.", RATES)
def a_slow_start_is_no_dead_end(seeds):
    (_, slow), (quick, _) = errors("divided by d_k", RATES[:3], seeds), errors("divided by d_k", RATES[3:], seeds)
    return Found(slow > 0.1 > quick, f"at least {slow:.2f} up to a rate of 0.01, at most {quick:.3f} beyond")


@claim("The small start learns as well as the root does, and nothing is divided.", RATES)
def a_small_start_serves(seeds):
    good = {name: [min(error(name, rate, seed) for rate in RATES) for seed in seeds]
            for name in ("divided by √d_k", "not divided, small start")}  # fmt: skip
    worst = {name: max(found) for name, found in good.items()}
    return Found(max(worst.values()) < 0.05, f"at the best rate at most {max(worst.values()):.3f}, both")
