"""What DecodeView is given for one input, drafts as `model.decoding.watch` makes them, made ready to be sent."""

from __future__ import annotations

from ..errors import InputError
from .given import between_0_and_1, numbers, pack

MOST_DRAFTS = 12
MOST_STEPS = 40  # read or written
MOST_HEADS = 48  # of all layers together; each is a row of a picture


def as_sent(drafts, source_symbols, target_symbols, name):
    """{"source": names, "drafts": [...]}, numbers as bytes. Raises InputError in one sentence if anything is amiss.

    name: what the sentence calls the function that gave the drafts.
    """
    if not isinstance(drafts, (list, tuple)) or not 1 <= len(drafts) <= MOST_DRAFTS:
        raise InputError(f"{name} should give back a list of 1 to {MOST_DRAFTS} drafts.")
    try:
        sources = [_named(draft.source, source_symbols, f"{name}: source") for draft in drafts]
        if any(source != sources[0] for source in sources):
            raise InputError(f"the drafts that {name} gives back should be of one input.")
        sent = [_one(draft, target_symbols, name, k_len=len(sources[0])) for draft in drafts]
    except AttributeError as error:
        raise InputError(f"a draft that {name} gives back lacks something: {error}.") from None
    return {"source": sources[0], "drafts": sent}


def _one(draft, target_symbols, name, k_len):
    written = _named(draft.written, target_symbols, f"{name}: written")
    steps = len(written)
    probabilities = between_0_and_1(f"{name}: probabilities", draft.probabilities, steps, len(target_symbols))
    weights = between_0_and_1(f"{name}: weights", draft.weights, None, None, steps, k_len)
    if weights.shape[0] * weights.shape[1] > MOST_HEADS:
        raise InputError(f"{weights.shape[0]} layers of {weights.shape[1]} heads are more than {MOST_HEADS} heads.")
    return {
        "written": written,
        "choices": [int(symbol) for symbol in draft.written],
        "log_probability": _log(f"{name}: log_probability", draft.log_probability),
        "probabilities": pack(probabilities),
        "weights": pack(weights),
        "shape": list(weights.shape),
    }


def _named(symbols, names, what):
    """The name of each integer: 1 to MOST_STEPS of them."""
    try:
        places = [int(symbol) for symbol in symbols]
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"{what} should be a list of integers, yours is {str(symbols)[:60]!r}.") from None
    if not all(0 <= place < len(names) for place in places):
        raise InputError(f"{what} should hold integers from 0 to {len(names) - 1}, yours are {str(places)[:60]}.")
    if not 1 <= len(places) <= MOST_STEPS:
        raise InputError(f"{what} has {len(places)} symbols; 1 to {MOST_STEPS} can be shown.")
    return [names[place] for place in places]


def _log(what, value):
    """The logarithm of a probability: one number, not above 0."""
    found = numbers(what, value)
    if found.size != 1 or found.item() > 1e-4:
        raise InputError(f"{what} should be one number, 0 or below, yours is {str(value)[:60]}.")
    return found.item()
