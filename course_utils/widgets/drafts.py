"""What DecodeView is given for one input, drafts as `model.decoding.watch` makes them, made ready to be sent."""

from __future__ import annotations

from ..errors import InputError
from .base import numbers, pack

MOST_DRAFTS = 12
MOST_STEPS = 40
MOST_HEADS = 48  # of all layers together; each is a row of a picture


def as_sent(drafts, source_symbols, target_symbols, name):
    """{"source": names, "drafts": [...]}, numbers as bytes. Raises InputError in one sentence if anything is amiss.

    name: what the sentence calls the function that gave the drafts.
    """
    if not isinstance(drafts, (list, tuple)) or not 1 <= len(drafts) <= MOST_DRAFTS:
        raise InputError(f"{name} should give back a list of 1 to {MOST_DRAFTS} drafts.")
    try:
        sources = [list(draft.source) for draft in drafts]
        sent = [_one(draft, target_symbols, name) for draft in drafts]
    except AttributeError as error:
        raise InputError(f"a draft that {name} gives back lacks something: {error}.") from None
    if any(source != sources[0] for source in sources):
        raise InputError(f"the drafts that {name} gives back should be of one input.")
    return {"source": _named(sources[0], source_symbols, f"{name}: source"), "drafts": sent}


def _one(draft, target_symbols, name):
    written = _named(draft.written, target_symbols, f"{name}: written")
    steps, k_len = len(written), len(draft.source)
    if not 1 <= steps <= MOST_STEPS:
        raise InputError(f"{name} wrote {steps} symbols; 1 to {MOST_STEPS} can be shown.")
    probabilities = numbers(f"{name}: probabilities", draft.probabilities, steps, len(target_symbols))
    weights = numbers(f"{name}: weights", draft.weights, None, None, steps, k_len)
    if weights.shape[0] * weights.shape[1] > MOST_HEADS:
        raise InputError(f"{weights.shape[0]} layers of {weights.shape[1]} heads are more than {MOST_HEADS} heads.")
    return {
        "written": written,
        "choices": [int(symbol) for symbol in draft.written],
        "log_probability": float(numbers(f"{name}: log_probability", draft.log_probability)),
        "probabilities": pack(probabilities),
        "weights": pack(weights),
        "shape": list(weights.shape),
    }


def _named(symbols, names, what):
    """The name of each integer."""
    try:
        places = [int(symbol) for symbol in symbols]
    except (TypeError, ValueError):
        raise InputError(f"{what} should be a list of integers, yours is {str(symbols)[:60]!r}.") from None
    if not all(0 <= place < len(names) for place in places):
        raise InputError(f"{what} should hold integers from 0 to {len(names) - 1}, yours are {str(places)[:60]}.")
    return [names[place] for place in places]
