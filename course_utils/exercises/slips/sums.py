"""Wrong ways from weights to out, as parts of attention: functions of weights, Q, K, V."""

import math

import torch

from ..engine import Mistake

SUMS = (
    Mistake("averages the keys", lambda weights, Q, K, V: weights @ K, "You average the keys. Keys only say where to look; what is added up are the values, V."),
    Mistake("averages the queries", lambda weights, Q, K, V: weights @ Q, "You average the queries. What is added up are the values, V."),
    Mistake("weights turned round in the sum", lambda weights, Q, K, V: weights.transpose(-2, -1) @ V,
            "The weights are right, but they are transposed in the sum. Each query's row of weights meets the rows of V: weights @ V."),
    Mistake("V first", lambda weights, Q, K, V: V @ weights, "V stands first, so its rows meet the weights. The sum runs over the keys: weights @ V."),
    Mistake("V turned round in the sum", lambda weights, Q, K, V: weights @ V.transpose(-2, -1), "V is transposed in the sum. Each query's row of weights meets the rows of V: weights @ V."),
    Mistake("weights times V, entry by entry", lambda weights, Q, K, V: weights * V, "`*` multiplies entry by entry. The sum over the keys is a matrix product: weights @ V."),
    Mistake("sum over the number of keys", lambda weights, Q, K, V: weights @ V / V.shape[-2], "The weights already sum to 1, so do not divide by the number of keys again: no mean."),
    Mistake("sum times the number of keys", lambda weights, Q, K, V: weights @ V * V.shape[-2], "The weights already sum to 1: the sum of weight times value is not multiplied by the number of keys."),
    Mistake("sum scaled", lambda weights, Q, K, V: weights @ V / math.sqrt(K.shape[-1]), "You divide out by the root of d_k as well. Only the scores are scaled."),
    Mistake("values counted equally", lambda weights, Q, K, V: V.mean(-2, keepdim=True).expand(*weights.shape[:-1], -1), "That is the plain mean of the values: the query has no say. Weight each value: weights @ V."),
    Mistake("values added up", lambda weights, Q, K, V: V.sum(-2, keepdim=True).expand(*weights.shape[:-1], -1), "The values are added up without weights, or with weights that are all 1: is each exponential divided by itself, or by a sum over the wrong axis? Weight each value: weights @ V."),
    Mistake("value of the best key", lambda weights, Q, K, V: torch.take_along_dim(V, weights.argmax(-1)[..., None], -2), "You take the value of the best key alone. Attention takes a little of every value: weights @ V."),
    Mistake("best key times its weight", lambda weights, Q, K, V: torch.take_along_dim(V, weights.argmax(-1)[..., None], -2) * weights.amax(-1, keepdim=True), "You take only the best key's share. Add up all of them: weights @ V."),
    Mistake("first key's share only", lambda weights, Q, K, V: weights[..., :1] * V[..., :1, :], "Only the first key's share comes back: is `return` inside the loop over the keys?"),
    Mistake("last key's share only", lambda weights, Q, K, V: weights[..., -1:] * V[..., -1:, :], "Only the last key's share comes back: add up in the loop, `+=`, do not write over it."),
    Mistake("last key left out", lambda weights, Q, K, V: weights[..., :-1] @ V[..., :-1, :], "The last key is left out of the sum: `range(n)` and `[:n]` leave n out already."),
    Mistake("first key left out", lambda weights, Q, K, V: weights[..., 1:] @ V[..., 1:, :], "The first key is left out of the sum: counting begins at 0."),
    Mistake("query added", lambda weights, Q, K, V: weights @ V + Q, "Q is added to out. That is a residual, and it comes in lesson 07; give back the weighted sum alone."),
    Mistake("V added", lambda weights, Q, K, V: weights @ V + V, "V is added to out. Give back the weighted sum alone: weights @ V."),
    Mistake("softmax of out", lambda weights, Q, K, V: torch.softmax(weights @ V, -1), "There is a softmax on out. Softmax belongs on the scores alone; out is weights @ V as it is."),
)  # fmt: skip
