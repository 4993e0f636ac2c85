"""Asks a widget, in the kernel that made it, for all that a page needs to show it without that kernel."""

from __future__ import annotations

import base64
import json


def state_of(widget, kept) -> str:
    """JSON: the widget's class, its alternative text, its synced traits, and what kept(widget) adds to them."""
    traits = {name: value for name, value in widget.get_state().items() if not name.startswith("_")}
    for left_out in ("layout", "tabbable", "tooltip"):
        traits.pop(left_out, None)
    return json.dumps(
        {"class": type(widget).__name__, "alt": widget.alt(), "state": traits, "kept": kept(widget)}, default=as_json
    )


def as_json(value):
    """Bytes as {"b64": text}; tensors and arrays as {"shape": …, "b64": float32 bytes}."""
    if isinstance(value, (bytes, memoryview)):
        return {"b64": base64.b64encode(bytes(value)).decode()}
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    if hasattr(value, "astype"):
        data = value.astype("<f4")
        return {"shape": list(data.shape), "b64": base64.b64encode(data.tobytes()).decode()}
    raise TypeError(f"{type(value).__name__} cannot go into a page")


def recorded(widget, trait, values):
    """What the widget's function answers at each value of a trait: a list of results."""
    found, before = [], getattr(widget, trait)
    for value in values:
        setattr(widget, trait, value)
        found.append(dict(widget.result))
    setattr(widget, trait, before)
    return found


def language_model(module):
    """A LanguageModel for the page: its tensors as a safetensors file of 16-bit numbers, and its sizes."""
    from safetensors.torch import save

    tensors = {name: tensor.detach().half().contiguous() for name, tensor in module.state_dict().items()}
    block = module.blocks[0].attention
    sizes = {"d_model": block.W_Q.shape[0], "n_heads": block.n_heads, "n_layers": len(module.blocks)}
    return {"file": save(tensors), "sizes": sizes}


def maps(widget):
    """What the widget's function answers to each of its sentences: all weights in one file, in steps of 1/255."""
    import numpy as np

    places, file = [], b""
    for answer in recorded(widget, "sentence", widget.sentences):
        steps = (np.frombuffer(answer["weights"], "<f4") * 255).round().astype(np.uint8).tobytes()
        places.append(
            {"tokens": answer["tokens"], "shape": answer["shape"], "start": len(file), "end": len(file) + len(steps)}
        )
        file += steps
    return {"file": file, "places": places}


def model(module, alphabet, longest, most_letters=0):
    """A Transformer for the page: its tensors as a safetensors file of 16-bit numbers, and how it reads and writes."""
    from safetensors.torch import save

    tensors = {name: tensor.detach().half().contiguous() for name, tensor in module.state_dict().items()}
    if module.target_embedding is module.source_embedding:
        tensors.pop("target_embedding.weight", None)
    block = module.encoder[0].attention
    sizes = {"d_model": block.W_Q.shape[0], "n_heads": block.n_heads, "n_layers": len(module.encoder)}
    return {"file": save(tensors), "sizes": sizes, "source_symbols": list(alphabet.symbols), "longest": longest,
            "most_letters": most_letters}  # fmt: skip
