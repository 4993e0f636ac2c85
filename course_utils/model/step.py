"""One step of training, as lesson 09 builds it."""


def training_step(model, batch, loss_of, optimizer):
    """Moves the parameters of a model once, against the gradient of its loss on one batch.

    model: a torch.nn.Module, in training mode.  batch: whatever loss_of takes.
    loss_of: a function (model, batch) -> loss, a tensor that holds one number.
    optimizer: a torch.optim.Optimizer over the parameters of model; it has its learning rate already.
    The gradient is that of this batch alone, and it is taken as it is, not clipped.
    Returns loss: a number (a float, no tensor), as it was before the parameters moved.
    """
    optimizer.zero_grad()
    loss = loss_of(model, batch)
    loss.backward()
    optimizer.step()
    return loss.item()
