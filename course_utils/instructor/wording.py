"""How the commands and the pages write numbers, names and sentences."""

from __future__ import annotations


def points(number: float) -> str:
    """2, 2.5, 0.67: without zeros that say nothing."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def counted(number: int | str, one: str, many: str = "") -> str:
    """1 student, 2 students; also of a number that is written already."""
    return f"{number} {one if str(number) == '1' else many or one + 's'}"


def some(names: list[str], most: int = 5) -> str:
    """The first few of them, and how many more there are."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if names[most:] else "")


def printable(text: str) -> str:
    """The same without what no terminal can show: half letters, and signs that steer it."""
    plain = "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)
    return plain.encode(errors="replace").decode()


def sentence(message: str) -> str:
    """With a capital: in a notebook a check's message stands behind the name of the exercise."""
    return message[:1].upper() + message[1:]


def lesson_title(lesson: str) -> str:
    """02 · softmax attention, from 02_softmax_attention."""
    number, _, words = lesson.partition("_")
    return f"{number} · {words.replace('_', ' ')}" if words else number
