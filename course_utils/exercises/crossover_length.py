"""Lesson 06: at which length attention and an LSTM do the same work."""

from .engine import Mistake, Prediction

EXERCISE = Prediction(
    name="crossover_length",
    lesson="06_rnn_comparison",
    numbers=lambda seed: {"d": 64 if seed == 0 else 32 * (1 + seed % 8)},
    question=(
        "Per token, an LSTM layer of width d does about 16 d² operations, and an attention layer about 8 d² + 4 T d, where T is the length of the sentence. "
        "**For d = {d}, at which T is the work the same?**"
    ),
    answer=lambda d: 2 * d,
    tolerance=1,
    mistakes=(
        Mistake("projections forgotten", lambda d: 4 * d, "You set 16 d² = 4 T d. Attention has its 8 d² (four projections) too: take them off first."),
        Mistake("same as d", lambda d: d, "At T = d attention does 12 d², an LSTM 16 d². Set 16 d² = 8 d² + 4 T d."),
        Mistake("added", lambda d: 6 * d, "You added the 8 d². Bring it to the other side: 16 d² - 8 d² = 4 T d."),
        Mistake("a d left over", lambda d: 2 * d**2, "One d too many: 8 d² / (4 d) is 2 d, not 2 d²."),
        Mistake("only the factor", lambda d: 2, "T is 2 times d, so put in the number for d."),
    ),
    explanation="16 d² - 8 d² = 4 T d, so T = 2 d. For longer sentences the LSTM does less work.",
    hints=("Write 16 d² = 8 d² + 4 T d.", "Take off 8 d² on both sides and divide by 4 d."),
    points=1,
    minutes=3,
)  # fmt: skip
