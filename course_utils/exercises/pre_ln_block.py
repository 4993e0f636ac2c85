"""Lesson 07: attention and feed-forward wired to a block."""

import torch

from ..model.blocks import post_ln_block, pre_ln_block
from .assemblies.blocks import PRE_LN
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs
from .mistakes.block_parts import attending, feeding, finds_nothing, leaves_it, norming


def arguments(normal, *shape):
    """X, attend, feed, norm_1, norm_2."""
    parts = attending(normal, shape[-1]), feeding(normal, shape[-1])
    return normal(*shape), *parts, norming(normal, shape[-1]), norming(normal, shape[-1])


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    X, attend, feed, norm_1, norm_2 = arguments(fixed, 4, 3)
    return [
        Case("attend finds nothing", (X, finds_nothing, feed, norm_1, norm_2)),
        Case("feed finds nothing", (X, attend, finds_nothing, norm_1, norm_2)),
        Case("4 tokens, d_model 3", (X, attend, feed, norm_1, norm_2)),
        Case("a batch of 2, 3 tokens, d_model 5", arguments(fixed, 2, 3, 5)),
        Case("one token alone", arguments(fixed, 1, 4)),
        Case("everything of size 4", arguments(fixed, 4, 4, 4)),
        Case("norms that change nothing", (*arguments(fixed, 3, 5)[:3], leaves_it, leaves_it)),
        Case("X is a transposed view", (fixed(3, 6).T, attend, feed, norm_1, norm_2)),
        Case("large numbers in X", (10 * fixed(5, 3), attend, feed, norm_1, norm_2)),
        Case("a batch of 3, 2 tokens, d_model 4", arguments(normal, 3, 2, 4)),
    ]


def no_residual(X, attend, feed, norm_1, norm_2):
    return feed(norm_2(attend(norm_1(X))))


def first_residual_missing(X, attend, feed, norm_1, norm_2):
    X = attend(norm_1(X))
    return X + feed(norm_2(X))


def second_residual_missing(X, attend, feed, norm_1, norm_2):
    X = X + attend(norm_1(X))
    return feed(norm_2(X))


def one_residual_around_both(X, attend, feed, norm_1, norm_2):
    return X + feed(norm_2(attend(norm_1(X))))


def adds_to_the_first_X(X, attend, feed, norm_1, norm_2):
    found = X + attend(norm_1(X))
    return X + feed(norm_2(found))


def side_by_side(X, attend, feed, norm_1, norm_2):
    return X + attend(norm_1(X)) + feed(norm_2(X))


def adds_to_the_normed(X, attend, feed, norm_1, norm_2):
    X = norm_1(X)
    X = norm_2(X + attend(X))
    return X + feed(X)


def feed_first(X, attend, feed, norm_1, norm_2):
    X = X + feed(norm_2(X))
    return X + attend(norm_1(X))


def ends_with_a_norm(X, attend, feed, norm_1, norm_2):
    return norm_2(pre_ln_block(X, attend, feed, norm_1, norm_2))


def norms_what_is_found(X, attend, feed, norm_1, norm_2):
    X = X + norm_1(attend(X))
    return X + norm_2(feed(X))


def feed_reads_what_attention_found(X, attend, feed, norm_1, norm_2):
    found = attend(norm_1(X))
    return X + found + feed(norm_2(found))


def first_of_what_is_found(X, attend, feed, norm_1, norm_2):
    return pre_ln_block(X, lambda X: attend(X)[0], feed, norm_1, norm_2)


def X_once_more(X, attend, feed, norm_1, norm_2):
    return X + pre_ln_block(X, attend, feed, norm_1, norm_2)


def one_norm_for_both(X, attend, feed, norm_1, norm_2):
    X = norm_1(X)
    X = X + attend(X)
    return X + feed(X)


def norm_in_between(X, attend, feed, norm_1, norm_2):
    X = norm_1(X + attend(X))
    return X + feed(norm_2(X))


def ends_post_ln(X, attend, feed, norm_1, norm_2):
    X = X + attend(norm_1(X))
    return norm_2(X + feed(X))


def attends_twice(X, attend, feed, norm_1, norm_2):
    return pre_ln_block(X, attend, attend, norm_1, norm_2)


def joined(join):
    """The right block, in which what a part found is not added to X, but joined in another way."""

    def wrong(X, attend, feed, norm_1, norm_2):
        X = join(X, attend(norm_1(X)))
        return join(X, feed(norm_2(X)))

    return wrong


def first_norm_on_the_stream(X, attend, feed, norm_1, norm_2):
    X = norm_1(X)
    X = X + attend(X)
    return X + feed(norm_2(X))


def second_norm_on_the_stream(X, attend, feed, norm_1, norm_2):
    X = norm_2(X + attend(norm_1(X)))
    return X + feed(X)


def with_norms(first, second):
    """The right wiring with other norms; each is chosen from (norm_1, norm_2, none)."""

    def wrong(X, attend, feed, norm_1, norm_2):
        norms = norm_1, norm_2, leaves_it
        return pre_ln_block(X, attend, feed, norms[first], norms[second])

    return wrong


NORMS_HINT = "norm_1 belongs to attend and norm_2 to feed: each has learned its own gain and bias."

MISTAKES = (
    Mistake("post-LN", post_ln_block, "This is post-LN: you normalise the sum. In pre-LN the norm stands before the part, and nothing stands on the stream itself."),
    Mistake("no residual", no_residual, "Both residuals are missing: what a part finds is *added* to X."),
    Mistake("first residual missing", first_residual_missing, "What attend finds takes the place of X. Add it: X + …"),
    Mistake("second residual missing", second_residual_missing, "What feed finds takes the place of X. Add it: X + …"),
    Mistake("one residual around both", one_residual_around_both, "One residual goes round both parts. Each part has its own: add what attend found first, then let feed read the sum."),
    Mistake("adds to the first X", adds_to_the_first_X, "What attend found gets lost: feed reads it, but you add to the X from before. Go on with the new X."),
    Mistake("side by side", side_by_side, "feed reads the X from before attention, so both parts work side by side (some models do that). Here feed reads what attend has already added to."),
    Mistake("adds to the normed X", adds_to_the_normed, "You add to the normalised X, so the stream itself is normalised. Keep X as it is; only what a part reads goes through the norm."),
    Mistake("feed first", feed_first, "feed comes first in yours. First the words meet, then each works on what it got."),
    Mistake("feed first, norms in their places", lambda X, attend, feed, norm_1, norm_2: feed_first(X, attend, feed, norm_2, norm_1),
            "feed comes first in yours, with norm_1. First the words meet, then each works on what it got: attend with norm_1, then feed with norm_2."),
    Mistake("norm_1 on the stream", first_norm_on_the_stream, "norm_1 stands on the stream itself. Only what attend reads goes through it: X + attend(norm_1(X))."),
    Mistake("norm_2 on the stream", second_norm_on_the_stream, "norm_2 stands on the stream itself. Only what feed reads goes through it: X + feed(norm_2(X))."),
    Mistake("multiplied", joined(torch.mul), "What a part finds is multiplied with X. Add it."),
    Mistake("averaged", joined(lambda X, found: (X + found) / 2), "You take the mean of X and what a part finds. Add it to X, and divide by nothing."),
    Mistake("subtracted", joined(torch.sub), "What a part finds is taken from X. Add it."),
    Mistake("feed twice", lambda X, attend, feed, norm_1, norm_2: pre_ln_block(X, feed, feed, norm_1, norm_2), "feed is used for both parts; the first one is attend."),
    Mistake("ends with a norm", ends_with_a_norm, "There is one norm too many, at the end. Pre-LN has that last norm once, after the last block of the stack."),
    Mistake("norms what is found", norms_what_is_found, "You normalise what a part gives. The norm stands before the part: attend(norm_1(X))."),
    Mistake("feed reads only what attention found", feed_reads_what_attention_found, "feed reads what attend found alone. It should read the sum: X with what attend found added."),
    Mistake("one norm at the start", one_norm_for_both, "One norm stands at the start, on the stream itself. Each part has its own norm, and X goes on as it is beside it."),
    Mistake("first half post-LN", norm_in_between, "The first half is post-LN: norm_1 stands on the sum. It stands before attend: X + attend(norm_1(X))."),
    Mistake("second half post-LN", ends_post_ln, "The second half is post-LN: norm_2 stands on the sum. It stands before feed: X + feed(norm_2(X))."),
    Mistake("attend twice", attends_twice, "attend is used for both parts; the second one is feed."),
    Mistake("no feed-forward", lambda X, attend, feed, norm_1, norm_2: X + attend(norm_1(X)), "feed is missing, the second of the two parts."),
    Mistake("no attention", lambda X, attend, feed, norm_1, norm_2: X + feed(norm_2(X)), "attend is missing, the first of the two parts."),
    Mistake("first of what attend found", first_of_what_is_found, "attend gives only what was found, no weights: its [0] is the first token, or the first sentence. Leave the [0] away."),
    Mistake("X added once more", X_once_more, "X is added once too often. What goes on after the first part is X already, with what attend found: add only what feed found."),
    Mistake("norms exchanged", with_norms(1, 0), f"The two norms have changed places. {NORMS_HINT}"),
    Mistake("norm_1 twice", with_norms(0, 0), f"norm_1 is used twice. {NORMS_HINT}"),
    Mistake("norm_2 twice", with_norms(1, 1), f"norm_2 is used twice. {NORMS_HINT}"),
    Mistake("no norm", with_norms(2, 2), "No norm is used: what a part reads goes through its norm first."),
    Mistake("attend without norm", with_norms(2, 1), "attend reads X as it is. What it reads goes through norm_1 first."),
    Mistake("feed without norm", with_norms(0, 2), "feed reads X as it is. What it reads goes through norm_2 first."),
)  # fmt: skip

EXERCISE = Exercise(
    name="pre_ln_block",
    lesson="07_transformer_block",
    reference=pre_ln_block,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Two steps of the same form. In each, X goes on as it is, and something is added to it.",
        "Follow one arrow of the formula at a time, and give the sum of the first step the name X again. `X += …` would change the caller's tensor.",
    ),
    points=2,
    minutes=5,
    assembly=PRE_LN,
    returns={"X": "length d_model"},
)
