"""Lessons that train a few steps and measure on a few words. nbval runs them in full; who looks for something else need
not wait for that again."""

import nbformat

STEPS = 8  # of each training; then the last loss is repeated, so that curves have their length
SHARE = 100  # of so many words on which a model is measured, or that it invents, one
CELL = f"""
from functools import cache

import course_utils.words
from course_utils.data import SENTENCE, pronunciations
from course_utils.training import Training

def step_or_skip(self, step, do_step=Training._step):
    if step <= {STEPS}:
        return do_step(self, step)
    self.history.append(self.history[-1])
    if self.after_step:
        self.after_step(step)

@cache
def few_words_to_measure_on(split=pronunciations.split):
    def few(words):
        return [word for place, word in enumerate(words) if place % {SHARE} == 0 or word in SENTENCE.split()]

    return {{part: words if part == "train" else few(words) for part, words in split().items()}}

def invent_few(model, choose, count, seed=0, invent=course_utils.words.invent):
    return invent(model, choose, -(-count // {SHARE}), seed)

if Training._step.__name__ != step_or_skip.__name__:  # or else a lesson before, in this kernel, has done it
    Training._step, course_utils.words.invent = step_or_skip, invent_few
    pronunciations.split = few_words_to_measure_on
"""


def with_quick_training(notebook):
    """The notebook with a cell in front of all others that cuts every training short, and what is measured after it."""
    notebook.cells.insert(0, nbformat.v4.new_code_cell(CELL))
    return notebook
