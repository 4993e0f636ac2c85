"""Lesson 05, debugging: a test that tells layers that look into the future from those that do not."""

import torch

from ..model.leaks import D_MODEL, HONEST, LEAKING
from .engine import Case, Exercise, Mistake


def finds_leak(layer, X):
    """True if a change of one token changes an output at any earlier position, however little.

    layer: a function from X to out, both (length, d_model). The same X always gives the same out.
    X: (length, d_model), one token per row, random numbers. Work on a copy, X.clone(): X must not change.
    Returns True if the layer leaks for this X, else False.
    """
    before = layer(X)
    for j in range(1, len(X)):
        changed = X.clone()
        changed[j] = torch.randn(X.shape[1])
        if not torch.equal(layer(changed)[:j], before[:j]):
            return True
    return False


def cases(seed):
    """Every layer with 12 random tokens, the same at every seed and small enough that no softmax saturates; one with 2,
    where no change piles up; then tokens drawn by chance.
    """
    fixed, chance = (torch.Generator().manual_seed(number) for number in (1, seed))
    layers = [(f"no leak: {name}", layer) for name, layer in HONEST.items()]
    layers += [(f"leak: {name}", layer) for name, layer in LEAKING.items()]
    tried = [(label, layer, 12, fixed) for label, layer in layers]
    tried.append(("no leak: a causal mask, 2 tokens", HONEST["a causal mask"], 2, fixed))
    tried.append(("no leak: a causal mask, other tokens", HONEST["a causal mask"], 9, chance))
    tried.append(("leak: only the second head leaks, other tokens", LEAKING["only the second head leaks"], 9, chance))
    return [Case(label, (layer, 0.5 * torch.randn(n, D_MODEL, generator=source))) for label, layer, n, source in tried]


def changing(change, rows=lambda j: slice(0, j), places=lambda length: range(1, length), same=torch.equal):
    """The reference with another change of token j, other rows compared, other tokens changed, another comparison."""

    def wrong(layer, X):
        before = layer(X)
        for j in places(len(X)):
            changed = change(X.clone(), j)
            if not same(layer(changed)[rows(j)], before[rows(j)]):
                return True
        return False

    return wrong


def add_one(X, j):
    X[j] += 1
    return X


def all_close(tolerance):
    return lambda a, b: torch.allclose(a, b, atol=tolerance)


def every_change_shows(layer, X):
    """False as soon as one change does no harm: the two returns have changed places."""
    before = layer(X)
    for j in range(1, len(X)):
        if torch.equal(layer(add_one(X.clone(), j))[:j], before[:j]):
            return False
    return True


def leaks_at(layer, X, j):
    return not torch.equal(layer(add_one(X.clone(), j))[:j], layer(X)[:j])


def cut_off(layer, X):
    return any(not torch.equal(layer(X[:j]), layer(X)[:j]) for j in range(1, len(X)))


def piled_up(layer, X):
    before, changed = layer(X), X.clone()
    return any(not torch.equal(layer(add_one(changed, j))[:j], before[:j]) for j in range(1, len(X)))


def reverses_what_comes_later(X, j):
    X[j:] = X[j:].flip(0)
    return X


def to_nan(X, j):
    X[j] = torch.nan
    return X


def wrong_rows(rows):
    return changing(add_one, rows)


def wrong_places(places):
    return changing(add_one, places=places)


def wrong_comparison(same):
    return changing(add_one, same=same)


MISTAKES = (
    Mistake("always True", lambda layer, X: True,
            "Your test says True to every layer, to those that do not leak too. Change token j only, and compare only the outputs "
            "before it, [:j]: the changed token's own output may change, and so may the later ones."),
    Mistake("changes pile up", piled_up,
            "Your changes pile up: in round j the tokens before j are changed as well, perhaps in X itself. Start each round with a fresh X.clone()."),
    Mistake("every change has to show", every_change_shows,
            "You say False as soon as one change does no harm. One leak is enough: return True at the first difference, False only after the loop."),
    Mistake("cut off", cut_off,
            "You cut the sentence off, and another length is rounded otherwise: honest layers differ in the last bit. Keep the length, change one token."),
    Mistake("cut off, with a tolerance", lambda layer, X: any(not torch.allclose(layer(X[:j]), layer(X)[:j]) for j in range(1, len(X))),
            "You cut the sentence off and allow a tolerance. A layer may look at all of its input, or leak very little: keep the length, change one token, and compare with torch.equal."),
    Mistake("always False", lambda layer, X: False,
            "Your test says False to every layer. Does the copy really change, does the changed copy go into the layer, and are the outputs before the change compared?"),
    Mistake("verdict upside down", lambda layer, X: not finds_leak(layer, X), "The answer is the wrong way round: True means that the layer leaks."),
    Mistake("compares what comes later", wrong_rows(lambda j: slice(j + 1, None)),
            "You compare the outputs after the change. They may change: later tokens look back. Compare the ones before it, [:j]."),
    Mistake("only the last token", wrong_places(lambda length: [length - 1]),
            "Only what happens after a change of the last token counts. A leak may start at any token: change each in turn, and stop at the first leak."),
    Mistake("only token 1", wrong_places(lambda length: [1]),
            "Only token 1 is tried. Is there a `return` inside the loop that ends it in the first round? Return False only after all rounds."),
    Mistake("only the middle token", wrong_places(lambda length: [length // 2]),
            "Only a token in the middle is changed. A leak may start at any token: change each in turn."),
    Mistake("not the last token", wrong_places(lambda length: range(1, length - 1)), "The last token is never changed: range(1, len(X)) goes up to it."),
    Mistake("only the neighbour", wrong_rows(lambda j: slice(j - 1, j)),
            "You compare only the output just before the changed token. A leak may reach further back: compare all of [:j]."),
    Mistake("only output 0", wrong_rows(lambda j: slice(0, 1)), "You compare only the first output. A leak may show at any earlier position: compare all of [:j]."),
    Mistake("last token, output 0", changing(add_one, lambda j: slice(0, 1), lambda length: [length - 1]),
            "You change the last token alone and compare the first output alone. A leak may start at any token and show at any earlier position: change each in turn, and compare all of [:j]."),
    Mistake("all but the neighbour", wrong_rows(lambda j: slice(0, j - 1)),
            "One output is left out, the one just before the changed token: [:j] goes up to it."),
    Mistake("only the first feature", wrong_rows(lambda j: (slice(0, j), 0)),
            "You compare only the first number of each output. Another head may leak: compare whole rows."),
    Mistake("sums or means", wrong_comparison(lambda a, b: abs(a.mean() - b.mean()) < 1e-4),
            "You compare sums or means. Numbers can change and their sum stay, as after a normalisation: compare number by number."),
    Mistake("every output has to change", wrong_comparison(lambda a, b: not (a != b).all()),
            "You say True only if every number before the change is another one: `.all()`. One is enough: `.any()`, or not torch.equal."),
    Mistake("one verdict for each token", lambda layer, X: [leaks_at(layer, X, j) for j in range(1, len(X))],
            "You give back one verdict for each token. Give back one for the layer: True if any of them is True."),
    Mistake("how many leaks", lambda layer, X: sum(leaks_at(layer, X, j) for j in range(1, len(X))),
            "You count the leaks. Give back one verdict, True or False: True if there is any."),
    Mistake("tolerance 0.000001", wrong_comparison(all_close(1e-6)),
            "You allow a tolerance, and a leak may be smaller. An honest layer gives the same numbers to the last bit: torch.equal."),
    Mistake("tolerance 0.001", wrong_comparison(all_close(1e-3)), "Your tolerance is too wide: a small leak slips through. torch.equal allows no difference at all."),
    Mistake("tolerance 0.1", wrong_comparison(all_close(1e-1)), "Your tolerance is much too wide: a leak slips through. torch.equal allows no difference at all."),
    Mistake("tolerance 1", wrong_comparison(all_close(1)), "Your tolerance is far too wide: most leaks slip through. torch.equal allows no difference at all."),
    Mistake("another order", changing(reverses_what_comes_later, same=all_close(1e-5)),
            "You put the later tokens in another order. Attention without a mask does not notice order: change their numbers."),
    Mistake("change to NaN", changing(to_nan),
            "NaN as the change is too strong: a forbidden key has weight 0, but 0 times NaN is NaN. Change the token to another ordinary number."),
)  # fmt: skip

EXERCISE = Exercise(
    name="finds_leak",
    lesson="05_masking",
    reference=finds_leak,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "What do you keep, what do you change, and which rows do you compare?",
        "In round j, row j of a fresh copy gets random numbers (torch.randn). The outputs before it, [:j], must equal the old ones: torch.equal.",
    ),
    points=3,
    minutes=10,
    returns={"leak": ""},
)
