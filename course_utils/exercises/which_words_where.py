"""Lesson 09: what must not be in two parts of a split."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="which_words_where",
    lesson="09_training",
    question=(
        "*tomato* has two pronunciations in the dictionary. The list of all pairs (word, pronunciation) is to be split into training and test. "
        "**Which split leaks nothing and still tests all that the dictionary allows?**"
    ),
    options={
        "a": Option("Shuffle the pairs and cut the list.", "Then one *tomato* may be trained on and the other tested: the model has seen the word, and half of the answer."),
        "b": Option("Shuffle the words and cut the list; all pairs of a word go where the word goes.",
                    "A test word is then new to the model in each of its forms, and every way to say it counts as right.", right=True),
        "c": Option("Keep the first pronunciation of each word, then shuffle the pairs and cut.",
                    "Nothing leaks, but *tomato* said in its other way would count as wrong, though the dictionary allows it."),
        "d": Option("Put words with two pronunciations into the training part only.",
                    "Nothing leaks, but the test becomes easier than the language: words that can be said in two ways are missing from it."),
    },
    points=1,
)  # fmt: skip
