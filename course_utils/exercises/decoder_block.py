"""Lesson 08: two attentions and feed-forward wired to a block of the decoder."""

import itertools

import torch

from ..model.blocks import decoder_block
from .assemblies.blocks import DECODER
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs
from .mistakes.block_parts import attending, feeding, finds_nothing, leaves_it, looking, norming


def arguments(normal, batch, q_len, k_len, d_model):
    """Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3."""
    parts = attending(normal, d_model), looking(normal, d_model), feeding(normal, d_model)
    norms = (norming(normal, d_model) for _ in range(3))
    return normal(*batch, q_len, d_model), normal(*batch, k_len, d_model), *parts, *norms


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    Y, memory, self_attend, cross_attend, feed, *norms = arguments(fixed, (), 3, 5, 4)
    return [
        Case("only self_attend finds something", (Y, memory, self_attend, finds_nothing, finds_nothing, *norms)),
        Case("only cross_attend finds something", (Y, memory, finds_nothing, cross_attend, finds_nothing, *norms)),
        Case("only feed finds something", (Y, memory, finds_nothing, finds_nothing, feed, *norms)),
        Case("3 symbols written, 5 read", (Y, memory, self_attend, cross_attend, feed, *norms)),
        Case("a batch of 2, 4 symbols written, 3 read", arguments(fixed, (2,), 4, 3, 5)),
        Case("one symbol written, one read", arguments(fixed, (), 1, 1, 6)),
        Case("everything of size 4", arguments(fixed, (4,), 4, 4, 4)),
        Case("norms that change nothing", (*arguments(fixed, (), 2, 6, 5)[:5], leaves_it, leaves_it, leaves_it)),
        Case("large numbers in Y and memory", (10 * Y, 10 * memory, self_attend, cross_attend, feed, *norms)),
        Case("a batch of 3, 2 symbols written, 4 read", arguments(normal, (3,), 2, 4, 5)),
    ]


def wired(Y, memory, parts, norms, add=(True, True, True), join=torch.add):
    """Each of three parts reads Y through its norm; what it finds is added, or takes the place of Y."""
    for part, norm, added in zip(parts, norms, add, strict=True):
        found = part(norm(Y))
        Y = join(Y, found) if added else found
    return Y


def wiring(add=(True, True, True), order=(0, 1, 2), norms=(0, 1, 2), look=lambda cross_attend, Y, memory, norm: cross_attend(Y, memory), join=torch.add):
    """The right block with a residual less, with the parts in another order, with other norms, or with another look.

    order: of self_attend, cross_attend and feed, each with its own norm.  norms: for each part; 3 is none at all.
    join: what is done in place of adding.
    """

    def wrong(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
        parts = self_attend, lambda Y: look(cross_attend, Y, memory, norm_2), feed
        chosen = [(norm_1, norm_2, norm_3, leaves_it)[number] for number in norms]
        return wired(Y, memory, [parts[i] for i in order], [chosen[i] for i in order], add, join)

    return wrong


def post_ln(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    Y = norm_1(Y + self_attend(Y))
    Y = norm_2(Y + cross_attend(Y, memory))
    return norm_3(Y + feed(Y))


def no_cross(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    Y = Y + self_attend(norm_1(Y))
    return Y + feed(norm_3(Y))


def no_self(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    Y = Y + cross_attend(norm_2(Y), memory)
    return Y + feed(norm_3(Y))


def no_feed(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    Y = Y + self_attend(norm_1(Y))
    return Y + cross_attend(norm_2(Y), memory)


def side_by_side(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    return Y + self_attend(norm_1(Y)) + cross_attend(norm_2(Y), memory) + feed(norm_3(Y))


def asks_from_before(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    found = Y + self_attend(norm_1(Y))
    found = found + cross_attend(norm_2(Y), memory)
    return found + feed(norm_3(found))


def looks_at_Y_from_before(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    return decoder_block(Y, Y, self_attend, cross_attend, feed, norm_1, norm_2, norm_3)


def adds_to_the_first_Y(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    found = Y + cross_attend(norm_2(Y + self_attend(norm_1(Y))), memory)
    return found + feed(norm_3(found))


def one_residual_around_all(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    return Y + feed(norm_3(cross_attend(norm_2(self_attend(norm_1(Y))), memory)))


def feed_reads_the_first_Y(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    found = Y + self_attend(norm_1(Y))
    found = found + cross_attend(norm_2(found), memory)
    return found + feed(norm_3(Y))


def norms_what_is_found(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    Y = Y + norm_1(self_attend(Y))
    Y = Y + norm_2(cross_attend(Y, memory))
    return Y + norm_3(feed(Y))


def adds_to_the_normed(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    Y = norm_1(Y)
    Y = norm_2(Y + self_attend(Y))
    Y = norm_3(Y + cross_attend(Y, memory))
    return Y + feed(Y)


def ends_with_a_norm(Y, *rest):
    return rest[-1](decoder_block(Y, *rest))


def self_attends_memory(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    Y = Y + self_attend(norm_1(Y))
    Y = Y + cross_attend(norm_2(Y), self_attend(memory))
    return Y + feed(norm_3(Y))


def self_attention_lost(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    Y = Y + cross_attend(norm_2(self_attend(norm_1(Y))), memory)
    return Y + feed(norm_3(Y))


def ends_with_the_first_Y(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    found = Y + self_attend(norm_1(Y))
    found = found + cross_attend(norm_2(found), memory)
    return Y + feed(norm_3(found))


def adds_to_the_memory(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    Y = Y + self_attend(norm_1(Y))
    Y = memory + cross_attend(norm_2(Y), memory)
    return Y + feed(norm_3(Y))


def other_orders():
    """A Mistake for each other order of the parts, with the norms in the order 1, 2, 3 all the same."""
    names = "self_attend", "cross_attend", "feed"
    for order in list(itertools.permutations(range(3)))[1:]:
        norms = tuple(map(order.index, range(3)))
        hint = f"Your order is {', '.join(names[i] for i in order)}. It is self_attend, cross_attend, feed, with the norms 1, 2, 3."
        yield Mistake(f"{hint.split('.')[0].lower()}, norms in their places", wiring(order=order, norms=norms), hint)


def norms_used_twice():
    """A Mistake for each norm that stands in the place of one other norm."""
    for place, used in itertools.permutations(range(3), 2):
        norms = tuple(used if number == place else number for number in range(3))
        hint = f"norm_{used + 1} is used twice, also where norm_{place + 1} belongs. {NORMS_HINT}"
        yield Mistake(f"norm_{used + 1} for norm_{place + 1}", wiring(norms=norms), hint)


NORMS_HINT = "norm_1 belongs to self_attend, norm_2 to cross_attend, norm_3 to feed."
PLACE_HINT = "takes the place of Y. Add it: Y + …"

MISTAKES = (
    Mistake("post-LN", post_ln, "This is post-LN: you normalise the sums. Here the norm stands before the part, and nothing stands on the stream itself."),
    Mistake("no residual", wiring(add=(False, False, False)), "The residuals are missing: what a part finds is *added* to Y."),
    Mistake("first residual missing", wiring(add=(False, True, True)), f"What self_attend finds {PLACE_HINT}"),
    Mistake("second residual missing", wiring(add=(True, False, True)), f"What cross_attend finds {PLACE_HINT} Otherwise the letters written so far are forgotten."),
    Mistake("third residual missing", wiring(add=(True, True, False)), f"What feed finds {PLACE_HINT}"),
    Mistake("cross first", wiring(order=(1, 0, 2)), "cross_attend comes first in yours. First Y looks at itself, and with what it has found it asks the memory."),
    Mistake("feed between", wiring(order=(0, 2, 1)), "feed stands between the two attentions. It comes last."),
    Mistake("feed first", wiring(order=(2, 0, 1)), "feed comes first in yours. It comes last, when both attentions have brought what they found."),
    Mistake("no cross-attention", no_cross, "The memory is not looked at: cross_attend is missing. Without it the output knows nothing of the input."),
    Mistake("no self-attention", no_self, "self_attend is missing: what is written must look at what was written before it."),
    Mistake("no feed-forward", no_feed, "feed is missing, the last of the three parts."),
    Mistake("side by side", side_by_side, "All three parts read the Y from the beginning. Each reads the Y to which the part before has added."),
    Mistake("asks from before", asks_from_before, "cross_attend asks with the Y from before self_attend. Go on with the new Y."),
    Mistake("looks at Y", wiring(look=lambda cross_attend, Y, memory, norm: cross_attend(Y, Y)), "cross_attend looks at Y in yours. It asks with Y and looks at the memory: cross_attend(…, memory)."),
    Mistake("looks at the first Y", looks_at_Y_from_before, "cross_attend looks at the Y from the beginning in yours. It asks with Y and looks at the memory: cross_attend(…, memory)."),
    Mistake("adds to the first Y", adds_to_the_first_Y, "What self_attend found gets lost: cross_attend asks with it, but you add to the Y from before. Go on with the new Y."),
    Mistake("one residual around all", one_residual_around_all, "One residual goes round all three parts. Each part has its own: add what it found before the next one reads."),
    Mistake("feed reads the first Y", feed_reads_the_first_Y, "feed reads the Y from the beginning. It reads the Y to which both attentions have added."),
    Mistake("norms what is found", norms_what_is_found, "You normalise what a part gives. The norm stands before the part: self_attend(norm_1(Y))."),
    Mistake("memory asks", wiring(look=lambda cross_attend, Y, memory, norm: cross_attend(memory, Y)), "Who asks and who is looked at have changed places: cross_attend(Y, memory)."),
    Mistake("memory normalised", wiring(look=lambda cross_attend, Y, memory, norm: cross_attend(Y, norm(memory))),
            "You normalise the memory. The encoder has done that, with its last norm: read the memory as it is."),
    Mistake("memory attends to itself", self_attends_memory, "The memory goes through self_attend. That is the encoder's work; here the memory is read as it is."),
    Mistake("adds to the normed Y", adds_to_the_normed, "You add to the normalised Y, so the stream itself is normalised. Only what a part reads goes through the norm."),
    *other_orders(),
    Mistake("feed, cross, self", wiring(order=(2, 1, 0)), "The parts come in the opposite order. It is self_attend, cross_attend, feed."),
    Mistake("cross, feed, self", wiring(order=(1, 2, 0)), "self_attend comes last in yours. It comes first: what is written looks at itself, then asks the memory, then feed."),
    *(Mistake(f"norms {' '.join(str(i + 1) for i in norms)}", wiring(norms=norms), f"All three norms stand in other places. {NORMS_HINT}") for norms in ((1, 2, 0), (2, 0, 1))),
    Mistake("self-attention lost", self_attention_lost, "What self_attend found asks the memory, but it is not added to Y, nor is Y in what asks. First Y + self_attend(…); go on with that."),
    Mistake("ends with the first Y", ends_with_the_first_Y, "What both attentions found gets lost: feed reads it, but you add to the Y from the beginning. Go on with the new Y."),
    Mistake("adds to the memory", adds_to_the_memory, "What cross_attend found is added to the memory. It is added to Y: Y + cross_attend(…, memory)."),
    Mistake("multiplied", wiring(join=torch.mul), "What a part finds is multiplied with Y. Add it."),
    Mistake("averaged", wiring(join=lambda Y, found: (Y + found) / 2), "You take the mean of Y and what a part finds. Add it to Y, and divide by nothing."),
    Mistake("subtracted", wiring(join=torch.sub), "What a part finds is taken from Y. Add it."),
    Mistake("ends with a norm", ends_with_a_norm, "There is one norm too many, at the end. The decoder has that last norm once, after its last block."),
    Mistake("norms 1 and 2 exchanged", wiring(norms=(1, 0, 2)), f"norm_1 and norm_2 have changed places. {NORMS_HINT}"),
    Mistake("norms 2 and 3 exchanged", wiring(norms=(0, 2, 1)), f"norm_2 and norm_3 have changed places. {NORMS_HINT}"),
    Mistake("norms 1 and 3 exchanged", wiring(norms=(2, 1, 0)), f"norm_1 and norm_3 have changed places. {NORMS_HINT}"),
    *norms_used_twice(),
    Mistake("norm_1 everywhere", wiring(norms=(0, 0, 0)), f"norm_1 is used three times. {NORMS_HINT}"),
    Mistake("no norm", wiring(norms=(3, 3, 3)), "No norm is used: what a part reads goes through its norm first."),
    Mistake("self_attend without norm", wiring(norms=(3, 1, 2)), f"self_attend reads Y as it is. {NORMS_HINT}"),
    Mistake("cross_attend without norm", wiring(norms=(0, 3, 2)), f"cross_attend asks with Y as it is. {NORMS_HINT}"),
    Mistake("feed without norm", wiring(norms=(0, 1, 3)), f"feed reads Y as it is. {NORMS_HINT}"),
)  # fmt: skip

EXERCISE = Exercise(
    name="decoder_block",
    lesson="08_encoder_decoder",
    reference=decoder_block,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "It is lesson 07's block with one more part in the middle, so three steps of the same form.",
        "In the middle step the normalised Y asks, and the memory is looked at: `cross_attend(norm_2(Y), memory)`.",
    ),
    points=2,
    minutes=6,
    assembly=DECODER,
    returns={"Y": "q_len d_model"},
)
