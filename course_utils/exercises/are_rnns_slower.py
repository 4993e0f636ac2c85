"""Lesson 06: a usual sentence about speed, put right."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="are_rnns_slower",
    lesson="06_rnn_comparison",
    question="A friend says: *recurrent nets are always slower than attention.* What do you answer?",
    options={
        "a": Option("Yes. T steps that wait for each other always take longer than one.",
                    "Steps that wait cost time only where the machine could have worked on many at once. One CPU core has nothing else to do, and there a long sentence is cheaper for the LSTM."),
        "b": Option("No. A recurrent net is always faster, for its work grows only like T.",
                    "Below T = 2 d an LSTM does more work than attention; and on a GPU its steps leave most of the machine idle."),
        "c": Option("It depends: on one CPU core the longer sentence favours a fused LSTM; a machine that does thousands of things at once favours attention.",
                    "Two things count apart: the total work (T against T²) and the number of steps that must wait (T against 1).", right=True),
        "d": Option("Only on a CPU. On a GPU both take the same time.",
                    "It is the other way round: a GPU is the machine on which steps that wait hurt most."),
    },
    points=1,
)  # fmt: skip
