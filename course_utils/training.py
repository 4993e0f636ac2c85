"""One seeded training loop with a progress bar; what is trained, and on what, stays in the lesson."""

from __future__ import annotations

import math
import time
from contextlib import contextmanager
from html import escape

import torch
from IPython import get_ipython
from IPython.display import display

from .errors import InputError

SECONDS_BETWEEN_PICTURES = 0.1  # of the bar; more often costs time and shows nothing more
BETAS = 0.9, 0.98  # Adam's, as in Vaswani et al. 2017, section 5.3


def train(model, batches, loss_of, steps, **options):
    """Adam on fresh batches; the same seed gives the same losses. Returns the loss of each step, a list of floats.

    Takes what Training takes. Stopping the cell ends early, with the losses so far.
    """
    return Training(model, batches, loss_of, steps, **options).run()


class Training:
    """The same, to be stopped and continued: `run()` goes on from where it was and ends as if it had never stopped.

    model: a torch.nn.Module (left in eval mode), or a list of tensors that require grad; its start is yours to seed.
    batches: an endless iterator of batches, or a function of the step (1, 2, ..., steps) that makes one.
    loss_of: a function (model, batch) -> loss, a tensor with one number.
    lr: a number, or a function of the step.  clip: the longest gradient allowed (its norm over all parameters).
    progress: a bar in a notebook; elsewhere it is quiet.  remark: step -> a few words for the bar, asked at times.
    after_step: called with the step when it is done.
    Raises ValueError if the loss is no finite number or the batches run out.
    """

    def __init__(self, model, batches, loss_of, steps, lr=3e-3, seed=0, clip=1.0, label="training", progress=True,
                 remark=None, after_step=None):  # fmt: skip
        self.model, self.loss_of, self.steps, self.clip = model, loss_of, steps, clip
        self.parameters = list(model.parameters()) if isinstance(model, torch.nn.Module) else list(model)
        self.optimizer = torch.optim.Adam(self.parameters, betas=BETAS, foreach=True)  # quicker, to the same numbers
        self.rate, self.batch_at = _function_of_step(lr), _function_of_step(batches)
        self.label, self.progress, self.remark, self.after_step = label, progress, remark, after_step
        self.history, self.chance = [], torch.Generator().manual_seed(seed).get_state()

    def run(self):
        """Train to the last step, or until the cell is stopped. Returns the loss of each step so far."""
        bar = Bar(self.label, self.steps, self.progress, self.remark)
        _set_training(self.model, True)
        try:
            with self._alike_everywhere():
                for step in range(len(self.history) + 1, self.steps + 1):
                    self._step(step)
                    bar.move(step, self.history[-1])
        except KeyboardInterrupt:
            pass  # the learner has seen enough
        bar.close(len(self.history))
        _set_training(self.model, False)
        return self.history

    def _step(self, step):
        """One update; its loss goes into the history."""
        self.optimizer.param_groups[0]["lr"] = self.rate(step)
        loss = self.loss_of(self.model, self.batch_at(step))
        found = loss.item() if loss.numel() == 1 else f"a tensor of shape {tuple(loss.shape)}"
        if isinstance(found, str) or not math.isfinite(found):
            raise InputError(f"the loss at step {step} should be one finite number, it is {found}.")
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, self.clip)
        self.optimizer.step()
        self.history.append(found)
        self.chance = torch.get_rng_state()
        if self.after_step:
            self.after_step(step)

    @contextmanager
    def _alike_everywhere(self):
        """Seeded, on one thread: as fast for small models, far faster on a busy machine. Then all is as it was."""
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            with torch.random.fork_rng(devices=[]):
                torch.set_rng_state(self.chance)
                yield
        finally:
            torch.set_num_threads(threads)

    def state_dict(self):
        """All that is needed to go on in another process, for torch.save."""
        parameters = [parameter.detach() for parameter in self.parameters]
        return {"parameters": parameters, "optimizer": self.optimizer.state_dict(), "history": self.history,
                "chance": self.chance}  # fmt: skip

    def load_state_dict(self, state):
        """Go on from what state_dict gave."""
        with torch.no_grad():
            for parameter, stored in zip(self.parameters, state["parameters"], strict=True):
                parameter.copy_(stored)
        self.optimizer.load_state_dict(state["optimizer"])
        self.history, self.chance = list(state["history"]), state["chance"]


def _function_of_step(source):
    """A number, an iterator or a function, as a function of the step."""
    if callable(source):
        return source
    if isinstance(source, (int, float)):
        return lambda step: source
    iterator = iter(source)

    def following(step):
        try:
            return next(iterator)
        except StopIteration:
            raise InputError(f"the batches ran out at step {step}; hand over an endless iterator.") from None

    return following


def _set_training(model, on):
    if isinstance(model, torch.nn.Module):
        model.train(on)


class Bar:
    """A progress bar in the cell's output. Its text/plain never changes, so that a stored lesson stays as it is."""

    def __init__(self, label, steps, wanted=True, remark=None):
        self.label, self.steps, self.remark = label, steps, remark
        self.drawn = time.monotonic()
        self.handle = None
        if wanted and hasattr(get_ipython(), "kernel"):  # a notebook, not a terminal
            self.handle = display(self._bundle(0, "starting"), raw=True, display_id=True)

    def move(self, step, loss):
        """Draw step and loss, if the last picture is old enough."""
        if self.handle and time.monotonic() - self.drawn > SECONDS_BETWEEN_PICTURES:
            self.drawn = time.monotonic()
            said = f"step {step} of {self.steps}, loss {loss:.3f}"
            self.handle.update(self._bundle(step, f"{said}, {self.remark(step)}" if self.remark else said), raw=True)

    def close(self, step):
        """The last picture: no time and no loss in it."""
        if self.handle:
            said = f"{step} steps" if step == self.steps else f"stopped after {step} of {self.steps} steps"
            self.handle.update(self._bundle(step, said), raw=True)

    def _bundle(self, step, said):
        plain = said if said.startswith("stopped") else f"{self.steps} steps"
        bar = f"<progress max='{self.steps}' value='{step}' aria-label='{escape(self.label)}'></progress>"
        return {"text/plain": f"{self.label}: {plain}", "text/html": f"<div>{bar} {escape(self.label)}: {said}</div>"}
