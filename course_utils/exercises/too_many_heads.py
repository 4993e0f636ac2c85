"""Lesson 03: the usual sentence about too many heads."""

from .engine import Essay

EXERCISE = Essay(
    name="too_many_heads",
    lesson="03_multi_head",
    question=(
        "A textbook says: *the number of heads cannot grow without limit, because too many heads overfit.* "
        "Use the pictures: three ways to add heads, with little and with much data. Where do 64 heads answer fewer new questions right than 8, and where not? "
        "Is their number the culprit, or something else? And how can you tell overfitting from learning too slowly?"
    ),
    rubric=(
        "64 heads do clearly worse than 8 only where n_heads · d_k = 64 is fixed, with little data and with much. With d_k = 8 fixed, 64 heads answer about as many new questions right as 8 do. "
        "With d_k = 1 fixed few answers are right with any number, from 1,000 examples.",
        "So the culprit is the size of a head. In the first way heads shrink to one number as their number grows; 8 heads of one number fail as well, and 64 answer a little more. "
        "(The score of such a head is a product of two numbers: with that it cannot pick one of eight people.)",
        "Overfitting is there too: with heads of one number and 1,000 examples the training loss falls to about 0.2 while the validation loss climbs to about 5, above a blind guess (2.77): "
        "the model is sure, and wrong. But the share of right answers rises a little meanwhile. The validation loss alone does not show that.",
        "With n_heads · d_k = 64 and 20,000 examples both losses are still high after 500 steps, about 1.3. That is not overfitting but slow learning: "
        "one run with 1,500 steps instead of 500 brought 64 heads from 51 to 94 of 100 new questions right.",
        "Overfitting is a gap between the two losses. Learning too slowly is a high loss on both, after a short training.",
        "Full points also for an answer that defends the textbook with these figures: where d_model is fixed and d_k = d_model / n_heads, as in most models, more heads are smaller heads, and there a limit was seen. "
        "Or for one that asks for what is missing: other tasks, longer training, one best rate for each number of heads.",
    ),
    points=2,
)
