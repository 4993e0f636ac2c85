"""Lesson 09, debugging: a training loop that always trains on one batch."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="planted_fault",
    lesson="09_training",
    question=(
        "Within 60 steps the loss of training is at 0.7, and 0.68 is the least that label smoothing allows. The loss on new words stays near that of a blind guess, 3.74. "
        "**Which line of `train_in_a_loop` is at fault?** "
        "(A way to find out: for each line, think what you could print to see whether it does what it should.)"
    ),
    options={
        "a": Option("`optimizer = torch.optim.Adam(…)`: it should be made anew for each step.",
                    "Then Adam would forget its averages at each step. It is made once, before the loop, as here."),
        "b": Option("`batch = next(iter(batches))`: it is always the same batch.",
                    "`iter(batches)` begins a list from its start, every time, so `next` gives the first batch 100 times over. The model learns those 64 words by heart. "
                    "Write `for step, batch in enumerate(batches, start=1)`. Printing `batch.letters[0]` in each round shows it.", right=True),
        "c": Option("`optimizer.zero_grad()`: it should stand before the loss is worked out.",
                    "It may stand there too. What counts is that it comes before `loss.backward()`, which adds to the gradients; working out the loss leaves them alone."),
        "d": Option("`optimizer.step()`: it should come before `loss.backward()`.",
                    "Then there would be no gradient to move along. The order is: zero_grad, backward, step."),
        "e": Option("`losses.append(loss.item())`: it should store the tensor.",
                    "The number is all that is needed. The tensor would keep the whole graph of its step in memory."),
        "f": Option("`on_new_words[step] = …`: so the model sees the new words, and learns them.",
                    "It looks at them and learns nothing: there is no backward and no step, and `torch.no_grad()` keeps no graph. Had it learned them, its loss on them would fall."),
    },
    points=1,
    minutes=6,
    hints=(
        "The model does very well on what it trains on, and badly on all else. What does it train on?",
        "Print something of the batch in each round, `batch.letters[0]` for example.",
    ),
)  # fmt: skip
