"""Lesson 07: a text on what each part is for."""

from .engine import Essay

EXERCISE = Essay(
    name="two_savings",
    lesson="07_transformer_block",
    question=(
        "Two colleagues want to make a deep Transformer smaller. The first says: *two thirds of the weights stand in the feed-forward parts, so let us leave these out.* "
        "The second says: *the residuals only carry old numbers along, and layer norm has hardly any weights, so both can go.* "
        "Answer each with a measurement of this lesson, and say what it depends on. Say also what this lesson did *not* show about large models."
    ),
    rubric=(
        "First: true about the weights (8 d² of 12 d² at d_ff = 4 d). Without feed-forward the loss was higher after 250 steps, but about as low after 1,000: for the table of 256 answers the part was not needed. "
        "For the table of 4,096 answers the stack with feed-forward was far ahead after 2,000 steps, even of one that had as many weights in attention.",
        "*The first colleague is right* and *the first colleague is wrong* both earn full points, if the text names a measurement and says for which table and after how many steps.",
        "Second, the residuals: they have no weights, so nothing is saved. Without them four blocks stayed near the blind guess, at three learning rates and after 1,000 steps too; one block did learn. Before training the people were alike after two or three blocks.",
        "Second, the norms: from the plain start a stack without norms was behind after 250 steps, and its stream and gradient grew with depth. After 1,000 steps four blocks had caught up, and from a gentle start the stack learned nearly as fast. "
        "*Norms can go if the start is gentle enough* is a right answer here, and earns full points; so does *I would keep them: they cost nothing and forgive a bad start*.",
        "Not shown: other tasks, large models, long training, other optimizers. A part that is slow to learn is not a part that cannot, and a small table says little about a language.",
    ),
    points=2,
    minutes=7,
)  # fmt: skip
