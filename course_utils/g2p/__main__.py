"""How English words are said, as the course's Transformer reads them from their letters.

    python -m course_utils.g2p knight through            knight  N AY T
                                                         through TH R UW

Words of 1 to 20 letters a to z, capitals or not. A word that cannot be read gets a sentence, the others are read all
the same, and the exit status is 2. In a copy of the course's repository, train and score a model of your own with

    python scripts/train_g2p.py --help
    python scripts/evaluate_g2p.py --help
"""

import argparse
import sys

from ..errors import InputError
from .checkpoint import load
from .task import readable, write_all


def options(arguments):
    parser = argparse.ArgumentParser(
        prog="python -m course_utils.g2p", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", metavar="WORD")
    return parser.parse_args(arguments)


def main(arguments=None) -> int:
    """Print a line for each word; returns the exit status: 0 done, 2 something could not be read."""
    words, refused = [], []
    given = options(arguments).words
    for word in given:
        try:
            words.append(readable(word))
        except InputError as problem:
            refused.append(str(problem))
    if not given:
        refused.append("Give at least one word, for example: python -m course_utils.g2p knight")
    width = max(map(len, words), default=0)
    for word, phones in zip(words, write_all(load(), words)):
        print(f"{word:{width}} {' '.join(phones)}")
    print(*refused, sep="\n", end="\n" * bool(refused), file=sys.stderr)
    return 2 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
