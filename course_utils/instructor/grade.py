"""Grade notebooks: one in, one JSON file out, each run apart from the machine, the course's answers and each other."""

from __future__ import annotations

from pathlib import Path


def add_arguments(parser):
    parser.add_argument("submissions", nargs="+", type=Path, metavar="SUBMISSION", help="notebooks, or folders of them")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the JSON files go")
    parser.add_argument("--seed", type=int, required=True, metavar="N", help="secret: the numbers to try answers on")


def run(options) -> int:
    raise NotImplementedError
