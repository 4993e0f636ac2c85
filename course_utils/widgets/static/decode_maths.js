// @ts-check
// What DecodeView needs apart from a screen: bars, what the decoder reads, where the maps lie, what a key does, what is said.
import { clamp, fixed } from "./numbers.js";
import { gridMove } from "./pointing.js";

const MAP = { names: 104, widest: 46, narrowest: 12, row: 24, gap: 30 }; // pixels

/** The most probable symbols of a step as [{ name, probability, written }]; the one that was written is among them. */
export function topSymbols({ probabilities, choices }, names, step, count = 6) {
  const row = probabilities.subarray(step * names.length, (step + 1) * names.length);
  const order = [...row.keys()].sort((a, b) => row[b] - row[a]).slice(0, count);
  if (!order.includes(choices[step])) order[order.length - 1] = choices[step];
  return order.map((symbol) => ({ name: names[symbol], probability: row[symbol], written: symbol === choices[step] }));
}

/** One column for each step: what the decoder reads there, what it writes, and how both stand to the present step. */
export function columns(written, start, step) {
  return written.map((symbol, i) => ({
    reads: i === 0 ? start : written[i - 1],
    writes: symbol,
    state: i < step ? "past" : i === step ? "now" : "later",
  }));
}

/** Weights of every head at one step: rows are the heads of layer 0, then of layer 1, ...; columns the input's symbols. */
export function headsAt(weights, [n_layers, n_heads, steps, k_len], step) {
  const rows = Array.from({ length: n_layers * n_heads }, (_, i) => {
    const start = (i * steps + step) * k_len;
    return weights.subarray(start, start + k_len);
  });
  return Float32Array.from(rows.flatMap((row) => [...row]));
}

/** Weights of one head at every step: (steps, k_len). */
export function stepsOf(weights, [, n_heads, steps, k_len], layer, head) {
  const size = steps * k_len;
  return weights.subarray((layer * n_heads + head) * size, (layer * n_heads + head + 1) * size);
}

/** A map of this many rows and columns: its box, its cells, and the size of its canvas. top: room for the symbols above. */
export function mapPlace(rows, k_len, room, top) {
  const width = clamp(Math.floor((room - MAP.names - 2) / k_len), MAP.narrowest, MAP.widest);
  const cell = { width, height: MAP.row };
  const box = { x: MAP.names, y: top, width: k_len * cell.width, height: rows * cell.height };
  return { box, cell, rows, columns: k_len, width: box.x + box.width + 2, height: box.y + box.height + 2 };
}

/** The cell of a map under a point, as { row, column }; null if there is none. */
export function spotAt({ box, cell }, x, y) {
  if (x < box.x || x >= box.x + box.width || y < box.y || y >= box.y + box.height) return null;
  return { row: Math.floor((y - box.y) / cell.height), column: Math.floor((x - box.x) / cell.width) };
}

/** Where a key leads, as { step, layer, head }; null if the key is none of ours. Up and down go through all layers. */
export function keyMove(key, { step, layer, head }, [n_layers, n_heads, steps]) {
  const to = gridMove(key, [layer * n_heads + head, step], [n_layers * n_heads, steps]);
  return to && { step: to[1], layer: Math.floor(to[0] / n_heads), head: to[0] % n_heads };
}

/** 0.29, 0.9998 and 0.0004: rounded so that no probability reads as 0 or 1. */
export function share(probability) {
  const digits = probability > 0.995 || probability < 0.005 ? 4 : 2;
  if (probability < 0.00005) return "< 0.0001";
  return probability > 0.99995 ? "> 0.9999" : probability.toFixed(digits);
}

/** The present step in a sentence, for the line below and for screen readers. */
export function stepSentence(draft, source, names, { step, layer, head, start }) {
  const { reads, writes } = columns(draft.written, start, step)[step];
  const { probability } = topSymbols(draft, names, step).find(({ written }) => written);
  const row = [...stepsOf(draft.weights, draft.shape, layer, head)].slice(step * source.length, (step + 1) * source.length);
  const most = row.indexOf(Math.max(...row));
  return `Step ${step + 1} of ${draft.written.length}: reads up to “${reads}”, writes “${writes}” with probability ` +
    `${share(probability)}. Layer ${layer}, head ${head} looks most at “${source[most]}”: ${fixed(row[most])}.`;
}

/** What stands above the picture: input, output, and how probable the whole of it is. */
export function headline({ text, width }, draft) {
  const how = width === 1 ? "greedy" : `beam of ${width}`;
  return `“${text}” → ${draft.written.join(" ")} · ${how} · probability ${share(Math.exp(draft.log_probability))} ` +
    `(log ${fixed(draft.log_probability)})`;
}
