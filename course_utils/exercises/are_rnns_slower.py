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
                    "Below T = 2 d an LSTM does more work than attention. And each of its T steps waits for the one before."),
        "c": Option("It depends on the length, the code and the machine: on one CPU core a fused LSTM is ahead for long sentences, but its T steps must wait for each other, and attention's need not.",
                    "Two things count apart: the total work (T against T²) and the number of steps that must wait (T against 1). What waiting costs on your machine you can only measure.", right=True),
        "d": Option("Yes on a CPU; on a GPU both take the same time.",
                    "On one CPU core the table says something else: for long sentences the fused LSTM is ahead. And on a GPU nothing was measured here."),
    },
    points=1,
)  # fmt: skip
