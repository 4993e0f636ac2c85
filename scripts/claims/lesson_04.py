"""Lesson 04: what is left of three kinds of position beyond the trained length."""

from functools import cache

from claims import Found, claim, lesson

RATES = (0.003, 0.01, 0.03)


@cache
def trained(kind, seed):
    """A model of each rate."""
    return [lesson("04").trained(kind, seed, lr=rate) for rate in RATES]


@cache
def right(kind, length, seed):
    """The share of right answers, at the rate that is best for this length."""
    return max(lesson("04").share_right(model, kind, length).mean().item() for model in trained(kind, seed))


def span(kind, length, seeds):
    """The lowest and the highest share over the seeds."""
    shares = [right(kind, length, seed) for seed in seeds]
    return min(shares), max(shares)


@claim("At the trained length all three kinds of position solve the task.", RATES)
def all_three_solve_it(seeds):
    lowest = min(span(kind, 16, seeds)[0] for kind in ("sinusoidal", "learned", "RoPE"))
    return Found(lowest > 0.95, f"at least {lowest:.2f}")


@claim("The model without positions is right in about a quarter", RATES)
def a_quarter_without(seeds):
    low, high = span("no positions", 16, seeds)
    return Found(0.2 < low and high < 0.3, f"{low:.2f} to {high:.2f}")


@claim("Sinusoids do not carry over to longer sentences here, although their formula does.", RATES)
def sinusoids_do_not_carry_over(seeds):
    (_, twice), (_, four) = (span("sinusoidal", length, seeds) for length in (32, 64))
    return Found(twice < 0.9 and four < 0.7, f"at most {twice:.2f} at 32 tokens, {four:.2f} at 64")


@claim("sinusoids fall nearly as early (but stay ahead of the table at 32 and 64 tokens)", RATES)
def sinusoids_stay_ahead_of_the_table(seeds):
    ahead = {n: min(right("sinusoidal", n, seed) - right("learned", n, seed) for seed in seeds) for n in (32, 64)}
    seen = ", ".join(f"at {length} by {least:.2f} or more" for length, least in ahead.items())
    return Found(min(ahead.values()) > 0, seen)


@claim("RoPE holds out longest, but not for ever", RATES)
def rope_holds_out_longest(seeds):
    (four, _), (_, sixteen) = span("RoPE", 64, seeds), span("RoPE", 256, seeds)
    others = max(span(kind, 64, seeds)[1] for kind in ("sinusoidal", "learned"))
    seen = f"RoPE at least {four:.2f} at 64, at most {sixteen:.2f} at 256; the others at most {others:.2f} at 64"
    return Found(four > others + 0.1 and sixteen < 0.9, seen)


@claim("Learned positions break off exactly at position 16", RATES)
def the_table_breaks_off(seeds):
    shares = [lesson("04").share_right(trained("learned", seed)[1], "learned", 64) for seed in seeds]
    before, after = min(share[:13].mean().item() for share in shares), max(share[13:].mean().item() for share in shares)
    return Found(before > 0.9 and after < 0.25, f"at least {before:.2f} before it, at most {after:.2f} from it on")


@claim("suffer even at the *first* positions", RATES)
def sinusoids_suffer_early(seeds):
    share = lesson("04").share_right
    models = [model for seed in seeds for model in trained("sinusoidal", seed)]
    first = [share(model, "sinusoidal", 64)[:13].mean().item() for model in models]
    lost = min((share(model, "sinusoidal", 16).mean() - one).item() for model, one in zip(models, first, strict=True))
    return Found(lost > 0.05, f"at the first 16 of 64 from {min(first):.2f} to {max(first):.2f} right, over all rates")


@claim("With sinusoids they lose about 0.4 of it (0.3 to 0.5, with the seed and the learning rate).", RATES)
def weight_goes_to_untrained_positions(seeds):
    models = [model for seed in seeds for model in trained("sinusoidal", seed)]
    lost = [lesson("04").weight_lost(model, "sinusoidal") for model in models]
    return Found(0.25 < min(lost) and max(lost) < 0.55, f"from {min(lost):.2f} to {max(lost):.2f}, over all rates")
