"""Numbers that an instructor's secret gives: each student's own figures, and nothing that leads back to the secret."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cache

ROUNDS = 100_000  # makes trying out seeds slow: whoever has a digest and the file still cannot find a small seed


@cache
def stretched(secret: object) -> bytes:
    """32 bytes that belong to a seed, slow to compute."""
    return hashlib.pbkdf2_hmac("sha256", str(secret).encode(), b"attention-hands-on", ROUNDS)


def same_name(student: str) -> str:
    """A student's name as it is compared: "Jörg  Müller", "jörg_müller" and other spellings of the ö are one."""
    plain = unicodedata.normalize("NFC", str(student)).casefold()
    return " ".join(plain.replace("_", " ").split())


def cases_seed(seed: int) -> int:
    """The seed of the cases that functions are tried on. A message may show numbers of a case; they lead only here."""
    return int.from_bytes(stretched(seed)[:6], "big")


def figures_seed(variant: int | str | None, student: str, name: str) -> int:
    """The seed of a question's figures for a student; 0, the lesson's own figures, without a variant."""
    if variant is None:
        return 0
    text = f"{same_name(student)}\0{name}".encode()
    return 1 + int.from_bytes(hashlib.sha256(stretched(variant) + text).digest()[:4], "big")
