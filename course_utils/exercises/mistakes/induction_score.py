"""What people get wrong in induction_score."""

import torch

from ..engine import Mistake


def earlier_places(tokens, i):
    """Where the token at position i stood before, from left to right."""
    return [j for j in range(i) if tokens[j] == tokens[i]]


def noted(weights, tokens, of_position):
    """What of_position(weights, i, places) gives for each position that counts."""
    tokens = tokens.tolist()
    found = [(i, earlier_places(tokens, i)) for i in range(len(tokens))]
    return [of_position(weights, i, places) for i, places in found if places]


def looking(of_position, average=lambda found, tokens: torch.stack(found).mean()):
    return lambda weights, tokens: average(noted(weights, tokens, of_position), tokens)


def at(place, row=0):
    """The weight at a place made of the last earlier one; outside the table it counts as 0."""

    def of_position(weights, i, places):
        i, j = i + row, place(places[-1])
        return weights[i, j] if 0 <= j < len(weights) and 0 <= i < len(weights) else weights.new_zeros(())

    return of_position


def right(weights, i, places):
    return weights[i, places[-1] + 1]


def following(weights, i, places):
    return weights[i, [j + 1 for j in places]]


def with_oneself(weights, tokens):
    """The position itself is taken for the last earlier one; the last row has nothing after it."""
    return torch.stack([weights[i, i + 1] for i in range(len(tokens) - 1)]).mean()


def next_occurrence(weights, tokens):
    tokens, found = tokens.tolist(), []
    for i, token in enumerate(tokens):
        later = [j for j in range(i + 1, len(tokens)) if tokens[j] == token]
        if later:
            found.append(weights[i, min(later[0] + 1, len(tokens) - 1)])
    return torch.stack(found).mean()


def from_the_others_side(weights, tokens):
    """Where the token that looks has the value of the place after, not of the same token."""
    tokens = tokens.tolist()
    found = [weights[i, j] for i in range(len(tokens)) for j in range(i) if tokens[j] == tokens[i]]
    return torch.stack(found).mean()


def previous_token(weights, tokens):
    return weights.diagonal(-1).mean()


def over(number):
    return lambda found, tokens: torch.stack(found).sum() / number(tokens)


def only_first_time(weights, tokens):
    """Once found, a token is never asked about again, and its place is never moved on."""
    seen, found = {}, []
    for i, token in enumerate(tokens.tolist()):
        if token in seen:
            found.append(weights[i, seen[token] + 1])
        else:
            seen[token] = i
    return torch.stack(found).mean()


def first_anywhere(weights, tokens):
    tokens = tokens.tolist()
    return torch.stack([weights[i, tokens.index(tokens[i]) + 1] for i in range(len(tokens) - 1)]).mean()


def fixed_period(weights, tokens):
    period = len(tokens) // 2
    return torch.stack([weights[i, i - period + 1] for i in range(period, len(tokens))]).mean()


MISTAKES = (
    Mistake("the same token itself", looking(at(lambda j: j)), "You take the weight on the same token. An induction head looks one further: at what came *after* it, j + 1."),
    Mistake("one before", looking(at(lambda j: j - 1)), "You take what stands *before* the same token. What came after it stands at j + 1."),
    Mistake("two after", looking(at(lambda j: j + 2)), "You look two behind the same token. What came after it stands at j + 1."),
    Mistake("the same token and what follows", looking(lambda weights, i, places: weights[i, places[-1]] + weights[i, places[-1] + 1]),
            "You add the weight on the same token to that on what came after it. Only the second counts: weights[i, j + 1]."),
    Mistake("one before, round the corner", looking(lambda weights, i, places: weights[i, places[-1] - 1]),
            "You take what stands *before* the same token, and before position 0 that is the last one. What came after it stands at j + 1."),
    Mistake("the row of the same token", looking(lambda weights, i, places: weights[places[-1], places[-1] + 1]),
            "You read the row of the earlier token. The position that looks is i itself: weights[i, j + 1]."),
    Mistake("the largest of the row", looking(lambda weights, i, places: weights[i].max()), "You take the largest weight of the row, wherever it is. Take the one on what followed the same token: weights[i, j + 1]."),
    Mistake("first anywhere, itself too", first_anywhere, "You look for the token among all, and find it where it stands first: often that is the position itself. Look only before i, from the right."),
    Mistake("the first occurrence", only_first_time, "You take the *first* earlier occurrence. The last one counts: write the new position into the dictionary each time."),
    Mistake("all occurrences added", looking(lambda weights, i, places: following(weights, i, places).sum()), "You add up what followed *all* earlier occurrences. Only the last one counts."),
    Mistake("all occurrences averaged", looking(lambda weights, i, places: following(weights, i, places).mean()), "You average over *all* earlier occurrences. Only the last one counts."),
    Mistake("every pair counts once", lambda weights, tokens: torch.cat(noted(weights, tokens, following)).mean(),
            "Each earlier occurrence counts as one in yours. Each *position* counts once, with its last earlier occurrence."),
    Mistake("the best occurrence", looking(lambda weights, i, places: following(weights, i, places).max()), "You take the occurrence with the largest weight. The last one counts, whatever its weight is."),
    Mistake("the same token, all occurrences", from_the_others_side, "You take the weights on all earlier copies of the token. Take the last copy only, and what came after it: j + 1."),
    Mistake("row and column exchanged", looking(lambda weights, i, places: weights[places[-1] + 1, i]), "Row and column are exchanged: the row is who looks, i; the column is what is looked at, j + 1."),
    Mistake("the row after", looking(at(lambda j: j + 1, row=1)), "You read row i + 1. The position that looks is i itself: weights[i, j + 1]."),
    Mistake("the row before", looking(at(lambda j: j + 1, row=-1)), "You read row i - 1. The position that looks is i itself: weights[i, j + 1]."),
    Mistake("divided by the length", looking(right, over(len)), "You divide by the number of all tokens. Only positions whose token has occurred before count."),
    Mistake("divided by the length less one", looking(right, over(lambda tokens: len(tokens) - 1)), "You divide by the number of tokens less one. Only positions whose token has occurred before count."),
    Mistake("divided by the tokens that differ", looking(right, over(lambda tokens: len(set(tokens.tolist())))), "You divide by the number of different tokens. Divide by the number of positions that count."),
    Mistake("the sum", looking(right, over(lambda tokens: 1)), "That is the sum. Give back the mean over the positions that count."),
    Mistake("the largest", looking(right, lambda found, tokens: torch.stack(found).max()), "You keep only the largest. Give back the mean over the positions that count."),
    Mistake("only the first that counts", looking(right, lambda found, tokens: found[0]), "Only the first position that counts comes back: is `return` inside the loop?"),
    Mistake("only the last that counts", looking(right, lambda found, tokens: found[-1]), "Only the last position that counts comes back: collect them all, then take the mean."),
    Mistake("one for each position", looking(right, lambda found, tokens: torch.stack(found)), "You give back one number for each position. Give back their mean."),
    Mistake("the position itself", with_oneself, "You write the position into the dictionary before you ask it, so each token finds itself. Ask first."),
    Mistake("the next occurrence", next_occurrence, "You look for a *later* occurrence. The head looks back: the last one before i."),
    Mistake("the token before", previous_token, "That is how much each position looks at the one before it: a previous-token score. Find the same token first."),
    Mistake("half of the length back", fixed_period, "You look a fixed number of positions back. The same token may stand anywhere: look for it."),
    Mistake("share of positions where it is largest", looking(lambda weights, i, places: (weights[i].argmax() == places[-1] + 1).float()),
            "You count where that weight is the largest of its row. Take the weight itself, and the mean of it."),
    Mistake("more than half counts as 1", looking(lambda weights, i, places: (weights[i, places[-1] + 1] > 0.5).float()), "You count weights above a half. Take the weight itself, and the mean of it."),
    Mistake("relative to the row's largest", looking(lambda weights, i, places: right(weights, i, places) / weights[i].max()), "You divide by the largest weight of the row. Take the weight as it is."),
    Mistake("logarithm", looking(lambda weights, i, places: right(weights, i, places).log()), "You take the logarithm of the weights. Take the weights as they are."),
    Mistake("the place itself", looking(lambda weights, i, places: torch.tensor(float(places[-1] + 1))), "You give back where the head should look, not how much it looks there: weights[i, j + 1]."),
    Mistake("how many positions count", looking(right, lambda found, tokens: torch.tensor(float(len(found)))), "You count the positions. Take the mean of their weights."),
)  # fmt: skip
