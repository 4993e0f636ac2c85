"""Lesson 06: a usual sentence about the LSTM, put right."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="do_lstms_vanish",
    lesson="06_rnn_comparison",
    question="*The gradient of an LSTM does not vanish.* How much of this is true, for an LSTM as torch makes it, before training?",
    options={
        "a": Option("All of it. The memory is only added to, so its gradient stays as it is.",
                    "The memory is also multiplied by the forget gate at each step. A new gate stands near one half, and one half to the power of 20 is a millionth."),
        "b": Option("Little. It vanishes more slowly than that of a plain RNN, but 50 steps back it is gone too; with the forget bias at 1 it lasts longer.",
                    "The gate sets the pace. An LSTM can learn to hold its gate open, but it does not begin that way.", right=True),
        "c": Option("All of it. Only tanh makes a gradient vanish, and gates use the sigmoid.",
                    "The slope of a sigmoid is at most a quarter, smaller than that of tanh. What helps is the path through the memory, which passes no such curve, only the gate."),
        "d": Option("None of it. It vanishes faster than that of a plain RNN.",
                    "Look at the figure again: at every distance beyond a few steps the LSTM's line is above the plain RNN's."),
    },
    points=1,
)  # fmt: skip
