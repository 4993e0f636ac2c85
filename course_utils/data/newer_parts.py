"""What each newer part was worth in lesson 10's model."""

import json
from pathlib import Path

STORED = Path(__file__).with_name("newer_parts.json")


def stored_newer_parts():
    """What scripts/compare_parts.py measured: name of the part -> a dict.

    Each has parameters, cache_bytes (what a token adds to the cache, 4 bytes for each number), steps, and bits, a list:
    bits per letter on the validation words, one for each seed.
    """
    return json.loads(STORED.read_text(encoding="utf-8"))
