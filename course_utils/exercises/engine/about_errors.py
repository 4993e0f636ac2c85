"""What can be said of an error that no known mistake raises: one sentence for each family."""

from __future__ import annotations

import re

BY_KIND = {
    "layout": (
        "order in memory",
        "This needs numbers that lie in memory in order, and those of a transposed view do not. Call `.contiguous()` "
        "first, or use `.reshape` in place of `.view`.",
    ),
    "truth": (
        "one True or False of many numbers",
        "Python's own `if`, `and`, `max` and `min` ask for one True or False, and get a whole tensor. Use what works "
        "number by number, such as torch.where or torch.maximum.",
    ),
    "number type": (
        "types of numbers",
        "This does not work with that type of numbers, or with two types at once: make them one, for example with "
        "`.float()`.",
    ),
    "mask size": (
        "a mask of another size",
        "A mask within [ ] must have the axes of what it picks from, with the same sizes.",
    ),
}
BY_WORDS = (  # of the error's class and text; the first that fits
    (
        r"^TypeError: .*(positional argument|unexpected keyword argument|missing \d+ required)",
        "a call with other arguments",
        "A function is called with more arguments, or fewer, than it takes. The text under `def` says what belongs between its brackets.",
    ),
    (
        r"^(NameError|UnboundLocalError)",
        "a name without a value",
        "A name is used that stands for nothing yet. Is it spelled as where it was made, and made before this line in every case?",
    ),
    (
        r"non-?empty|empty (list|sequence|tensor|array|iterable)|iterable argument is empty|pop from empty|zero-size array|to have no "
        r"elements|numel\(\) == 0|at least one array|^ZeroDivisionError|^StopIteration",
        "nothing was collected",
        "Nothing has been collected here: a list is empty, or a length is 0. Does a loop make no round, because it begins too late "
        "or ends too early, or is a condition never true?",
    ),
    (
        r"'(function|method|builtin_function_or_method)'|type of (builtin_)?(function|method)",
        "a function for its result",
        "A function stands where its result belongs. Call it: brackets behind its name, with what it works on between them.",
    ),
    (
        r"'?NoneType'?",
        "None for a value",
        "Something is None here: an argument that may be None, or the result of a function that gives nothing back.",
    ),
    (
        r"`-` operator|boolean (subtract|negative)",
        "minus with True and False",
        "True and False cannot be subtracted. `~mask` turns a mask round; `mask.float()` makes 1 and 0 of it.",
    ),
    (
        r"^AttributeError: .*has no attribute",
        "something else before the dot",
        "What stands before the dot is something else than it looks like. Was it made a number, a list or an array too early, "
        "by .item(), float(), .tolist() or .numpy()? Or is the name misspelled?",
    ),
    (
        r"only integer|(indices|index|size|sizes) must be (an )?integer|'float' object cannot be interpreted as an integer|tensors used as indices"
        r"|tuple of ints|expects integer",
        "an index or size that is no whole number",
        "An index or a size must be a whole number here. `/` always gives a float: use `//`. One number of a tensor: int(...).",
    ),
    (
        r"'(int|float|bool)' object is not (iterable|subscriptable)|(len\(\)|iteration over|len of) .*0-d|object of type "
        r"'(int|float|bool)' has no len|unsized object",
        "one number for many",
        "This is one number, and it is treated as if there were several. Was it added up, or taken out of its list, too early?",
    ),
    (
        r"elements? cannot be converted to Scalar|[Oo]nly one element tensors|only (length|size)-1 arrays|only 0-dimensional arrays",
        "many numbers for one",
        "One number is expected here, and there are several: float(), int() and Python's math work on one. Use torch's or NumPy's "
        "functions, which take all, or pick one by its index.",
    ),
    (
        r"math domain error|expected a (positive|nonnegative) input",
        "no such logarithm or root",
        "Python's math has no logarithm of 0 and no root of a negative number. Which number comes in, and is its sign right?",
    ),
    (
        r"^RecursionError",
        "calls itself without end",
        "The function calls itself without end: is there a smallest case that it answers at once, and does each call come nearer to it?",
    ),
    (
        r"^KeyError",
        "a key that is not there",
        "The dictionary has no such key: is it read before it is written? `.get(key)` gives None instead of an error.",
    ),
    (
        r"^IndexError.*(index|range)|index \d+ is out of bounds|out of bounds for (dimension|axis) \d+ with size",
        "an index past the end",
        "An index goes past the end of an axis or a list. Each loop counts to the size of the axis that it walks along, and "
        "counting begins at 0: the last of n is n - 1.",
    ),
)
BY_OPERATION = {  # sizes that do not fit together
    "@": "In a matrix product the last axis of what stands in front is as long as the last but one of what stands behind. Should "
    "one be transposed, or do they stand in the wrong order?",
    "reshape": "A reshape keeps all numbers: its sizes, multiplied, give as many as there were. Is one of them a fixed number, or the "
    "size of another axis?",
    "join": "What is joined has equal sizes along all other axes. Along which axis should these follow each other?",
}
LINED_UP = (
    "Axes are lined up from the last one, and two sizes fit if they are equal or one of them is 1. Has an axis gone that should "
    "stay with size 1 (keepdim, `[:, None]`), or should something be transposed?"
)


UNPACKED = (
    "names for what comes back",
    "There are more names in front of `=` than things behind it, or fewer. How many does what is called there give back?",
)


def is_about_axes(raised, line):
    """True if an error says that an axis is not there; to take apart what a function gave back is another matter."""
    return raised.kind == "number of axes" and not (
        "to unpack" in raised.text and not re.search(r"\.(shape|size)\b", line)
    )


def about_error(raised, line):
    """(name, one sentence) for a Raised in that line, or None. What is about axes is told elsewhere, with the cases."""
    if raised.kind == "number of axes":
        return None if is_about_axes(raised, line) else UNPACKED
    if raised.operation == "raise":
        return "raised on purpose", "This error is raised on purpose, by your own code or by a function that was handed to you. Its text says why."
    said = f"{raised.name}: {raised.text}"
    for words, name, sentence in BY_WORDS:
        if re.search(words, said):
            return name, sentence
    if raised.kind == "sizes":
        return "sizes that do not fit", BY_OPERATION.get(raised.operation, LINED_UP)
    return BY_KIND.get(raised.kind)
