"""Lesson 03: the usual sentence about too many heads."""

from .engine import Essay

EXERCISE = Essay(
    name="too_many_heads",
    lesson="03_multi_head",
    question=(
        "A textbook says: *the number of heads cannot grow without limit, because too many heads overfit.* "
        "Use the four pictures: in which of them is the sentence true, in which is it false, and where is something else wrong? "
        "Name for each what was held fixed, and how you can tell overfitting from learning too slowly."
    ),
    rubric=(
        "64 heads do clearly worse than 8 in two settings, both with n_heads · d_k = 64 fixed. With d_k = 8 fixed they do not.",
        "With n_heads · d_k = 64 and 1,000 examples the sentence is true: at 64 heads the training loss is low (about 0.2) and the validation loss is about 4.9. "
        "That is worse than a blind guess (2.77): the model is sure, and wrong. (One head shows a gap there too. It cannot answer four questions at once.)",
        "With d_k = 8 it is false: 64 heads learn new questions about as well as 16 do, from 1,000 examples and from 20,000, although they have more weights.",
        "With n_heads · d_k = 64 and 20,000 examples something else is wrong: after 500 steps both losses are still high, about 1.3. That is not overfitting: "
        "small heads learn more slowly here. One run with 1,500 steps instead of 500 brought 64 heads from 51 to 94 of 100 new questions right.",
        "Overfitting is a gap between the two losses. Learning too slowly is a high loss on both, with the same short training.",
        "Cost: with 64 heads training took longer than with 8 in both settings. With d_k = 8 the matrices grow as well.",
    ),
    points=2,
)
