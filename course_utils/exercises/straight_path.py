"""Lesson 07: what the norm does to the stream, before a part and after it."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="straight_path",
    lesson="07_transformer_block",
    question=(
        "Many blocks, one after the other. Follow the residual stream from the first to the last: what happens to a word's vector on this path, apart from what the parts add?"
    ),
    options={
        "a": Option("Nothing in either: in pre-LN and in post-LN the stream is only added to.",
                    "True for pre-LN. In post-LN, norm(X + part(X)), the sum itself goes through the norm, twice in each block."),
        "b": Option("In post-LN nothing; in pre-LN it is normalised twice in each block.",
                    "The other way round: in pre-LN, X + part(norm(X)), the norm stands on the branch, before the part."),
        "c": Option("In pre-LN nothing; in post-LN it is normalised twice in each block.",
                    "Pre-LN leaves a straight path: what is in the stream stays in it. In post-LN every norm rescales all that came before.", right=True),
        "d": Option("In both it is normalised; that is what a layer norm is for.",
                    "In pre-LN only what the parts read is normalised. The stream goes past the norm."),
    },
    points=1,
)  # fmt: skip
