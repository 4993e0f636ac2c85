"""Lesson 08: three attentions, and which of them must not look ahead."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="causal_where",
    lesson="08_encoder_decoder",
    question=(
        "An encoder–decoder has three attentions: the encoder's self-attention, the decoder's self-attention, and the cross-attention from the decoder "
        "to the memory. **Which of them need the causal mask?**"
    ),
    options={
        "a": Option("All three: nobody may look ahead.",
                    "The input is there as a whole before the first symbol is written, so looking ahead in it gives nothing away. A mask would only take knowledge from the encoder."),
        "b": Option("The decoder's two, its self-attention and the cross-attention.",
                    "Cross-attention looks at the input, not at the output. Step 1 may look at the input's last symbol; to spell a word backwards, it has to."),
        "c": Option("The decoder's self-attention alone.",
                    "Only there could a position see symbols that it has to write itself: they come later in the output, and while it learns they stand there already.", right=True),
        "d": Option("None while it learns; the decoder's self-attention when it writes.",
                    "It is nearly the other way round: when it writes, later symbols do not exist yet. While it learns, all targets stand there, and without a mask it copies them."),
    },
    points=1,
)  # fmt: skip
