"""How far what was written is from what is right, as lesson 09 counts it."""


def edit_distance(a, b):
    """The fewest insertions, deletions and substitutions of single symbols that turn a into b.

    a, b: sequences of symbols (lists, tuples or text), of any two lengths, 0 too.
    Returns distance: an integer, 0 if they are equal.
    Source: Levenshtein 1966, "Binary codes capable of correcting deletions, insertions, and reversals".
    """
    row = list(range(len(b) + 1))  # from nothing to each beginning of b
    for i, symbol in enumerate(a, start=1):
        above, row = row, [i]
        for j, other in enumerate(b, start=1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (symbol != other)))
    return row[-1]


def error_rates(written, allowed):
    """PER and WER of several words, each between 0 and 1 (PER may exceed 1 if far too much is written).

    written: for each word, the phones that were written.  allowed: for each word, all right ways to say it.
    Each word is compared with the way that is nearest. PER (phone error rate) is all edits over all phones of those
    ways; WER (word error rate) is the share of words with at least one edit.
    """
    nearest = [
        min((edit_distance(phones, way), len(way)) for way in ways)
        for phones, ways in zip(written, allowed, strict=True)
    ]
    edits, phones = map(sum, zip(*nearest))
    return edits / phones, sum(distance > 0 for distance, _ in nearest) / len(nearest)
