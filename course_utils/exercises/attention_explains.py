"""Lesson 11: what a map of attention is worth as an explanation."""

from .engine import Essay

EXERCISE = Essay(
    name="attention_explains",
    lesson="11_inside_a_real_model",
    question=(
        "A colleague shows you a map of one head. *it* looks at *animal* with a weight of 0.69, and he says: *here you see that the model has understood the pronoun, and why it gave this vector.* "
        "Answer him with at least three measurements of this lesson. Say what a map does show, and which experiment would convince you."
    ),
    rubric=(
        "A map shows where a head looks. Some heads can be read well: one looks one token back, one leads from an article to its noun. (Roles that were found in some sentences and held in others.)",
        "Weight is not what is brought: [CLS] gets half of all attention, and with its value set to 0 the vectors hardly change.",
        "What can be read need not be needed: the head that finds the same word again can be switched off with less effect than nearly any other. And heads of layer 5, which look at single nouns, matter most.",
        "One head of 72 always fits. For pronouns that only the sense decides no head did better than a coin, in pairs in which one word turns the meaning. A head must be tried on sentences on which it was not chosen, and with the meaning turned round.",
        "Convincing is an intervention: switch the head off, replace its table, forbid the look, and see whether the result changes more than for other heads. And a control: the same done to other tokens and other heads.",
        "Full points also for a defence of maps as a source of ideas (the previous-token head was found in one, and the replacement then confirmed it), and for asking what the yardstick is.",
    ),
    points=3,
)  # fmt: skip
