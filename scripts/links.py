"""Where a lesson can be opened without installing it: links and the Colab cell, made from the repository's address.

The address stands once, in pyproject.toml ([project.urls]). Whoever forks the course changes it there and puts what
this script prints into the README.

    python scripts/links.py --hub https://hub.example.edu --lesson notebooks/02_softmax_attention.ipynb

prints a link for the learners of a JupyterHub: it starts their server, brings the newest lessons, keeps what they have
answered, and opens the lesson. `--source https://git.example.edu/nlp101` takes them from a repository of your own.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent
BRANCH = "main"


def repository() -> str:
    """Address of the repository, with no slash at its end."""
    with open(ROOT / "pyproject.toml", "rb") as file:
        return tomllib.load(file)["project"]["urls"]["Repository"].rstrip("/")


def _owner_and_name() -> str:
    return repository().removeprefix("https://github.com/")


def colab(lesson: str) -> str:
    """Link that opens a lesson ("02_softmax_attention") in Colab."""
    return f"https://colab.research.google.com/github/{_owner_and_name()}/blob/{BRANCH}/notebooks/{lesson}.ipynb"


def colab_cell() -> str:
    """What a learner puts into a first cell in Colab, which comes with torch but without the course."""
    return f"%pip install -q git+{repository()}"


def binder(lesson: str = "01_queries_keys_values") -> str:
    """Link that builds the course on Binder and opens a lesson there in JupyterLab."""
    return f"https://mybinder.org/v2/gh/{_owner_and_name()}/{BRANCH}?urlpath=lab/tree/notebooks/{lesson}.ipynb"


def website() -> str:
    """Where .github/workflows/pages.yml publishes the course's pages."""
    owner, name = _owner_and_name().split("/")
    return f"https://{owner}.github.io/{name}/"


def codespaces() -> str:
    """Link that opens the repository in GitHub Codespaces, as .devcontainer/ says."""
    return f"https://codespaces.new/{_owner_and_name()}"


def hub_link(hub: str, lesson: str, source: str = "") -> str:
    """Link for the learners of a JupyterHub, made for nbgitpuller.

    hub: its address.  lesson: path of the notebook to open in the repository.  source: address of that, if it is not
    the course's own.
    """
    source = (source or repository()).rstrip("/")
    folder = source.rpartition("/")[2].removesuffix(".git")  # in the learner's home
    asked = {"repo": source, "branch": BRANCH, "targetpath": folder, "urlpath": f"lab/tree/{folder}/{lesson}"}
    return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(asked)}"


def _options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hub", metavar="ADDRESS", help="of a JupyterHub: print a link for its learners instead")
    parser.add_argument("--lesson", metavar="PATH", default="notebooks/01_queries_keys_values.ipynb")
    parser.add_argument("--source", metavar="ADDRESS", default="", help="of your own repository, with branch main")
    return parser.parse_args()


if __name__ == "__main__":
    options = _options()
    if options.hub:
        print(hub_link(options.hub, options.lesson, options.source))
    else:
        print(website(), colab("01_queries_keys_values"), colab_cell(), binder(), codespaces(), sep="\n")
