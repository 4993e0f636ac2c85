"""Makes course_utils/data/word_vectors.npz: 5,000 English words, 16 numbers each, from a real model.

    python scripts/make_word_vectors.py

Fetches the model all-MiniLM-L6-v2, 84 MB, if it is not there (course_utils/get_model.py), takes its
table of token embeddings (30,522 x 384), and shrinks it in two steps:
centre and PCA to 16 axes, then a hundred gradient steps that give each word back the neighbours it had
among 384 axes. Takes one to two minutes on one core. The course itself never needs the model.
"""

import argparse
import re
from pathlib import Path

import numpy as np
import torch

from course_utils.minilm import minilm
from course_utils.minilm.fetch import fetch

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
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    torch.set_num_threads(1)  # sums in one fixed order: the same file each time
    fetch()
    vocabulary = minilm().wordpiece.number
    embeddings = minilm().encoder.embedding.weight.detach().numpy()
    words = choose_words(vocabulary)
    rows = [vocabulary[word] for word in words]
    table = keep_neighbours(embeddings[rows], start=principal_axes(embeddings[rows]))
    np.savez_compressed(args.out, words=np.array(words, dtype="S"), vectors=table.astype(np.float16))
    print(f"{args.out}: {len(words)} words, {args.out.stat().st_size} bytes")


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
