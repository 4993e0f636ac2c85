"""Lesson 06: a choice to defend."""

from .engine import Essay

EXERCISE = Essay(
    name="rnn_or_attention",
    lesson="06_rnn_comparison",
    question=(
        "Two jobs. **A hearing aid** cleans sound, one small piece at a time, all day, on a tiny chip. "
        "**A search tool** reads a contract of 500 tokens on a GPU and must find which earlier sentence a clause points to. "
        "Which would you build on a recurrent net, which on attention? Give one *measured* reason from this lesson for each, and one risk of your choice."
    ),
    rubric=(
        "Hearing aid: recurrent. Its state is the same few numbers after an hour as after a second, and so is the time per piece; a cache of keys and values grows without end.",
        "Its risk: what lies far back is forgotten (recall was at chance from about 20 tokens, with the same short training); that the gradient vanishes is probably a large part of it.",
        "Search tool: attention. It looks from any token at any other in one step, recall was right in every run up to 40 tokens (at 80 in 3 of 5), and a GPU can work on all tokens at once.",
        "Its risk: the table of weights grows with the square of the length, so a contract 10 times as long costs 100 times as much there.",
        "A good answer says *with the same short training*, not *cannot*.",
    ),
    points=3,
    minutes=7,
)  # fmt: skip
