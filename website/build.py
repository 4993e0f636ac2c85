"""Makes the website of the course: `python website/build.py --out public`. Copying the folder to any host publishes it.

Needs Node and, once, `npm ci` (KaTeX, which sets the formulas here and not in the page).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "scripts"), str(HERE)]

import lessons  # noqa: E402
import pages  # noqa: E402


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--out", type=Path, required=True, help="folder to write; files of the same names are replaced")
    add("--from-notebooks", action="store_true", help="show the stored outputs; run only what the widgets need")
    add("--language", default="en", help="theme/words.LANGUAGE.json has the words of the pages")
    options = parser.parse_args(arguments)
    made = pages.write(lessons.read_all(options.from_notebooks), options.out, options.language)
    size = sum(file.stat().st_size for file in options.out.rglob("*") if file.is_file())
    print(f"{len(made)} pages in {options.out}, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
