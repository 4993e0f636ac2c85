"""Lesson 01: one list for all letters; one matrix for queries and keys."""

from functools import cache

from claims import Found, claim, lesson
from course_utils.data.one_vector import share_copied

COPYING = (0.01, 0.02, 0.03)
RATES = (0.01, 0.03, 0.1)


@cache
def copied(n_letters, look_back, seed, steps=150):
    """The share of letters that are right, at the best of the rates."""
    return max(share_copied(n_letters, look_back, seed, steps=steps, lr=rate) for rate in COPYING)


@claim("One list for all letters gets full.", COPYING)
def one_list_gets_full(seeds):
    two, many = (min(copied(2, False, seed) for seed in seeds), max(copied(32, False, seed) for seed in seeds))
    apart = min(copied(32, True, seed) for seed in seeds)
    seen = f"one list: {two:.2f} or more at 2 letters, {many:.2f} or less at 32; a list each: {apart:.2f} or more at 32"
    return Found(two > 0.95 and many < 0.3 and apart > 0.95, seen)


@claim("Twenty times the training helps at 16 letters (about 0.9 are right then), but not at 32.", COPYING)
def more_training_moves_the_edge(seeds):
    before, after = ([copied(16, False, seed, steps) for seed in seeds] for steps in (150, 3000))
    gained = max(copied(32, False, seed, 3000) - copied(32, False, seed) for seed in seeds)
    seen = f"16 letters: from {max(before):.2f} to {min(after):.2f} or more; 32 letters: {gained:.2f} more at most"
    return Found(min(after) > 0.7 and max(before) < 0.5 and gained < 0.1, seen)


@cache
def views(one_view, seed, steps=200):
    """(error, learned weights) at the best of the rates."""
    return min((lesson("01").train_views(one_view, seed, steps, rate) for rate in RATES), key=lambda run: run[0])


@claim("With two matrices each letter looks at the next one and nowhere else.", RATES)
def two_matrices_look_at_the_next(seeds):
    next_one = min(views(False, seed)[1].roll(-1, dims=1).diagonal().min().item() for seed in seeds)
    return Found(next_one > 0.9, f"every letter gives the next one at least {next_one:.2f}")


@claim("This task cannot be done in this way for all letters at once, however long you train.", RATES)
def one_matrix_cannot(seeds):
    least = min(views(True, seed, steps)[0] for seed in seeds for steps in (200, 2000))
    return Found(least > 0.1, f"error with one matrix, after 200 and 2,000 steps: at least {least:.2f}")
