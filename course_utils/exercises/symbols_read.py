"""Lesson 08: what it costs to read everything again."""

from .engine import Mistake, Prediction

EXERCISE = Prediction(
    name="symbols_read",
    lesson="08_encoder_decoder",
    numbers=lambda seed: {"n": (12, 20, 10, 16)[seed % 4]},
    question=(
        "A decoder without a cache reads all it has written again at each step: one symbol (start) at step 1, two at step 2, and so on. "
        "It writes {n} symbols. **How many symbols does it read in all?**"
    ),
    answer=lambda n: n * (n + 1) // 2,
    tolerance=0.1,
    mistakes=(
        Mistake("one at each step", lambda n: n, "That is one symbol at each step, which is what a cache makes of it. Without one, step 2 reads two symbols, step 3 three."),
        Mistake("all at each step", lambda n: n * n, "That would be all of them at every step. The early steps have less to read: 1 + 2 + 3 + ..."),
        Mistake("half a square", lambda n: n * n / 2, "Nearly. 1 + 2 + ... + n is n (n + 1) / 2: pair the first with the last, the second with the last but one."),
        Mistake("every pair twice", lambda n: n * (n + 1), "Twice too much: n pairs of n + 1 each count every symbol twice."),
        Mistake("start not read", lambda n: n * (n - 1) // 2, "That is without start: 0 symbols at step 1. But step 1 reads start, one symbol, and each later step one more."),
        Mistake("the step after", lambda n: (n + 1) * (n + 2) // 2, "One step too many: the last symbol is written and never read. The last step reads start and all symbols before it, n in all."),
        Mistake("each once, start too", lambda n: n + 1, "That is start and all that was written, each read once. Without a cache the early ones are read again and again: 1 + 2 + 3 + ..."),
        Mistake("two at each step", lambda n: 2 * n, "From step to step the number grows: 1 + 2 + 3 + ..."),
    ),
    explanation="1 + 2 + ... + {n} is {n} · ({n} + 1) / 2. With a cache each symbol is read once: {n} in all.",
    hints=("Write down what the first four steps read, and add up.", "1 + 2 + ... + n: n pairs of n + 1 each would be twice as much."),
    points=1,
)  # fmt: skip
