"""What lesson 11 shows on machines without MiniLM: the maps of eight sentences, and the numbers of its experiments.

python -m course_utils.get_model minilm
python scripts/store_minilm.py maps       course_utils/data/minilm_maps.npz, in seconds
python scripts/store_minilm.py order      course_utils/data/minilm_order.json, in about five minutes on one core
python scripts/store_minilm.py numbers    course_utils/data/minilm_numbers.json, in two minutes: runs the lesson
"""

import argparse
import json

import nbformat
import numpy as np
import torch
from nbclient import NotebookClient

import notebooks
from course_utils.data.sentences import practice
from course_utils.minilm import look, minilm
from course_utils.minilm.stored import MAPS, NUMBERS, ORDER

N_HEADS = 72
EIGHT = (
    "the cat sat on the bank of the river",
    "a small old wooden boat crossed the quiet lake",
    "the red car passed the blue car",
    "she bought bread, milk, eggs, and tea.",
    "The animal did not cross the street because it was too tired.",
    "The animal did not cross the street because it was too wide.",
    "Unbelievably, tokenization works!",
    "buffalo buffalo buffalo buffalo buffalo buffalo",
)


def maps():
    """Weights in steps of 1/255."""
    tables = {f"maps_{i}": (minilm().weights(text) * 255).round().byte().numpy() for i, text in enumerate(EIGHT)}
    texts = json.dumps([[text, minilm().tokens(text)] for text in EIGHT])
    np.savez_compressed(MAPS, texts=texts, **tables)


def order():
    """Greedily, two heads a step: those whose removal leaves most of the vectors of 16 sentences.

    Of the heads left the most promising 14 are tried at a step, and all of them at every fourth.
    """
    left, off = list(range(N_HEADS)), []
    while left:
        tried = left if len(off) % 8 == 0 else left[:14]
        rated = sorted(tried, key=lambda head: kept_without([*off, head]), reverse=True)
        off += rated[:2]
        left = rated[2:] + left[len(tried) :]
        print(len(left), f"{kept_without(off):.4f}", flush=True)
    ORDER.write_text(json.dumps(off) + "\n", encoding="utf-8")


def kept_without(heads):
    """The mean cosine of the sentence vectors with those of the whole model."""
    on = torch.ones(6, 12, 1, 1)
    on.view(N_HEADS)[heads] = 0

    def attend(Q, K, V, mask, layer):
        found, weights = look(Q, K, V, mask, layer)
        return found * on[layer], weights

    return (minilm().vectors(practice()) * minilm().vectors(practice(), attend)).sum(-1).mean().item()


def numbers():
    """What the lesson's own cells measure, with its exercises solved."""
    minilm()  # says how to fetch it, if it is not there
    (path,) = notebooks.LESSONS.glob("11_*.ipynb")
    lesson = notebooks.solve(notebooks.read(path))
    lesson.cells.append(nbformat.v4.new_code_cell("import json; print(json.dumps(measured.taken))"))
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(lesson, timeout=notebooks.STRICT_SECONDS, resources=place).execute()
    taken = json.loads("".join(output.text for output in lesson.cells[-1].outputs))
    NUMBERS.write_text(json.dumps(taken, indent=0) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["maps", "order", "numbers"])
    torch.set_num_threads(1)
    {"maps": maps, "order": order, "numbers": numbers}[parser.parse_args().what]()


if __name__ == "__main__":
    main()
