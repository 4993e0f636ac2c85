"""Why attention was invented: write down again what was read, from one vector, or looking back at every letter."""

import torch

LETTERS = 26


def share_copied(n_letters, look_back, seed, size=32, steps=150, lr=0.02):
    """Trains a small model to write down a string of random letters again; returns the share of letters that are right.

    look_back: False puts the whole string into one vector of `size` numbers, and each letter is read out of that. True
    keeps a vector of `size` numbers for each letter, and each letter written is an average of these, with weights that
    are learned: which place it looks at. Both are linear but for the softmax; new strings at each step.
    """
    generator = torch.Generator().manual_seed(seed)
    model = (_looking_back if look_back else _one_vector)(n_letters, size, generator)
    optimizer = torch.optim.Adam([W.requires_grad_() for W in model.values()], lr=lr)
    scores_of = _scores_looking_back if look_back else _scores_of_one_vector
    for _ in range(steps):
        letters = torch.randint(LETTERS, (32, n_letters), generator=generator)
        loss = torch.nn.functional.cross_entropy(scores_of(letters, **model).flatten(0, 1), letters.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    letters = torch.randint(LETTERS, (500, n_letters), generator=generator)
    return (scores_of(letters, **model).argmax(dim=-1) == letters).float().mean().item()


def _small(generator):
    return lambda *shape: 0.3 * torch.randn(*shape, generator=generator)


def _one_vector(n_letters, size, generator):
    random = _small(generator)
    return {"reads": random(n_letters, LETTERS, size), "writes": random(n_letters, size, LETTERS)}


def _scores_of_one_vector(letters, reads, writes):
    """Each letter at each place has a vector of its own; their sum is all that is kept."""
    one = reads[torch.arange(letters.shape[1]), letters].sum(dim=1)  # (batch, size)
    return torch.einsum("bd,ndv->bnv", one, writes)  # (batch, n_letters, LETTERS)


def _looking_back(n_letters, size, generator):
    random = _small(generator)
    return {
        "queries": random(n_letters, 16), "keys": random(n_letters, 16),
        "values": random(LETTERS, size), "writes": random(size, LETTERS),
    }  # fmt: skip


def _scores_looking_back(letters, queries, keys, values, writes):
    weights = torch.softmax(queries @ keys.T, dim=-1)  # (n_letters, n_letters)
    return weights @ values[letters] @ writes  # (batch, n_letters, LETTERS)
