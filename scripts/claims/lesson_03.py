"""Lesson 03: one head and several, with and without a step behind them; and many heads in three ways."""

from functools import cache

from claims import Found, claim, lesson

RATES = (0.003, 0.01, 0.03)
QUICK = RATES[1:]  # for runs that take seconds each: the rates at which these nets learn within 500 steps


@cache
def two_questions(n_heads, behind, rate, seed):
    """The share of right answers to two questions, after 300 steps."""
    made = lesson("03")
    function = made.with_feed_forward if behind else made.multi_head_attention
    Ws, _ = made.train_heads(function, n_heads, seed, feed_forward=behind, lr=rate)
    return made.share_right(function, Ws, n_heads)


def best_of_two_questions(n_heads, behind, seeds):
    return [max(two_questions(n_heads, behind, rate, seed) for rate in RATES) for seed in seeds]


@cache
def four_questions(side, rate, seed):
    return lesson("03").side(side, seed, lr=rate, steps=500)[0]


@cache
def many_heads(held, n_heads, rate, seed):
    """Validation loss and share of right answers, with 1,000 examples."""
    return lesson("03").one_run(held, 1_000, n_heads, seed, rate)[1:]


def best_share(held, n_heads, seeds):
    """The share of new questions answered right at the better rate, for each seed."""
    return [max(many_heads(held, n_heads, rate, seed)[1] for rate in QUICK) for seed in seeds]


@claim("so it must mostly guess which thing belongs to which question.", RATES)
def one_head_alone_guesses(seeds):
    found, two = best_of_two_questions(1, False, seeds), best_of_two_questions(2, False, seeds)
    return Found(
        max(found) < 0.75 and min(two) > 0.95, f"one head at most {max(found):.2f}, two at least {min(two):.2f}"
    )


@claim("So one head *can* answer two questions, if something that is not linear follows.", RATES)
def one_head_and_a_step_answer(seeds):
    found = best_of_two_questions(1, True, seeds)
    return Found(min(found) > 0.95, f"at least {min(found):.2f}")


@claim("Four heads have a third of the numbers and are there first, by far.", RATES)
def four_heads_are_quick(seeds):
    one, four = (
        [max(four_questions(side, rate, seed) for rate in RATES) for seed in seeds] for side in lesson("03").SIDES
    )
    return Found(
        min(four) > 0.98 > max(one), f"after 500 steps one head at most {max(one):.2f}, four at least {min(four):.2f}"
    )


@claim("(At the rates 0.003 and 0.03 the order is the same.)", (0.003, 0.03))
def at_each_rate(seeds):
    one, four = lesson("03").SIDES
    gaps = [
        four_questions(four, rate, seed) - four_questions(one, rate, seed) for rate in (0.003, 0.03) for seed in seeds
    ]
    return Found(min(gaps) > 0.1, f"four heads ahead by {min(gaps):.2f} or more")


@claim("64 heads do clearly worse than 8 only where n_heads · d_k = 64 is fixed", QUICK)
def small_heads_do_worse(seeds):
    fixed = best_share("n_heads * d_k", 8, seeds), best_share("n_heads * d_k", 64, seeds)
    large = best_share("d_k = 8", 64, seeds)
    holds = max(fixed[1]) < 0.5 and min(*fixed[0], *large) > 0.9
    return Found(holds, f"8 heads {min(fixed[0]):.2f}; 64 with d_k 1 {max(fixed[1]):.2f}, with d_k 8 {min(large):.2f}")


@claim("8 heads of one number fail as well, and 64 answer a little more", QUICK)
def size_is_the_culprit(seeds):
    few, many = best_share("d_k = 1", 8, seeds), best_share("d_k = 1", 64, seeds)
    holds = max(few) < 0.3 and all(more > less - 0.02 for less, more in zip(few, many))
    return Found(holds, f"8 heads at most {max(few):.2f}, 64 at least {min(many):.2f}")
