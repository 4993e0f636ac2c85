"""Right answers to lesson 08's exercises, written in other ways."""

import itertools

import numpy as np
import torch
import torch.nn.functional as F


def shift_by_list(targets, start):
    if targets.ndim > 1:
        return [shift_by_list(row, start) for row in targets]
    return [start] + targets.tolist()[:-1]


def shift_rolled(targets, start):
    inputs = torch.roll(targets, 1, dims=-1)
    inputs[..., 0] = start
    return inputs


def shift_padded(targets, start):
    return F.pad(targets, (1, -1), value=start)


def shift_into_zeros(targets, start):
    inputs = torch.zeros(targets.shape)
    inputs[..., 1:] = targets[..., :-1]
    inputs[..., 0] = start
    return inputs


def shift_from_behind(targets, start):
    inputs = targets.clone()
    for i in reversed(range(1, targets.shape[-1])):
        inputs[..., i] = inputs[..., i - 1]
    inputs[..., 0] = start
    return inputs


def shift_numpy(targets, start):
    return np.concatenate([np.full((*targets.shape[:-1], 1), start), np.asarray(targets)[..., :-1]], axis=-1)


def shift_numpy_only(targets, start):
    inputs = targets.astype(float)
    inputs[..., 1:] = targets[..., :-1].copy()
    inputs[..., 0] = start
    return inputs


def shift_by_index(targets, start):
    front = torch.cat([targets.new_tensor(start).expand(targets.shape[:-1]).unsqueeze(-1), targets], dim=-1)
    return front[..., torch.arange(targets.size(-1))]


def greedy_for(next_scores, start, end, max_length):
    written = []
    for _ in range(max_length):
        best = next_scores([start] + written).argmax().item()
        written.append(best)
        if best == end:
            return written
    return written


def greedy_recursive(next_scores, start, end, max_length):
    def rest(symbols):
        if len(symbols) > max_length:
            return []
        best = max(enumerate(next_scores(symbols)), key=lambda pair: pair[1])[0]
        return [best] if best == end else [best, *rest([*symbols, best])]

    return rest([start])


def greedy_tensor(next_scores, start, end, max_length):
    symbols = torch.tensor([start])
    while len(symbols) - 1 < max_length and (len(symbols) == 1 or symbols[-1] != end):
        symbols = torch.cat((symbols, next_scores(symbols).argmax(dim=-1, keepdim=True)))
    return symbols[1:]


def greedy_by_probability(next_scores, start, end, max_length):
    symbols, step = (start,), 0
    while step < max_length and symbols[-1:] != (end,):
        probabilities = torch.softmax(next_scores(symbols), dim=-1)
        symbols += (probabilities.max(dim=-1).indices.item(),)
        step += 1
    return symbols[1:]


def greedy_numpy(next_scores, start, end, max_length):
    symbols = np.array([start])
    for _ in range(max_length):
        symbols = np.append(symbols, np.argmax(next_scores(symbols.copy())))
        if symbols[-1] == end:
            break
    return np.delete(symbols, 0)


def greedy_by_loop(next_scores, start, end, max_length):
    symbols = [start]
    while True:
        best, best_score = None, -float("inf")
        for symbol, score in enumerate(next_scores(list(symbols)).tolist()):
            if score > best_score:
                best, best_score = symbol, score
        symbols.append(best)
        if best == end or len(symbols) == max_length + 1:
            symbols.pop(0)
            return symbols


def greedy_of_tensors(next_scores, start, end, max_length):
    symbols = [start]
    for _ in range(max_length):
        scores = next_scores(symbols)
        symbols.append(torch.nonzero(scores == scores.max())[0, 0])
        if symbols[-1] == end:
            break
    del symbols[0]
    return symbols


def greedy_generator(next_scores, start, end, max_length):
    def endless():
        symbols = [start]
        while symbols[1:][-1:] != [end]:
            symbols.append(sorted(range(8), key=next_scores(symbols).tolist().__getitem__, reverse=True)[0])
            yield symbols[-1]

    return list(itertools.islice(endless(), max_length))


def greedy_cut_afterwards(next_scores, start, end, max_length):
    symbols = [start]
    for _ in range(max_length):
        symbols += [int(next_scores(symbols).argmax())]
    written = symbols[1:]
    return written[: written.index(end) + 1] if end in written else written


def decoder_by_names(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    written = Y + self_attend(norm_1(Y))
    looked_up = written + cross_attend(norm_2(written), memory)
    return looked_up + feed(norm_3(looked_up))


def decoder_in_a_loop(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    parts = self_attend, lambda Y: cross_attend(Y, memory), feed
    for part, norm in zip(parts, (norm_1, norm_2, norm_3)):
        Y = Y + part(norm(Y))
    return Y


def decoder_in_place_on_a_copy(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    Y = Y.clone()
    Y += self_attend(norm_1(Y))
    Y += cross_attend(norm_2(Y), memory)
    Y += feed(norm_3(Y))
    return Y


def decoder_of_lesson_07(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    def pre_ln_block(X, attend, feed, norm_1, norm_2):
        X = X + attend(norm_1(X))
        return X + feed(norm_2(X))

    Y = Y + self_attend(norm_1(Y))
    return pre_ln_block(Y, lambda normed: cross_attend(normed, memory), feed, norm_2, norm_3)


def decoder_double(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    return decoder_by_names(Y.double(), memory.double(), self_attend, cross_attend, feed, norm_1, norm_2, norm_3)


def decoder_numpy(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    Y, memory = np.asarray(Y), np.asarray(memory)
    Y = Y + np.asarray(self_attend(norm_1(Y)))
    Y = Y + np.asarray(cross_attend(norm_2(Y), memory))
    return Y + np.asarray(feed(norm_3(Y)))


RIGHT = {
    "shift_right": [
        shift_by_list,
        shift_rolled,
        shift_padded,
        shift_into_zeros,
        shift_from_behind,
        shift_numpy,
        shift_numpy_only,
        shift_by_index,
        lambda targets, start: np.insert(np.asarray(targets), 0, start, axis=-1)[..., :-1],
        lambda targets, start: shift_rolled(targets.double(), float(start))[None],
    ],
    "greedy_decode": [
        greedy_for,
        greedy_recursive,
        greedy_tensor,
        greedy_by_probability,
        greedy_numpy,
        greedy_by_loop,
        greedy_of_tensors,
        greedy_generator,
        greedy_cut_afterwards,
    ],
    "decoder_block": [
        decoder_by_names,
        decoder_in_a_loop,
        decoder_in_place_on_a_copy,
        decoder_of_lesson_07,
        decoder_double,
        decoder_numpy,
        lambda *given: decoder_numpy(*given).tolist(),
    ],
}
