"""What people get wrong in layer_norm: along which axis, by what is divided, gain and bias."""

import torch

from ...model.layer_norm import layer_norm
from ..engine import Mistake
from ..slips import of_results

TINY = 0.00001  # what the docstring asks for, under the root


def centred(X, dim=-1):
    return X - X.mean(dim, keepdim=True)


def variance(X, dim=-1, unbiased=False):
    return X.var(dim, keepdim=True, unbiased=unbiased)


def divided_by(size):
    """layer_norm in which the centred numbers are divided by something else."""
    return lambda X, gain, bias: centred(X) / size(X) * gain + bias


def along(*dims):
    """layer_norm along other axes."""
    return lambda X, gain, bias: centred(X, dims) / torch.sqrt(variance(X, dims) + TINY) * gain + bias


def scaled_otherwise(combine):
    """The right normalising, and another use of gain and bias."""
    return lambda X, gain, bias: combine(centred(X) / torch.sqrt(variance(X) + TINY), gain, bias)


def without_keepdim(X, gain, bias):
    return (X - X.mean(-1)) / torch.sqrt(X.var(-1, unbiased=False) + TINY) * gain + bias


def spread_without_keepdim(X, gain, bias):
    return centred(X) / torch.sqrt(X.var(-1, unbiased=False) + TINY) * gain + bias


def lowest_to_highest(X, gain, bias):
    low, high = X.amin(-1, keepdim=True), X.amax(-1, keepdim=True)
    return (X - low) / (high - low + TINY) * gain + bias


def biased(end):
    return lambda X, gain, bias: end(centred(X) / torch.sqrt(variance(X, unbiased=True) + TINY), gain, bias)


def biased_outside(end):
    return lambda X, gain, bias: end(centred(X) / (X.std(-1, keepdim=True) + TINY), gain, bias)


def without_tiny(end):
    return lambda X, gain, bias: end(centred(X) / torch.sqrt(variance(X)), gain, bias)


TOKENS = "You normalise over the tokens, so each token depends on the others. A token is normalised by its own numbers: dim=-1."
BIASED = "Your variance divides by d_model − 1, as torch's var and std do unless told otherwise. Here it is the plain mean of the squares: unbiased=False."
ZERO = "Where all numbers of a token are equal the standard deviation is 0, and 0 / 0 is NaN. Add 0.00001 to the variance, before the root."
OUTSIDE = "The 0.00001 is added after the root. It belongs under the root: sqrt(variance + 0.00001)."
OTHER_TINY = "Right but for the tiny number under the root: it is 0.00001 here, as in torch."
KEEPDIM = "The mean or the spread of each token lost its axis, so it meets the wrong axis of X. Keep it as an axis of size 1: keepdim=True."
EVERYTHING = "One mean and one spread for the whole tensor mixes all tokens. Take them for each token: dim=-1, keepdim=True."
ENDINGS = (
    Mistake("no gain", lambda Y, gain, bias: Y + bias, "And the gain is not used: times gain, plus bias."),
    Mistake("no bias", lambda Y, gain, bias: Y * gain, "And the bias is not used: times gain, plus bias."),
    Mistake("neither gain nor bias", lambda Y, gain, bias: Y, "And gain and bias are not used: times gain, plus bias."),
)  # fmt: skip
MISTAKES = (
    Mistake("over the tokens", lambda X, gain, bias: along(-2 if X.ndim > 1 else -1)(X, gain, bias), TOKENS),
    Mistake("over axis 0", along(0), "You normalise along axis 0: the tokens, or the batch. A token is normalised by its own numbers: dim=-1."),
    Mistake("over axis 1", along(1), "dim=1 is right only for a matrix. The features are the last axis: dim=-1."),
    Mistake("over everything", lambda X, gain, bias: along(*range(X.ndim))(X, gain, bias),
            "One mean and one spread for the whole tensor mixes all tokens. Take them for each token: dim=-1, keepdim=True."),
    Mistake("over tokens and features", lambda X, gain, bias: along(*range(-min(X.ndim, 2), 0))(X, gain, bias),
            "One mean and one spread for a whole sentence mixes its tokens. Take them for each token: dim=-1, keepdim=True."),
    Mistake("mean of each token, spread of all", lambda X, gain, bias: centred(X) / torch.sqrt(X.var(unbiased=False) + TINY) * gain + bias,
            "The mean is each token's own, but the spread is one number for all. Give the variance dim=-1 and keepdim=True too."),
    Mistake("unbiased variance", divided_by(lambda X: torch.sqrt(variance(X, unbiased=True) + TINY)), BIASED),
    Mistake("unbiased std", divided_by(lambda X: X.std(-1, keepdim=True)), BIASED),
    Mistake("unbiased std, tiny outside", divided_by(lambda X: X.std(-1, keepdim=True) + TINY), BIASED),
    Mistake("no tiny number", divided_by(lambda X: torch.sqrt(variance(X))), ZERO),
    Mistake("tiny number outside the root", divided_by(lambda X: torch.sqrt(variance(X)) + TINY), OUTSIDE),
    *(Mistake(f"tiny number {tiny:g}", divided_by(lambda X, tiny=tiny: torch.sqrt(variance(X) + tiny)), OTHER_TINY) for tiny in (1e-3, 1e-6, 1e-8, 1e-12)),
    Mistake("variance without the root", divided_by(lambda X: variance(X) + TINY), "You divide by the variance. Divide by its root, the standard deviation."),
    Mistake("root twice", divided_by(lambda X: (variance(X) + TINY) ** 0.25), "The root is taken twice. Once is enough: sqrt(variance + 0.00001)."),
    Mistake("multiplied by the spread", lambda X, gain, bias: centred(X) * torch.sqrt(variance(X) + TINY) * gain + bias, "You multiply by the standard deviation; divide by it."),
    Mistake("not squared", divided_by(lambda X: torch.sqrt(centred(X).abs().mean(-1, keepdim=True) + TINY)), "The distances from the mean are not squared: (centred ** 2).mean(...)."),
    Mistake("mean distance", divided_by(lambda X: centred(X).abs().mean(-1, keepdim=True) + TINY),
            "You divide by the mean distance from the mean. Use the root of the mean of the squared distances."),
    Mistake("sum in place of the mean", divided_by(lambda X: torch.sqrt((centred(X) ** 2).sum(-1, keepdim=True) + TINY)),
            "The squares are added up. The variance is their mean: divide by d_model, too."),
    Mistake("length of the vector", lambda X, gain, bias: X / torch.sqrt((X**2).sum(-1, keepdim=True) + TINY) * gain + bias,
            "You bring each token to length 1. First take its mean off; then divide by the standard deviation."),
    Mistake("not divided", lambda X, gain, bias: centred(X) * gain + bias, "The mean is off, but the size stays. Divide by sqrt(variance + 0.00001)."),
    Mistake("mean not taken off", lambda X, gain, bias: X / torch.sqrt(variance(X) + TINY) * gain + bias, "The mean is not taken off: (X - mean) / sqrt(...)."),
    Mistake("RMS norm", lambda X, gain, bias: X / torch.sqrt((X**2).mean(-1, keepdim=True) + TINY) * gain + bias,
            "That is RMS norm, which many later models use: it leaves the mean in. Here take the mean off first."),
    Mistake("mean of X, squares of X", divided_by(lambda X: torch.sqrt((X**2).mean(-1, keepdim=True) + TINY)),
            "You square X itself. The variance is the mean of the squared distances from the mean: square X - mean."),
    Mistake("lowest to highest", lowest_to_highest, "You stretch each token from its lowest to its highest number. Take the mean off and divide by the standard deviation."),
    Mistake("softmax", lambda X, gain, bias: X.softmax(-1) * gain + bias, "No softmax here: the numbers need not be positive. Take the mean off, divide by the standard deviation."),
    Mistake("keepdim missing", without_keepdim, KEEPDIM),
    Mistake("keepdim missing in the spread", spread_without_keepdim, KEEPDIM),
    Mistake("gain and bias exchanged", scaled_otherwise(lambda Y, gain, bias: Y * bias + gain), "gain and bias have changed places: times gain, plus bias."),
    Mistake("no gain", scaled_otherwise(lambda Y, gain, bias: Y + bias), "The gain is not used: times gain, plus bias."),
    Mistake("no bias", scaled_otherwise(lambda Y, gain, bias: Y * gain), "The bias is not used: times gain, plus bias."),
    Mistake("neither gain nor bias", scaled_otherwise(lambda Y, gain, bias: Y), "gain and bias are not used: times gain, plus bias."),
    Mistake("bias first", scaled_otherwise(lambda Y, gain, bias: (Y + bias) * gain), "The bias is added before the gain. First times gain, then plus bias."),
    Mistake("bias subtracted", scaled_otherwise(lambda Y, gain, bias: Y * gain - bias), "The bias is added, not subtracted."),
    Mistake("gain added to 1", scaled_otherwise(lambda Y, gain, bias: Y * (1 + gain) + bias), "You multiply by 1 + gain. The gain is already about 1: times gain."),
    Mistake("divided by the gain", scaled_otherwise(lambda Y, gain, bias: Y / gain + bias), "You divide by the gain; multiply with it."),
    Mistake("gain as a matrix", scaled_otherwise(lambda Y, gain, bias: Y @ gain + bias), "`Y @ gain` adds up all features. Each feature is multiplied by its own gain: `*`."),
    Mistake("X added", lambda X, gain, bias: X + layer_norm(X, gain, bias), "X is added to the result. That is the residual of the block; give back the normalised X alone."),
    *(Mistake(f"unbiased variance; {it.name}", biased(it.wrong), f"Two things. {BIASED} {it.hint}") for it in ENDINGS),
    *(Mistake(f"unbiased std, tiny outside; {it.name}", biased_outside(it.wrong), f"Two things. {BIASED} {it.hint}") for it in ENDINGS),
    *(Mistake(f"no tiny number; {it.name}", without_tiny(it.wrong), f"Two things. {ZERO} {it.hint}") for it in ENDINGS),
    *(Mistake(f"over axis {dim}; {it.name}", lambda X, gain, bias, dim=dim, end=it.wrong: end(along(dim)(X, torch.ones_like(gain), torch.zeros_like(bias)), gain, bias), f"Two things. {TOKENS} {it.hint}") for dim in (0,) for it in ENDINGS),
    Mistake("unbiased variance over the tokens", lambda X, gain, bias: centred(X, -2 if X.ndim > 1 else -1) / torch.sqrt(variance(X, -2 if X.ndim > 1 else -1, True) + TINY) * gain + bias, f"Two things. {TOKENS} {BIASED}"),
    Mistake("unbiased std over axis 0, tiny outside", lambda X, gain, bias: centred(X, 0) / (X.std(0, keepdim=True) + TINY) * gain + bias, f"Two things. {TOKENS} {BIASED}"),
    Mistake("unbiased std over everything", lambda X, gain, bias: (X - X.mean()) / (X.std() + TINY) * gain + bias, EVERYTHING),
    Mistake("std over everything", lambda X, gain, bias: (X - X.mean()) / (X.std(unbiased=False) + TINY) * gain + bias, EVERYTHING),
    Mistake("mean of all, spread of each token", lambda X, gain, bias: (X - X.mean()) / torch.sqrt(variance(X) + TINY) * gain + bias,
            "The spread is each token's own, but the mean is one number for all. Give the mean dim=-1 and keepdim=True too."),
    Mistake("mean over the tokens, spread of each token", lambda X, gain, bias: (X - X.mean(0, keepdim=True)) / torch.sqrt(variance(X) + TINY) * gain + bias,
            "The spread is each token's own, but the mean runs over axis 0. Give the mean dim=-1 too."),
    Mistake("over everything, not squared", lambda X, gain, bias: (X - X.min()) / (X.max() - X.min() + TINY) * gain + bias, "You stretch all numbers from the lowest to the highest. Take each token's mean off and divide by its standard deviation."),
    Mistake("variance and tiny, no root", divided_by(lambda X: variance(X)), "You divide by the variance. Divide by its root, the standard deviation."),
    Mistake("median taken off", lambda X, gain, bias: (X - X.median(-1, keepdim=True).values) / torch.sqrt(variance(X) + TINY) * gain + bias, "You take the median off. Take the mean off, X.mean(dim=-1, keepdim=True)."),
    Mistake("mean added", lambda X, gain, bias: (X + X.mean(-1, keepdim=True)) / torch.sqrt(variance(X) + TINY) * gain + bias, "You add the mean; take it off: X - mean."),
    Mistake("mean minus X", lambda X, gain, bias: -centred(X) / torch.sqrt(variance(X) + TINY) * gain + bias, "The difference is the wrong way round, so every sign is turned: X - mean."),
    Mistake("mean taken off afterwards", lambda X, gain, bias: (X / torch.sqrt(variance(X) + TINY) - X.mean(-1, keepdim=True)) * gain + bias, "You divide before the mean is taken off. First X - mean, in brackets; then divide all of it."),
    Mistake("mean over the spread", lambda X, gain, bias: (X - X.mean(-1, keepdim=True) / torch.sqrt(variance(X) + TINY)) * gain + bias, "Only the mean is divided: `/` comes before `-`. Put brackets round X - mean."),
    Mistake("mean over the spread, times gain", lambda X, gain, bias: X - X.mean(-1, keepdim=True) / torch.sqrt(variance(X) + TINY) * gain + bias,
            "Only the mean is divided, and only it meets the gain: `/` and `*` come before `-`. Put brackets round X - mean."),
    Mistake("range in place of the spread", divided_by(lambda X: X.amax(-1, keepdim=True) - X.amin(-1, keepdim=True) + TINY),
            "You divide by the distance from the lowest to the highest number. Divide by the standard deviation: sqrt(variance + 0.00001)."),
    Mistake("tiny number added to X", lambda X, gain, bias: (centred(X) + TINY) / torch.sqrt(variance(X) + TINY**2) * gain + bias, "The 0.00001 is added to X. It belongs under the root: sqrt(variance + 0.00001)."),
    Mistake("variance squared", lambda X, gain, bias: centred(X) / torch.sqrt(variance(X) ** 2 + TINY) * gain + bias, "The variance is squared under the root. It is a mean of squares already: sqrt(variance + 0.00001)."),
    Mistake("divided by the length", lambda X, gain, bias: torch.nn.functional.normalize(X, dim=-1) * gain + bias, "You bring each token to length 1. First take its mean off; then divide by the standard deviation."),
    Mistake("centred, length 1", lambda X, gain, bias: torch.nn.functional.normalize(centred(X), dim=-1) * gain + bias, "You bring each token to length 1. Divide by the standard deviation: the root of the mean of the squares, not of their sum."),
    Mistake("gain on the mean", lambda X, gain, bias: (X * gain - X.mean(-1, keepdim=True)) / torch.sqrt(variance(X) + TINY) + bias, "The gain comes too early. First normalise; then times gain, plus bias."),
    Mistake("bias and gain inside", lambda X, gain, bias: layer_norm(X * gain + bias, torch.ones_like(gain), torch.zeros_like(bias)), "gain and bias come too early: normalising takes them away again. First normalise; then times gain, plus bias."),
    Mistake("bias added to the gain", scaled_otherwise(lambda Y, gain, bias: Y * (gain + bias)), "The bias is added to the gain. First times gain, then plus bias: Y * gain + bias."),
    Mistake("gain added", scaled_otherwise(lambda Y, gain, bias: Y + gain + bias), "The gain is added; multiply with it."),
    Mistake("gain along the tokens", scaled_otherwise(lambda Y, gain, bias: Y * gain[:, None] + bias[:, None]), "gain and bias stand in a column, so they meet the tokens. Use them as they are: they meet the last axis, the features."),
    Mistake("as library call for all", lambda X, gain, bias: torch.nn.functional.layer_norm(X, X.shape[1:] or X.shape), "The library's layer_norm over all axes but the first, without gain and bias. Here each token alone, and written by hand."),
    *of_results(layer_norm, {"normalised": "d_model"}),
    Mistake("two results", lambda X, gain, bias: (layer_norm(X, gain, bias), X), "Give back the normalised X alone, once."),
)  # fmt: skip
