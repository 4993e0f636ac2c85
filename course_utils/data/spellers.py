"""What other models than the shipped one came to on letters to phones, as lesson 09 shows it."""

import json
from pathlib import Path

STORED = Path(__file__).with_name("spellers.json")
STORED_G2P_EN = Path(__file__).with_name("g2p_en.json")
LENGTHS = ("2-5", "6-8", "9-11", "12-14", "15-20")  # letters in a word, first and last counted


def of_length(words, name):
    """Those of the words whose length is in a group of LENGTHS, such as "6-8": a list."""
    shortest, longest = map(int, name.split("-"))
    return [word for word in words if shortest <= len(word) <= longest]


def stored_spellers():
    """What scripts/compare_spellers.py measured: a dict with "settings" (said there) and "runs", a list.

    Each run is a dict: model, seconds (CPU time allowed), seed, parameters, steps, cpu_seconds (used), PER and WER
    (0 to 1, all test words), and by_length: for each of LENGTHS a dict of words (how many), PER and WER.
    """
    return json.loads(STORED.read_text(encoding="utf-8"))


def stored_g2p_en():
    """What scripts/compare_g2p_en.py measured: a dict with words (how many), models and examples.

    models: "g2p-en" and "ours" -> a dict of parameters, PER and WER (0 to 1).  examples: word -> a dict of dictionary
    (all pronunciations), g2p-en and ours (phones as written).
    """
    return json.loads(STORED_G2P_EN.read_text(encoding="utf-8"))
