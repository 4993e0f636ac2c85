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
        "Its risk: what lies far back may be lost. How far it reaches depends on start and rate: after 250 steps the LSTM as torch makes it failed over 20 tokens at each of four rates, a GRU reached 160 tokens at one of the four.",
        "Search tool: attention. It looks from any token at any other in one step, and no step waits for another. Recall was right at three of the four rates up to 40 tokens, and nearly always right at one rate up to 160, without a special start.",
        "Its risk: the table of weights grows with the square of the length, so a contract 10 times as long costs 100 times as much there.",
        "Other choices get full points for a measured reason and an honest risk. For example a GRU for the search tool: at its best rate it recalled as far as attention, but only one rate served. Or attention for the hearing aid, "
        "looking back at a fixed number of pieces only: then neither memory nor time grows.",
        "A good answer says under what conditions (this rate, this start, 250 steps, up to 160 tokens), not *cannot*. That a GPU favours attention is plausible, but it was not measured here; nor were 500 tokens.",
    ),
    points=3,
    minutes=7,
)  # fmt: skip
