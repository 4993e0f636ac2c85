"""Small words for hints that are put together."""


def listed(names):
    """a; a and b; a, b and c."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def number_word(n):
    """2 as two: the sizes that results come in."""
    return ("no", "one", "two", "three", "four")[n]
