"""How a training step is tried: a few times on a small model, and what it did is looked at."""

import torch


def several_steps(training_step, seed, steps, optimizer, options, dropout=0.0):
    """The loss that each of some steps gives back, and at last the loss that is left: (steps + 1,).

    optimizer, options: the name of one of torch's, and its settings.  Each batch is a dictionary.
    Raises what no list of losses could tell: a step without a gradient, no step at all, a tensor with its graph.
    """
    torch.manual_seed(seed)
    layers = torch.nn.Linear(3, 6), torch.nn.Tanh(), torch.nn.Dropout(dropout), torch.nn.Linear(6, 2)
    model = torch.nn.Sequential(*layers)
    optimizer = getattr(torch.optim, optimizer)(model.parameters(), **options)
    batches = [{"given": torch.randn(5, 3), "wanted": torch.randn(5, 2)} for _ in range(steps)]
    watch, losses = Watch(model, optimizer), []
    for batch in batches:
        watch.begin()
        loss = training_step(model, batch, loss_of, optimizer)
        if loss is None:
            return None
        watch.complain()
        if isinstance(loss, torch.Tensor) and loss.requires_grad:
            raise TypeError("the loss that came back is a tensor that still holds its graph")
        losses.append(float(loss))
    with torch.no_grad():
        return [*losses, loss_of(model.eval(), batches[0]).item()]


def loss_of(model, batch):
    """The mean squared distance from what is wanted."""
    return ((model(batch["given"]) - batch["wanted"]) ** 2).mean()


class Watch:
    """Notes in which order gradients come and the optimizer steps."""

    def __init__(self, model, optimizer):
        self.parameters, self.seen = list(model.parameters()), []
        optimizer.register_step_post_hook(self._stepped)
        self.parameters[-1].register_hook(lambda gradient: self.seen.append("backward"))

    def begin(self):
        """One call begins."""
        self.seen.clear()
        self.before = [parameter.detach().clone() for parameter in self.parameters]

    def complain(self):
        """RuntimeError if the call that has ended made no step, or one without a gradient."""
        if "step without gradient" in self.seen:
            last = {1: "nothing came from loss.backward()"}.get(len(self.seen), "loss.backward() came only afterwards")
            why = "it was gone again" if self.seen[0] == "backward" else last
            raise RuntimeError(f"the optimizer's step found no gradient: {why}")
        if "step" not in self.seen:
            moved = any(not torch.equal(*pair) for pair in zip(self.before, self.parameters))
            by = "the parameters moved, but not by" if moved else "the parameters stayed as they were, without"
            raise RuntimeError(f"{by} a step of the optimizer that was handed over")

    def _stepped(self, *_):
        gradients = [parameter.grad for parameter in self.parameters if parameter.grad is not None]
        self.seen.append("step" if any(gradient.any() for gradient in gradients) else "step without gradient")
