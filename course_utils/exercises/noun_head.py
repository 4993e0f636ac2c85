"""Lesson 11: which head leads from an article to its noun."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="noun_head",
    lesson="11_inside_a_real_model",
    question=(
        "*a small old wooden boat crossed the quiet lake*. Which head leads **from an article to its noun**, from *a* to *boat* and from *the* to *lake*, "
        "over the adjectives between them? Look at the rows of *a* and of *the*. ([CLS] and [SEP] do not count.)"
    ),
    options={
        "a": Option("layer 0, head 2", "There every token looks at the one **before** it: *the* looks back at *crossed*."),
        "b": Option("layer 1, head 8",
                    "There most tokens look at the **next** one: *a* at *small*, *the* at *quiet*. Without an adjective that is the noun as well, which is why two sentences are better than one."),
        "c": Option("layer 2, head 9", "There a word looks for the same word elsewhere. In this sentence no word comes twice, so nearly all of its weight goes to [CLS]."),
        "d": Option("layer 3, head 1", "*a* looks at *boat* over three adjectives, *the* at *lake* over one. So it is not just a fixed number of steps.", right=True),
    },
    points=1,
    minutes=4,
)  # fmt: skip
