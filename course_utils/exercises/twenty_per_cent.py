"""Lesson 09: comparing one's own score with a published one."""

from .engine import Essay

EXERCISE = Essay(
    name="twenty_per_cent",
    lesson="09_training",
    question=(
        "A paper on letters to phones reports *20 % WER*. The course's model has a higher one on its own test words. "
        "Say in four to six sentences what you would have to know before you may call the paper's model better, "
        "and how you would make a fair comparison."
    ),
    rubric=(
        "Which dictionary and which test words: another test set may be easier, and the same model scores 20.6 % on one and 30.2 % on another.",
        "How an error is counted: with or without stress, against one pronunciation or the nearest of several, greedy or with a beam.",
        "What the model saw in training: test words, other spellings or relatives of them (a word plus s), or more data than ours.",
        "How it was chosen: if settings were tuned on the test words, the score flatters. And one seed is one draw: with 6,000 words chance moves a WER by about one point.",
        "Fair: both models on the same words, which neither has seen, scored by the same program; the size of each model and its time of training are told with the scores.",
    ),
    points=3,
)
