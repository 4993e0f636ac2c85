"""Lesson 09: one step of training."""

import torch

from ..model.step import training_step
from .engine import Case, Exercise, Mistake
from .trials.several_steps import several_steps


def cases(seed):
    def case(label, *arguments, seed=1):
        return Case(f"{label}; the last number is the loss that is left", (seed, *arguments))

    return [
        case("1 step of SGD", 1, "SGD", {"lr": 0.3}),
        case("3 steps of SGD", 3, "SGD", {"lr": 0.3}),
        case("2 steps of SGD, another model", 2, "SGD", {"lr": 0.3}, seed=seed),
        case("4 steps of Adam", 4, "Adam", {"lr": 0.05}),
        case("3 steps of SGD with momentum", 3, "SGD", {"lr": 0.1, "momentum": 0.9}),
        case("3 steps of SGD, a model with dropout", 3, "SGD", {"lr": 0.2}, 0.5),
        case("5 steps of AdamW, a model with dropout", 5, "AdamW", {"lr": 0.1, "weight_decay": 0.2}, 0.3),
    ]


def stepping(before=(), between=(), after=(), give=lambda loss, again: loss.item(), sign=1, rounds=1):
    """The right step with other things done before the loss, between backward and step, and after the step.

    give: takes the loss, and a function that gives the loss anew.
    """

    def wrong(model, batch, loss_of, optimizer):
        for _ in range(rounds):
            for do in before:
                do(model, optimizer)
            loss = loss_of(model, batch)
            (sign * loss).backward()
            for do in between:
                do(model, optimizer)
            optimizer.step()
            for do in after:
                do(model, optimizer)
        return give(loss, lambda: loss_of(model, batch))

    return wrong


def zero(model, optimizer):
    optimizer.zero_grad()


def step(model, optimizer):
    optimizer.step()


def evaluating(model, optimizer):
    model.eval()


def no_step(model, batch, loss_of, optimizer):
    optimizer.zero_grad()
    loss = loss_of(model, batch)
    loss.backward()
    return loss.item()


def no_backward(model, batch, loss_of, optimizer):
    optimizer.zero_grad()
    loss = loss_of(model, batch)
    optimizer.step()
    return loss.item()


def step_first(model, batch, loss_of, optimizer):
    optimizer.zero_grad()
    loss = loss_of(model, batch)
    optimizer.step()
    loss.backward()
    return loss.item()


def new_optimizer(model, batch, loss_of, optimizer):
    return training_step(model, batch, loss_of, torch.optim.Adam(model.parameters(), lr=0.01))


def by_hand(model, batch, loss_of, optimizer):
    loss = loss_of(model, batch)
    gradients = torch.autograd.grad(loss, list(model.parameters()))
    with torch.no_grad():
        for parameter, gradient in zip(model.parameters(), gradients):
            parameter -= optimizer.param_groups[0]["lr"] * gradient
    return loss.item()


def unpacks(model, batch, loss_of, optimizer):
    given, wanted = batch[0], batch[1]
    return loss_of(model(given), wanted)


def calls_the_model(model, batch, loss_of, optimizer):
    return loss_of(model(batch), batch)


def clipped_at(most):
    return lambda model, optimizer: torch.nn.utils.clip_grad_norm_(model.parameters(), most)


def without_graph(model, batch, loss_of, optimizer):
    with torch.no_grad():
        loss = loss_of(model, batch)
    loss.backward()
    optimizer.step()
    return loss.item()


EVAL_HINT = "model.eval() is called somewhere: then dropout drops nothing, and the model trains as another one. Leave the mode as it is."
OTHER_HINT = "The parameters move, but the optimizer that was handed over makes no step. It keeps the learning rate, and what Adam remembers: call its own `optimizer.step()`."
BATCH_HINT = "loss_of takes the model and the whole batch, whatever that is: `loss_of(model, batch)`. It calls the model itself."

MISTAKES = (
    Mistake("gradients not zeroed", stepping(), "The gradients pile up: backward *adds* to what is there. Set them to zero once in each step, before backward: `optimizer.zero_grad()`."),
    Mistake("zeroed in between", stepping(between=(zero,)), "The gradient is set to zero after backward and before the step, so nothing is left to move along. zero_grad comes first."),
    Mistake("step before backward", step_first, "The step comes before `loss.backward()`, when there is no gradient yet. First the loss, then backward, then the step."),
    Mistake("no backward", no_backward, "No gradient reaches the parameters. `loss.backward()` works it out: is it missing, or does it start from a loss that no longer knows where it came from (detach, item, a new tensor)?"),
    Mistake("no step", no_step, "Nothing moves: `optimizer.step()` is missing. It moves the parameters along the gradient that `loss.backward()` has worked out."),
    Mistake("a new optimizer", new_optimizer, OTHER_HINT),
    Mistake("moved by hand", by_hand, OTHER_HINT),
    Mistake("a tensor with its graph", stepping(before=(zero,), give=lambda loss, again: loss),
            "You give back the tensor. It holds the graph of the whole step, and a list of such losses fills the memory. Give back a number: `loss.item()`."),
    Mistake("loss after the step", stepping(before=(zero,), give=lambda loss, again: again().item()),
            "You work out the loss again after the step. Give back the one from before: the gradient belongs to it, and it costs nothing more."),
    Mistake("eval mode", stepping(before=(zero, evaluating)), EVAL_HINT),
    Mistake("eval mode afterwards", stepping(before=(zero,), after=(evaluating,)), EVAL_HINT),
    Mistake("up instead of down", stepping(before=(zero,), sign=-1), "The loss grows: you follow the gradient instead of going against it. The optimizer goes against it by itself; leave the loss its sign."),
    Mistake("two steps", stepping(before=(zero,), rounds=2), "You make two steps for one batch. One call is one step."),
    Mistake("step twice", stepping(before=(zero,), between=(step,)), "The optimizer steps twice. One call is one step."),
    *(Mistake(f"loss times {factor:g}", stepping(before=(zero,), sign=factor), "The gradient is larger or smaller than it should be: is the loss multiplied or divided, or is backward called twice? Take the gradient of the loss as it is.") for factor in (0.5, 2)),
    *(Mistake(f"clipped at {most:g}", stepping(before=(zero,), between=(clipped_at(most),)), "You clip the gradient. `Training` does that too, but here it is taken as it is.") for most in (0.1, 0.25, 0.5, 1)),
    *(Mistake(f"loss times {factor:g}, also what is given back", stepping(before=(zero,), sign=factor, give=lambda loss, again, factor=factor: factor * loss.item()),
              "The loss is multiplied or divided, and its gradient with it. Take both as they are.") for factor in (0.5, 2)),
    Mistake("rounded", stepping(before=(zero,), give=lambda loss, again: round(loss.item(), 1)), "The loss is rounded. Give it back as it is, and round where it is printed."),
    Mistake("rounded to two decimals", stepping(before=(zero,), give=lambda loss, again: round(loss.item(), 2)), "The loss is rounded. Give it back as it is, and round where it is printed."),
    Mistake("batch first", lambda model, batch, loss_of, optimizer: loss_of(batch, model), "Model and batch have changed places: loss_of(model, batch)."),
    Mistake("three steps", stepping(before=(zero,), rounds=3), "You make three steps for one batch. One call is one step."),
    Mistake("each number of the gradient clipped", stepping(before=(zero,), between=(lambda model, optimizer: torch.nn.utils.clip_grad_value_(model.parameters(), 0.1),)),
            "You clip the gradient. `Training` does that too, but here it is taken as it is."),
    Mistake("no graph", without_graph, "The loss is worked out under torch.no_grad(), so nobody knows how it came about: backward needs the graph."),
    Mistake("batch unpacked", unpacks, BATCH_HINT),
    Mistake("model called first", calls_the_model, BATCH_HINT),
)  # fmt: skip

EXERCISE = Exercise(
    name="training_step",
    lesson="09_training",
    reference=training_step,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Four things happen, in this order: the old gradients go, the loss is worked out, its gradient too, the parameters move.",
        "The optimizer zeroes and moves (`zero_grad`, `step`), the loss works out the gradient (`backward`) and gives its number (`item`).",
    ),
    points=2,
    minutes=6,
    returns={"loss": "calls"},
    trial=several_steps,
)
