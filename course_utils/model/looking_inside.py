"""What lesson 11 does with the heads of a trained model: measure where they look, and switch one off."""


def previous_token_score(weights):
    """How much each head looks at the token just before: the mean over all positions but the first.

    weights: (n_heads, length, length), one table for each head; row = who looks, column = at whom. length is 2 or more.
    Returns scores: (n_heads,), each from 0 to 1.
    """
    return weights.diagonal(offset=-1, dim1=-2, dim2=-1).mean(dim=-1)


def without_head(found, head):
    """What the heads found, with one head switched off: its numbers are 0, for every sentence and every token.

    found: (batch, n_heads, length, d_k), the output of each head before W_O.  head: its number, from 0.
    Returns found: the same shape. The found that was handed over stays as it was.
    """
    found = found.clone()
    found[:, head] = 0
    return found
