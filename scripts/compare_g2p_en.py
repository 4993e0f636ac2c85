"""Scores the pretrained net of the package g2p-en 2.1.0 and the course's checkpoint on words newer than both trainings.

Writes course_utils/data/g2p_en.json. g2p-en (Apache-2.0) is a GRU without attention. It was trained on nearly all of an
older edition of the dictionary, so only words that this edition does not have are new to it. Half a minute.

python scripts/compare_g2p_en.py                      gets the package with pip (needs the network, 3 MB)
python scripts/compare_g2p_en.py checkpoint20.npz     reads the file that is there
"""

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import torch

from course_utils.data.pronunciations import pronunciations, split
from course_utils.data.spellers import STORED_G2P_EN
from course_utils.g2p.checkpoint import load
from course_utils.g2p.task import write_all
from course_utils.model.scoring import error_rates

PACKAGE, FILE = "g2p-en==2.1.0", "g2p_en/checkpoint20.npz"
MOST_WRITTEN = 20  # phones, as in its own code
LETTERS = ["<pad>", "<unk>", "</s>", *"abcdefghijklmnopqrstuvwxyz"]
PHONES = (
    "<pad> <unk> <s> </s> AA0 AA1 AA2 AE0 AE1 AE2 AH0 AH1 AH2 AO0 AO1 AO2 AW0 AW1 AW2 AY0 AY1 AY2 B CH D DH EH0 EH1 "
    "EH2 ER0 ER1 ER2 EY0 EY1 EY2 F G HH IH0 IH1 IH2 IY0 IY1 IY2 JH K L M N NG OW0 OW1 OW2 OY0 OY1 OY2 P R S SH T TH "
    "UH0 UH1 UH2 UW UW0 UW1 UW2 V W Y Z ZH"
).split()
EXAMPLES = ("facebook", "podcast", "scalable", "iphone", "skype", "wikipedia", "fbi", "niamh")


def downloaded():
    """The numbers of the package's checkpoint, name -> array."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
        subprocess.run(command, check=True)
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            return dict(np.load(wheel.open(FILE)))


class Pretrained:
    """g2p-en's net: one GRU reads the letters, a second one starts from its last state and writes the phones."""

    def __init__(self, numbers):
        self.numbers = {name: torch.from_numpy(array) for name, array in numbers.items()}
        self.reader, self.writer = self._gru("enc"), self._gru("dec")

    def _gru(self, side):
        """One of its GRUs: the gates stand in the order that torch uses."""
        gates, d_in = self.numbers[f"{side}_w_ih"].shape
        cell = torch.nn.GRUCell(d_in, gates // 3)
        for theirs, ours in {"w_ih": "weight_ih", "w_hh": "weight_hh", "b_ih": "bias_ih", "b_hh": "bias_hh"}.items():
            getattr(cell, ours).data = self.numbers[f"{side}_{theirs}"]
        return cell

    @torch.no_grad()
    def write(self, word):
        """The phones of a word, greedy, without stress."""
        state = None
        for symbol in (*word, "</s>"):
            state = self.reader(self.numbers["enc_emb"][LETTERS.index(symbol)], state)
        symbol, phones = "<s>", []
        while len(phones) < MOST_WRITTEN:
            state = self.writer(self.numbers["dec_emb"][PHONES.index(symbol)], state)
            symbol = PHONES[int((self.numbers["fc_w"] @ state + self.numbers["fc_b"]).argmax())]
            if symbol == "</s>":
                break
            phones.append(symbol.rstrip("012"))
        return phones


def scored(written, words):
    """PER and WER, rounded, against the nearest listed pronunciation."""
    per, wer = error_rates(written, [pronunciations()[word] for word in words])
    return {"PER": round(per, 5), "WER": round(wer, 5)}


def compared(models, words):
    """For each model, name -> (parameters, its phones of each word), what it came to; and a few words in full."""
    examples = {word: {"dictionary": pronunciations()[word]} for word in EXAMPLES}
    results = {}
    for name, (parameters, written) in models.items():
        results[name] = {"parameters": parameters, **scored(written, words)}
        for word in EXAMPLES:
            examples[word][name] = written[words.index(word)]
    return {"models": results, "examples": examples}


def main():
    torch.set_num_threads(1)
    numbers = dict(np.load(sys.argv[1])) if sys.argv[1:] else downloaded()
    theirs, ours, words = Pretrained(numbers), load(), split()["newer"]
    models = {
        "g2p-en": (sum(array.size for array in numbers.values()), [theirs.write(word) for word in words]),
        "ours": (sum(matrix.numel() for matrix in ours.parameters()), write_all(ours, words)),
    }
    how = {"package": PACKAGE, "words": len(words), "scored": "the words of newer_words.txt, greedy, without stress"}
    result = how | compared(models, words)
    print(result["models"], len(words), "words")
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in result.items())
    STORED_G2P_EN.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
