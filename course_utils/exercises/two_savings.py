"""Lesson 07: a text on what each part is for."""

from .engine import Essay

EXERCISE = Essay(
    name="two_savings",
    lesson="07_transformer_block",
    question=(
        "Two colleagues want to make a deep Transformer smaller. The first says: *two thirds of the weights stand in the feed-forward parts, so let us leave these out.* "
        "The second says: *the residuals only carry old numbers along, and layer norm has hardly any weights, so both can go.* "
        "Answer each with a measurement of this lesson. Say also what this lesson did *not* show about large models."
    ),
    rubric=(
        "First: true about the weights (8 d² of 12 d² at d_ff = 4 d). But without feed-forward the loss after the same steps was far higher in all three seeds: attention brought "
        "the other's number, and in that time little could be made of the pair. Attention alone is mostly an average; the feed-forward part is where a word's own numbers are worked on.",
        "Second, the residuals: without them the stack of four blocks stayed at the blind guess in all three seeds, even with norms. Going up the stack the people became alike.",
        "Second, the norms: with residuals and without norms the gradient at the first block grew by many powers of ten from 1 to 24 blocks, and the loss after the same steps was higher. "
        "With four blocks it still learned something: the norm matters more, the deeper the stack.",
        "Few weights does not mean little effect: residuals have none at all.",
        "Not shown: other tasks, other sizes, long training, other learning rates. One small task with 250 steps says what happens *here*; a part that is slow to learn is not a part that cannot.",
    ),
    points=2,
    minutes=7,
)  # fmt: skip
