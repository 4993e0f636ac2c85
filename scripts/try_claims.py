"""Tries each claim that a lesson draws from an experiment, on other seeds than the lesson's and at several rates.

    python scripts/try_claims.py --lessons 02 03 --seeds 20 21 22

prints which sentences hold; the exit status is 1 if one does not. --store puts the table into docs/claims.md as well.
All lessons take about half an hour on one core.
"""

import argparse
import re
import sys
import time
from pathlib import Path

import torch
from claims import claims_of, lessons

STORED = Path(__file__).parent.parent / "docs" / "claims.md"
SEEDS = (10, 11, 12)  # no lesson shows these
ABOUT = """# What the lessons claim, tried on other seeds

`python scripts/try_claims.py --store` wrote this: each sentence stands in its lesson, and was tried with the lesson's
own code on seeds that were not used to write it and, where something is trained, at the learning rates named.
"""


def tried(number, seeds):
    """Try the claims of one lesson. Returns its section of the stored page."""
    rows = []
    for claim in claims_of(number):
        begun = time.process_time()
        holds, seen = claim.tried(tuple(seeds))
        rows.append((claim.sentence, " ".join(map(str, claim.rates)) or "–", "yes" if holds else "**NO**", seen))
        print(f"{number} {rows[-1][2]:6} {claim.sentence}\n          rates {rows[-1][1]} · {seen} "
              f"· {time.process_time() - begun:.0f} s", flush=True)  # fmt: skip
    return section(number, seeds, rows)


def section(number, seeds, rows):
    """A lesson's heading, its seeds and the table, as Markdown."""
    lines = [f"## {number}", "", f"Seeds {', '.join(map(str, seeds))}; torch {torch.__version__}.", ""]
    lines += ["| claim | learning rates | holds | seen |", "|---|---|---|---|"]
    return "\n".join(lines + ["| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows])


def stored():
    """The stored sections: number -> Markdown."""
    text = STORED.read_text(encoding="utf-8") if STORED.exists() else ""
    return {part[3:5]: part.strip() for part in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--lessons", nargs="+", default=lessons(), metavar="NN", choices=lessons())
    parser.add_argument("--seeds", nargs="+", type=int, default=SEEDS)
    parser.add_argument("--store", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)  # numbers below 1e-38 change no result, and cost ten times the time
    sections = {number: tried(number, options.seeds) for number in options.lessons}
    if options.store:
        kept = {**stored(), **sections}
        STORED.write_text("\n\n".join([ABOUT.strip(), *(kept[number] for number in sorted(kept))]) + "\n", "utf-8")
    sys.exit(any("**NO**" in text for text in sections.values()))


if __name__ == "__main__":
    main()
