"""Right answers to lesson 09's exercises, written in other ways."""

import functools
import math

import numpy as np
import torch


def distance_table(a, b):
    cells = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if i == 0 or j == 0:
                cells[i][j] = i + j
            elif a[i - 1] == b[j - 1]:
                cells[i][j] = cells[i - 1][j - 1]
            else:
                cells[i][j] = 1 + min(cells[i - 1][j], cells[i][j - 1], cells[i - 1][j - 1])
    return cells[len(a)][len(b)]


def distance_recursive(a, b):
    @functools.cache
    def between(i, j):
        if i == 0 or j == 0:
            return i + j
        ways = between(i - 1, j) + 1, between(i, j - 1) + 1, between(i - 1, j - 1) + int(a[i - 1] != b[j - 1])
        return min(ways)

    return between(len(a), len(b))


def distance_from_behind(a, b):
    @functools.cache
    def rest(i, j):
        if i == len(a):
            return len(b) - j
        if j == len(b):
            return len(a) - i
        return min(rest(i + 1, j) + 1, rest(i, j + 1) + 1, rest(i + 1, j + 1) + (a[i] != b[j]))

    return rest(0, 0)


def distance_numpy(a, b):
    cells = np.add.outer(np.arange(len(a) + 1), np.arange(len(b) + 1))
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            step = cells[i - 1, j - 1] + (a[i - 1] != b[j - 1])
            cells[i, j] = min(cells[i - 1, j] + 1, cells[i, j - 1] + 1, step)
    return cells[-1, -1]


def distance_tensor(a, b):
    cells = torch.zeros(len(a) + 1, len(b) + 1)
    cells[0], cells[:, 0] = torch.arange(len(b) + 1), torch.arange(len(a) + 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            cells[i + 1, j + 1] = min(cells[i, j + 1] + 1, cells[i + 1, j] + 1, cells[i, j] + (x != y))
    return cells[-1, -1]


def distance_breadth_first(a, b):
    """The furthest place of a that each shift reaches with n edits (Ukkonen 1985)."""

    def slide(i, shift):
        while i < len(a) and i + shift < len(b) and a[i] == b[i + shift]:
            i += 1
        return i

    edits, reach = 0, {0: slide(0, 0)}
    while reach.get(len(b) - len(a)) != len(a):
        edits += 1
        wider = {}
        for shift in range(-edits, edits + 1):
            ways = (reach.get(shift, -9) + 1, reach.get(shift + 1, -9) + 1, reach.get(shift - 1, -9))
            i = min(max(ways), len(a), len(b) - shift)
            if i >= max(0, -shift):
                wider[shift] = slide(i, shift)
        reach = wider
    return edits


def rate_with_if(step, d_model, warmup_steps):
    if step < warmup_steps:
        return step / (math.sqrt(d_model) * warmup_steps * math.sqrt(warmup_steps))
    return 1 / math.sqrt(d_model * step)


def rate_numpy(step, d_model, warmup_steps):
    return np.power(float(d_model), -0.5) * np.minimum(np.power(float(step), -0.5), step * np.power(warmup_steps, -1.5))


def rate_tensor(step, d_model, warmup_steps):
    step = torch.tensor(float(step))
    return torch.minimum(step.rsqrt(), step * warmup_steps**-1.5) / d_model**0.5


def step_zeroed_at_the_end(model, batch, loss_of, optimizer):
    loss = loss_of(model, batch)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


def step_zeroed_by_the_model(model, batch, loss_of, optimizer):
    model.train()
    loss = loss_of(model, batch)
    model.zero_grad()
    loss.backward()
    optimizer.step()
    return float(loss.detach())


def step_zeroed_by_hand(model, batch, loss_of, optimizer):
    for parameter in model.parameters():
        parameter.grad = None
    loss = loss_of(model, batch)
    loss.backward(retain_graph=True)
    optimizer.step()
    return loss.detach()


def step_with_gradients_asked_for(model, batch, loss_of, optimizer):
    loss = loss_of(model, batch)
    for parameter, gradient in zip(model.parameters(), torch.autograd.grad(loss, model.parameters())):
        parameter.grad = gradient
    optimizer.step()
    return loss.detach().numpy()


def step_with_a_closure(model, batch, loss_of, optimizer):
    def closure():
        optimizer.zero_grad()
        loss = loss_of(model, batch)
        loss.backward()
        return loss

    return optimizer.step(closure).item()


def step_zeros_kept(model, batch, loss_of, optimizer):
    optimizer.zero_grad(set_to_none=False)
    with torch.enable_grad():
        loss = loss_of(model, batch)
    torch.autograd.backward(loss)
    optimizer.step()
    return np.float32(loss.tolist())


RIGHT = {
    "edit_distance": [
        distance_table,
        distance_recursive,
        distance_from_behind,
        distance_numpy,
        distance_tensor,
        distance_breadth_first,
        lambda a, b: distance_table(b, a),
        lambda a, b: float(distance_table(list(a), list(b))),
    ],
    "warmup": [
        rate_with_if,
        rate_numpy,
        rate_tensor,
        lambda step, d_model, warmup_steps: sorted((step**-0.5, step / warmup_steps**1.5))[0] / d_model**0.5,
        lambda step, d_model, warmup_steps: (d_model * warmup_steps) ** -0.5
        * min(step / warmup_steps, math.sqrt(warmup_steps / step)),
    ],
    "training_step": [
        step_zeroed_at_the_end,
        step_zeroed_by_the_model,
        step_zeroed_by_hand,
        step_with_gradients_asked_for,
        step_with_a_closure,
        step_zeros_kept,
    ],
}
