"""Blocks of an encoder and a decoder: each step reads the stream through a norm and adds what its part finds."""

import torch

from ..engine.assembly import Assembly


def block(names, stream):
    """The Assembly of a block with parts of these names, one step for each, wired along `stream`, such as "X"."""
    right, wrong = {}, {}
    for step, name in enumerate(names):
        for place, (part, others) in _step(step, name, names, stream).items():
            right[f"{place}_{step}"], wrong[f"{place}_{step}"] = part, others
    return Assembly(lambda **parts: _wired(len(names), parts), right, wrong)


def _step(step, name, names, stream):
    """place -> (right part, {sentence: other part}) of one step."""
    norm, decoding = f"norm_{step + 1}", len(names) == 3
    norms = [number for number in range(len(names)) if number != step]
    later = {f"{name} reads the {stream} from the beginning.": "first"} if step else {}
    base = {f"What {name} finds is added to the {stream} from the beginning.": "first"} if step else {}
    look = {
        "The memory is normalised.": "normed memory", f"{name} looks at {stream} itself.": "stream",
        "Who asks and who is looked at have changed places.": "exchanged",
    } if decoding and step == 1 else {}  # fmt: skip
    return {
        "part": (step, {f"{other} stands where {name} belongs.": i for i, other in enumerate(names) if i != step}),
        "norm": (step, {f"{name} reads through norm_{i + 1}, not {norm}.": i for i in norms} | {f"{name} reads {stream} without a norm.": None}),
        "read": ("stream", later),
        "found": (None, {f"What {name} finds goes through a norm.": step}),
        "base": ("stream", base | {
            f"What {name} finds takes the place of {stream}: it is not added.": "nothing",
            f"What {name} finds is added to the normalised {stream}.": "normed",
            f"At {name}, {stream} is added twice.": "twice",
        }),
        "times": (1, {f"What {name} finds is added twice.": 2, f"What {name} finds is subtracted.": -1}),
        "top": (None, {f"A norm stands on the sum after {name}.": step}),
        "look": ("memory", look),
    }  # fmt: skip


def _wired(n_steps, parts):
    def answer(stream, *rest):
        memory, functions = (rest[0], rest[1:]) if n_steps == 3 else (None, rest)
        first, norms = stream, functions[n_steps:]
        for step in range(n_steps):
            chosen = {place: parts[f"{place}_{step}"] for place in ("part", "norm", "read", "found", "base", "times", "top", "look")}
            stream = _one_step(stream, first, memory, functions, norms, chosen)
        return stream

    return answer


def _one_step(stream, first, memory, functions, norms, chosen):
    def normed(X, number):
        return X if number is None else norms[number](X)

    read = normed(first if chosen["read"] == "first" else stream, chosen["norm"])
    part = functions[chosen["part"]]
    if memory is not None and chosen["part"] == 1:
        found = _looked(part, read, memory, chosen["look"], normed(memory, 1), stream)
    else:
        found = part(read)
    base = {"stream": stream, "first": first, "nothing": torch.zeros_like(found), "normed": read, "twice": 2 * stream}[chosen["base"]]
    return normed(base + chosen["times"] * normed(found, chosen["found"]), chosen["top"])


def _looked(part, read, memory, look, normed_memory, stream):
    if look == "exchanged":
        return part(memory, read)
    return part(read, {"memory": memory, "normed memory": normed_memory, "stream": stream}[look])


PRE_LN = block(("attend", "feed"), "X")
DECODER = block(("self_attend", "cross_attend", "feed"), "Y")
