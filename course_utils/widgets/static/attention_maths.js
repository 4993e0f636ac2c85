// @ts-check
// What heat maps of heads need apart from a screen: masked scores, where each map lies, what is pointed at, what is said.
import { clamp, fixed, softmaxRows } from "./numbers.js";
import { gridMove } from "./pointing.js";

const GAP = 14; // pixels between small heat maps
const TITLE = 18; // height of "head 3" above one
const LARGE = { height: 480, wide: 84, tall: 52, least: 6 }; // one head: room below, largest and smallest side of a cell
const SMALL = { cell: 24, side: 168 }; // all heads: largest cell, and how wide a map should be at least
const EDGE = 1; // room for the frame

/** Scores that a causal mask forbids become -Infinity. */
export function causalScores(scores, [heads, rows, columns]) {
  const masked = scores.slice();
  for (let i = 0; i < heads * rows; i++) masked.fill(-Infinity, i * columns + (i % rows) + 1, (i + 1) * columns);
  return masked;
}

/** Softmax over the keys, as Python's `AttentionView.weights` has it. */
export function attentionWeights(scores, shape, temperature, causal) {
  const [heads, rows, columns] = shape;
  return softmaxRows(causal ? causalScores(scores, shape) : scores, heads * rows, columns, temperature);
}

/**
 * Where everything lies, in pixels: boxes (one per heat map shown), the size of a cell, and the size of the whole.
 * head: the one to show large, or null for all of them. margin: {left, top}, for the words beside a large one.
 * room: how wide the whole may be.
 */
export function layout([heads, rows, columns], head, margin, room) {
  if (heads === 1 || head !== null) {
    const fits = { height: Math.floor(LARGE.height / rows), width: Math.floor((room - margin.left - 2 * EDGE) / columns) };
    const width = clamp(fits.width, LARGE.least, Math.min(LARGE.wide, 2 * Math.max(fits.height, LARGE.least)));
    const height = clamp(fits.height, LARGE.least, Math.min(LARGE.tall, 2 * width));
    const box = { head: head ?? 0, x: margin.left, y: margin.top, width: columns * width, height: rows * height };
    return { boxes: [box], cell: { width, height }, large: true, width: box.x + box.width + EDGE, height: box.y + box.height + EDGE };
  }
  return smallLayout(heads, rows, columns, room);
}

function smallLayout(heads, rows, columns, room) {
  const most = clamp(Math.floor(room / (SMALL.side + GAP)), 1, heads);
  const across = Math.ceil(heads / Math.ceil(heads / most)); // rows of one length, if it can be
  const side = clamp(Math.floor((room / across - GAP) / Math.max(rows, columns)), 1, SMALL.cell);
  const [width, height] = [columns * side, rows * side];
  const boxes = Array.from({ length: heads }, (_, head) => {
    const [left, above] = [head % across, Math.floor(head / across)]; // how many heat maps
    return { head, x: EDGE + left * (width + GAP), y: TITLE + above * (height + GAP + TITLE), width, height };
  });
  const cell = { width: side, height: side };
  return { boxes, cell, large: false, width: across * (width + GAP), height: boxes[heads - 1].y + height + EDGE };
}

/** The cell under a point: { head, row, column }, or null. */
export function cellAt({ boxes, cell }, x, y) {
  const box = boxes.find((one) => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height);
  if (!box) return null;
  return { head: box.head, row: Math.floor((y - box.y) / cell.height), column: Math.floor((x - box.x) / cell.width) };
}

/** Where a key leads from a cell; null if the key is none of ours. */
export function step({ head, row, column }, key, /** @type {number[]} */ [heads, rows, columns]) {
  const turn = { PageUp: -1, PageDown: 1 }[key];
  if (turn) return { head: clamp(head + turn, 0, heads - 1), row, column };
  const to = gridMove(key, [row, column], [rows, columns]);
  return to && { head, row: to[0], column: to[1] };
}

/** The sentence about a cell. scores may be null; numbers are those of all heads, one after the other. */
export function describe({ head, row, column }, { shape, queries, keys, scores, weights, causal }) {
  const [heads, rows, columns] = shape;
  const place = (head * rows + row) * columns + column;
  const who = `${heads > 1 ? `head ${head}: ` : ""}“${queries[row]}”`;
  const weight = `weight ${fixed(weights[place], 3)}`;
  if (causal && column > row) return `${who} may not look at “${keys[column]}”, which comes later: ${weight}`;
  const score = scores ? `score q·k/√d_k ${fixed(scores[place])}, ` : "";
  return `${who} looks at “${keys[column]}”: ${score}${weight}`;
}
