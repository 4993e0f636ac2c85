"""Lesson 08: what cross-attention brings, how far the trained model can spell, and what the missing shift hides."""

from functools import cache

from claims import Found, claim, lesson

RATES = (0.002, 0.004)


@cache
def trained(rate, seed, **options):
    """(model, mean loss of the last 20 steps) after the lesson's training."""
    model, losses = lesson("08").trained("claim", seed, highest=rate, progress=False, **options)
    return model, sum(losses[-20:]) / 20


def best(seed, **options):
    """The same at the better of the rates."""
    return min((trained(rate, seed, **options) for rate in RATES), key=lambda found: found[1])


@claim("Cross-attention is the only way from the input to the output.", RATES)
def without_memory_only_the_length_is_learned(seeds):
    wiped = [best(seed, wiped=True)[1] for seed in seeds]
    whole = [best(seed)[1] for seed in seeds]
    said = f"loss {max(whole):.2f} at most with the memory, {min(wiped):.2f} at least without"
    return Found(max(whole) < 0.3 and min(wiped) > 2.9, said)


@claim("8 letters go well, at 9 most strings are wrong, at 10 all.", RATES)
def longer_than_trained(seeds):
    models = [best(seed)[0] for seed in seeds]
    shares = {length: [lesson("08").share_right(model, length) for model in models] for length in (8, 9, 10)}
    holds = min(shares[8]) > 0.8 and max(shares[9]) < 0.5 and max(shares[10]) < 0.05
    return Found(holds, ", ".join(f"{length}: {min(row):.2f} to {max(row):.2f}" for length, row in shares.items()))


@claim("The loss is better than that of the honest models, and nothing that it writes is right.", RATES)
def without_the_shift(seeds):
    unshifted = [best(seed, shift=lambda targets, start: targets) for seed in seeds]
    loss, honest = max(loss for _, loss in unshifted), min(best(seed)[1] for seed in seeds)
    right = max(lesson("08").share_right(model, 5) for model, _ in unshifted)
    return Found(loss < honest and right == 0, f"loss {loss:.4f} at most, honest {honest:.4f}; right {right:.0%}")
