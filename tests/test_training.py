"""Promise: training is the same each time, can be stopped, says clearly what went wrong, and stores no times."""

import io
import itertools

import nbformat
import pytest
import torch
from inner_pytest import run_pytest
from nbclient import NotebookClient

from course_utils.training import Training, train

CELL = """import _thread, torch
from course_utils.training import train
w = torch.zeros(3, requires_grad=True)
noise = lambda step: torch.randn(8, 3)
loss_of = lambda model, X: ((X @ model[0] - X.sum(-1)) ** 2).mean()
history = train([w], noise, loss_of, 40, label="add up")
print(len(history), history[-1] < history[0])"""
STOPPED = """stop_at_7 = lambda step: _thread.interrupt_main() if step == 7 else noise(step)
history = train([w], stop_at_7, loss_of, 40, label="add up")"""


def loss_of(model, X):
    return ((model(X)[:, 0] - X.sum(-1)) ** 2).mean()


def linear(seed=0):
    torch.manual_seed(seed)
    return torch.nn.Linear(3, 1)


def noise(step):
    return torch.randn(8, 3)


def test_it_learns():
    model = linear()
    history = train(model, noise, loss_of, 600, lr=0.02)
    assert len(history) == 600 and history[-1] < 1e-3 < history[0]
    assert torch.allclose(model.weight, torch.ones(1, 3), atol=0.02) and not model.training


def test_the_seed_decides_alone():
    first, again, other = (train(linear(), noise, loss_of, 20, seed=seed) for seed in (1, 1, 2))
    assert first == again != other


def test_what_is_drawn_afterwards_does_not_depend_on_it():
    torch.manual_seed(5)
    wanted = torch.rand(2)
    model = linear()
    torch.manual_seed(5)
    train(model, noise, loss_of, 3)
    assert torch.equal(torch.rand(2), wanted)


def test_one_thread_while_it_trains():
    torch.set_num_threads(2)
    seen = []
    train(linear(), lambda step: seen.append(torch.get_num_threads()) or noise(step), loss_of, 2)
    assert seen == [1, 1] and torch.get_num_threads() == 2
    torch.set_num_threads(1)


def test_batches_may_be_an_iterator_or_a_function_of_the_step():
    data = torch.randn(4, 8, 3)
    by_iterator = train(linear(), itertools.cycle(data), loss_of, 8)
    by_function = train(linear(), lambda step: data[(step - 1) % 4], loss_of, 8)
    assert by_iterator == by_function


def test_a_rate_of_zero_moves_nothing_and_steps_count_from_one():
    model, seen = linear(), []
    before = model.weight.clone()
    train(model, noise, loss_of, 3, lr=lambda step: seen.append(step) or 0.0)
    assert seen == [1, 2, 3] and torch.equal(model.weight, before)


def test_gradients_are_clipped():
    w = torch.zeros(1, requires_grad=True)
    train([w], noise, lambda model, X: 1000 * model[0].sum(), 1, clip=0.5)
    assert abs(w.grad.item() - 0.5) < 1e-3


def test_stopping_keeps_the_losses_so_far():
    def stopped_at_five(step):
        if step == 5:
            raise KeyboardInterrupt
        return noise(step)

    assert len(train(linear(), stopped_at_five, loss_of, 100)) == 4


def noisy():
    """A model that draws random numbers in every step."""
    torch.manual_seed(0)
    return torch.nn.Sequential(torch.nn.Linear(3, 8), torch.nn.Dropout(0.5), torch.nn.Linear(8, 1))


def falling(step):
    return 0.02 / step


def parameters(model):
    return torch.cat([matrix.flatten() for matrix in model.parameters()])


def noise_stopped_at(*steps):
    """Batches during which the reader stops the cell, once for each of these steps."""
    left = list(steps)

    def batch(step):
        if step in left:
            left.remove(step)
            raise KeyboardInterrupt
        return noise(step)

    return batch


def test_stopped_and_continued_it_ends_as_if_in_one_go():
    wanted, stopped = noisy(), noisy()
    history = train(wanted, noise, loss_of, 20, lr=falling)
    training = Training(stopped, noise_stopped_at(5, 5, 12), loss_of, 20, lr=falling)
    assert [len(training.run()) for _ in range(4)] == [4, 4, 11, 20]
    assert training.history == history and torch.equal(parameters(stopped), parameters(wanted))
    assert len(training.run()) == 20 and torch.equal(parameters(stopped), parameters(wanted))  # there is no more to do


def test_what_is_drawn_between_two_runs_changes_nothing():
    history = train(noisy(), noise, loss_of, 6)
    training = Training(noisy(), noise_stopped_at(4), loss_of, 6)
    training.run()
    torch.rand(3)
    assert training.run() == history


def test_it_goes_on_with_what_was_stored():
    wanted, stopped, other = noisy(), noisy(), noisy()
    history = train(wanted, noise, loss_of, 20, lr=falling)
    first = Training(stopped, noise_stopped_at(10), loss_of, 20, lr=falling)
    first.run()
    file = io.BytesIO()
    torch.save(first.state_dict(), file)
    file.seek(0)
    second = Training(other, noise, loss_of, 20, lr=falling, seed=7)
    second.load_state_dict(torch.load(file))
    assert second.run() == history and torch.equal(parameters(other), parameters(wanted))


@pytest.mark.parametrize(
    ("batches", "loss", "said"),
    [
        (noise, lambda model, X: loss_of(model, X) * torch.nan, "step 1 should be one finite number, it is nan"),
        (noise, lambda model, X: model(X), r"it is a tensor of shape \(8, 1\)"),
        ([torch.ones(8, 3)] * 2, loss_of, "ran out at step 3"),
    ],
)
def test_what_went_wrong_is_said(batches, loss, said):
    with pytest.raises(ValueError, match=said):
        train(linear(), batches, loss, 5)


def test_quiet_outside_a_notebook(capsys):
    train(linear(), noise, loss_of, 3)
    assert capsys.readouterr() == ("", "")


@pytest.mark.slow
def test_stored_cells_pass_a_strict_run(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in (CELL, STOPPED)])
    NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    (bar, printed), (stopped,) = (cell.outputs for cell in notebook.cells)
    assert bar.data["text/plain"] == "add up: 40 steps" and "value='40'" in bar.data["text/html"]
    assert printed.text == "40 True\n"
    assert stopped.data["text/plain"] == "add up: stopped after 6 of 40 steps"
    del notebook.cells[1]
    nbformat.write(notebook, tmp_path / "trains.ipynb")
    done = run_pytest(tmp_path)
    assert done.returncode == 0, done.stdout
