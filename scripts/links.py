"""Where a lesson can be opened without installing it: links and the Colab cell, made from the repository's address.

The address stands once, in pyproject.toml ([project.urls]). Whoever forks the course changes it there and puts what
this script prints into the README.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

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


if __name__ == "__main__":
    print(website(), colab("01_queries_keys_values"), colab_cell(), binder(), codespaces(), sep="\n")
