// @ts-check
// HeadsMap's sizes and sentences, without a screen: where each small map lies, which one is under a point, what is said.
import { clamp, fixed } from "./numbers.js";

const NAMES = { left: 22, top: 18 }; // room for the numbers of layers and heads
const GAP = 5; // pixels between two maps
const SIDE = { least: 14, most: 56 };
const EDGE = 3; // room for a frame

/** Small maps, a row for each layer, in a picture that may be so wide: { boxes, side, width, height }. */
export function wall([n_layers, n_heads], room) {
  const side = clamp(Math.floor((room - NAMES.left - EDGE) / n_heads) - GAP, SIDE.least, SIDE.most);
  const step = side + GAP;
  const boxes = Array.from({ length: n_layers * n_heads }, (_, number) => {
    const [layer, head] = [Math.floor(number / n_heads), number % n_heads];
    return { layer, head, number, x: NAMES.left + head * step, y: NAMES.top + layer * step, width: side, height: side };
  });
  return { boxes, side, width: NAMES.left + n_heads * step + EDGE, height: NAMES.top + n_layers * step + EDGE };
}

/** The layer and head whose map, or the gap behind it, is under a point; null if there is none. */
export function headAt({ boxes, side }, x, y) {
  const inside = (from, at) => at >= from && at < from + side + GAP;
  const box = boxes.find((one) => inside(one.x, x) && inside(one.y, y));
  return box ? { layer: box.layer, head: box.head } : null;
}

/** Where a token looks most: its `count` best, as [place, weight]. row: its weights. */
export function bestOf(row, count) {
  return [...row].map((weight, place) => [place, weight]).sort((a, b) => b[1] - a[1]).slice(0, count);
}

/** What a head does, as a sentence: for the whole head, or for one token. table: its weights, row after row. */
export function headSentence({ layer, head, row = null }, table, tokens) {
  const size = tokens.length;
  const of = (i) => table.subarray(i * size, (i + 1) * size);
  const name = `layer ${layer}, head ${head}`;
  if (row !== null) {
    const best = bestOf(of(row), 3).map(([place, weight]) => `“${tokens[place]}” ${fixed(weight)}`);
    return `${name}: “${tokens[row]}” looks most at ${best.join(", ")}`;
  }
  const mean = tokens.map((_, column) => tokens.reduce((sum, _token, i) => sum + table[i * size + column], 0) / size);
  const [place, share] = bestOf(mean, 1)[0];
  return `${name}: most of its weight goes to “${tokens[place]}” (token ${place}), ${fixed(share)} on average`;
}
