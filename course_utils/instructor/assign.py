"""Write the notebooks to hand out: blank, with points, from the same lessons and exercises that learners use."""

from __future__ import annotations

from pathlib import Path


def add_arguments(parser):
    parser.add_argument("lessons", nargs="+", metavar="LESSON", help="for example 02_softmax_attention")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write them")


def run(options) -> int:
    raise NotImplementedError
