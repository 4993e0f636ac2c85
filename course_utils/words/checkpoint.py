"""The shipped language model of lesson 10: its file."""

import json
from pathlib import Path

from safetensors import safe_open
from safetensors.torch import load_file, save_file

from .task import make_model

CHECKPOINT = Path(__file__).parent.parent / "data" / "words.safetensors"


def save(model, sizes, file=CHECKPOINT):
    """Store the parameters, rounded to 16 bits, and the sizes that make_model needs."""
    tensors = {name: tensor.half().contiguous() for name, tensor in model.state_dict().items()}
    save_file(tensors, file, metadata={"sizes": json.dumps(sizes)})


def load(file=CHECKPOINT):
    """The model in a file, in eval mode, its numbers as float32."""
    with safe_open(file, "pt") as stored:
        sizes = json.loads(stored.metadata()["sizes"])
    model = make_model(**sizes)
    model.load_state_dict({name: tensor.float() for name, tensor in load_file(file).items()})
    return model.eval()
