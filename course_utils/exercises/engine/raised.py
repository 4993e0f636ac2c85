"""What an error is about, whichever library worded it: torch and NumPy say the same mistake in other words."""

from __future__ import annotations

import re
from dataclasses import dataclass

KINDS = {
    "layout": r"contiguous|stride 1|size and stride|single memory location",
    "number of axes": (
        r"dimension out of range|out of bounds for array of dimension|too many indices|tuple index out of range"
        r"|values to unpack|axes don't match|number of subscripts|too many subscripts|more dimensions than subscripts"
        r"|must be a \dD tensor|must be a matrix|expects a tensor with <=|only supported on matrices|\dD tensors? expected"
        r"|same number of dimensions|number of dimensions in the tensor input|expected \d-?D|expects \d-?D"
    ),
    "truth": r"(boolean|truth) value of",
    "number type": r"same dtype|expected scalar type|not implemented for '|infer output dtype|dtype must be|with casting rule",
    "mask size": r"shape of the mask|boolean index did not match",
    "sizes": (
        r"must match|cannot be multiplied|could not (be )?broadcast|does not broadcast|mismatch|not aligned|is invalid for input"
        r"|cannot reshape|expected size for|inconsistent tensor size|multiply up to|to be equal size|same shape"
    ),
}  # the first that fits
FACTORS = (  # a product: where the sizes stand that do not fit together, of the factor in front and of the one behind
    r"shapes cannot be multiplied \(\d+x(?P<front>\d+) and (?P<behind>\d+)x\d+\)",
    r"size (?P<behind>\d+) is different from (?P<front>\d+)",
    r"not aligned: (?P<front>\d+) \(dim \d+\) != (?P<behind>\d+)",
    r"mat \(\d+x(?P<front>\d+)\), vec \((?P<behind>\d+)\)",
)
TWO_SIZES = (  # the same where no order is known
    r"tensor a \((\d+)\) must match the size of tensor b \((\d+)\)",
    r"Expected size (\d+) but got size (\d+)",
    r"array at index \d+ has size (\d+) and the array at index \d+ has size (\d+)",
    r"tensor \((\d+)\) must match the existing size \((\d+)\)",
    r"tensor \[(\d+)\] and src \[(\d+)\]",
    r"has size (\d+) for operand \d+ which does not broadcast with previously seen size (\d+)",
)
TWO_SHAPES = (
    r"together with shapes \(([\d,]+)\) \(([\d,]+)\)",
    r"from shape \(([\d,]+)\) into shape \(([\d,]+)\)",
    r"to be: \[([\d, ]+)\] but got: \[([\d, ]+)\]",
)


@dataclass(frozen=True)
class Raised:
    """An error: its class's name, its text, and the operation that failed ("@", "-", "reshape"; "" if unknown)."""

    name: str
    text: str
    operation: str = ""

    @property
    def kind(self):
        """What it is about, or the name of its class."""
        return next((kind for kind, words in KINDS.items() if re.search(words, self.text, re.IGNORECASE)), self.name)

    @property
    def sizes(self):
        """The two sizes that do not fit together, of a product in their order; None if they are not said."""
        for words in FACTORS:
            if found := re.search(words, self.text):
                return int(found["front"]), int(found["behind"])
        for words in TWO_SIZES:
            if found := re.search(words, self.text):
                return frozenset(map(int, found.groups()))
        for words in TWO_SHAPES:
            if found := re.search(words, self.text):
                return _unequal(*([int(size) for size in re.findall(r"\d+", shape)] for shape in found.groups()))
        return None

    def __str__(self):
        first, *_ = self.text.strip().splitlines() or [""]
        return f"raised {self.name}: {first[:160]}" if first else f"raised {self.name}"

    def is_like(self, other):
        """True if both are from one operation, and say the same or are of one kind and about the same sizes."""
        if not _agree(self.operation, other.operation):
            return False
        if (self.name, self.text) == (other.name, other.text):
            return True
        return self.kind in KINDS and self.kind == other.kind and _same_sizes(self.sizes, other.sizes)


def _unequal(shape, other):
    """The last pair of sizes that cannot be broadcast."""
    pairs = [{a, b} for a, b in zip(reversed(shape), reversed(other)) if a != b and 1 not in (a, b)]
    return frozenset(pairs[0]) if pairs else None


def _same_sizes(a, b):
    in_order = type(a) is type(b)
    return _agree(a, b) if in_order else _agree(a and frozenset(a), b and frozenset(b))


def _agree(a, b):
    """Nothing known on one side agrees with anything."""
    return not a or not b or a == b
