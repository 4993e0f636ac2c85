"""Promise: from stored notebooks only those cells run of which the widgets are made, and the numbers are the same."""

import nbformat
import pytest
from needed import needed_for, with_enough


def needed(*sources):
    """Which of the cells the last one needs; a text that begins with # is a text cell."""
    new = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    return needed_for([new[not source.startswith("#")](source) for source in sources], [len(sources) - 1])


@pytest.mark.parametrize("sources, wanted", [
    (["import torch", "x = 1", "# text", "torch.ones(2)"], [0, 3]),
    (["x = 1", "x = 2", "x"], [1, 2]),  # made anew
    (["x = [1]", "x.append(2)", "print(x)", "x"], [0, 1, 3]),  # changed
    (["x = {}", "x['a'] = 1", "x"], [0, 1, 2]),
    (["model = 1", "losses = train(model)", "model"], [0, 1, 2]),
    (["n = 1", "def f(x):\n    n = 2\n    return n", "f(1)"], [1, 2]),  # a name inside a function is another
    (["n = 1", "def f(x):\n    return n", "f(1)"], [0, 1, 2]),
    (["i = 5", "sums = [i for i in range(3)]", "sums"], [1, 2]),
    (["x = 1", "if x:\n    y = 2", "y"], [0, 1, 2]),
    (["x, y = 1, 2", "y = x + y", "y"], [0, 1, 2]),
    (["def f(): return 1", "f = check(f)", "f()"], [0, 1, 2]),
    (["i = j = 5", "for i, j in pairs:\n    for k in i:\n        print(i, j, k)"], [1]),  # the loop's own
    (["i = 5", "k = 6", "for i in range(i):\n    print(i, k)"], [0, 1, 2]),
    (["i = 5", "x = {}", "for x[i] in range(9):\n    print(x)"], [0, 1, 2]),
])  # fmt: skip
def test_names(sources, wanted):
    assert needed(*sources) == wanted


@pytest.mark.parametrize("sources, wanted", [
    (["import torch", "torch.rand(1)", "x = torch.rand(1)", "x"], [0, 1, 2, 3]),  # drawn in turn
    (["import torch", "torch.rand(1)", "torch.manual_seed(0)\nx = torch.rand(1)", "x"], [0, 2, 3]),  # seeded
    (["import torch", "torch.rand(1)", "x = torch.rand(1, generator=own)", "x"], [0, 2, 3]),  # from its own generator
    (["import torch", "def f():\n    return torch.rand(1)", "f()", "x = f()", "x"], [0, 1, 2, 3, 4]),
    (["import torch", "torch.rand(1)", "x = 1", "x"], [2, 3]),
])  # fmt: skip
def test_random_numbers(sources, wanted):
    assert needed(*sources) == wanted


def test_of_a_long_experiment_enough():
    source = "STEPS = 4\n\n\ndef f():\n    runs = 1\n\n\nruns = [\n    f() for _ in range(100)\n]"
    assert with_enough(source, {"runs": "[f()]"}) == source[: source.index("[\n")] + "[f()]"
