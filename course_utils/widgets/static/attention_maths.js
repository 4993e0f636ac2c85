// What AttentionView reckons without a screen: masked scores, where each heat map lies, what is pointed at, what is said.

const GAP = 14; // pixels between small heat maps
const TITLE = 18; // height of "head 3" above one
const LARGE = { width: 620, height: 480, cell: 44, least: 6 }; // one head: room for its cells, largest and smallest cell
const SMALL = { width: 720, cell: 24, across: 4 }; // all heads: room for a row of them
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

const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/**
 * Where everything lies, in pixels: boxes (one per heat map shown), the size of a cell, and the size of the whole.
 * head: the one to show large, or null for all of them. margin: {left, top}, room for the words beside a large one.
 */
export function layout([heads, rows, columns], head, margin) {
  if (heads === 1 || head !== null) {
    const cell = clamp(Math.floor(Math.min(LARGE.width / columns, LARGE.height / rows)), LARGE.least, LARGE.cell);
    const box = { head: head ?? 0, x: margin.left, y: margin.top, width: columns * cell, height: rows * cell };
    return { boxes: [box], cell, large: true, width: box.x + box.width + EDGE, height: box.y + box.height + EDGE };
  }
  const across = Math.min(SMALL.across, heads);
  const cell = clamp(Math.floor((SMALL.width / across - GAP) / Math.max(rows, columns)), 1, SMALL.cell);
  const [width, height] = [columns * cell, rows * cell];
  const boxes = Array.from({ length: heads }, (_, head) => {
    const [left, above] = [head % across, Math.floor(head / across)]; // how many heat maps
    return { head, x: EDGE + left * (width + GAP), y: TITLE + above * (height + GAP + TITLE), width, height };
  });
  const last = boxes.at(-1);
  return { boxes, cell, large: false, width: across * (width + GAP), height: last.y + height + EDGE };
}

/** The cell under a point: { head, row, column }, or null. */
export function cellAt({ boxes, cell }, x, y) {
  const box = boxes.find((one) => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height);
  return box ? { head: box.head, row: Math.floor((y - box.y) / cell), column: Math.floor((x - box.x) / cell) } : null;
}

/** Where a key leads from a cell; null if the key is none of ours. */
export function step({ head, row, column }, key, [heads, rows, columns]) {
  const change = {
    ArrowUp: [0, -1, 0], ArrowDown: [0, 1, 0], ArrowLeft: [0, 0, -1], ArrowRight: [0, 0, 1],
    Home: [0, 0, -columns], End: [0, 0, columns], PageUp: [-1, 0, 0], PageDown: [1, 0, 0],
  }[key];
  if (!change) return null;
  return {
    head: clamp(head + change[0], 0, heads - 1),
    row: clamp(row + change[1], 0, rows - 1),
    column: clamp(column + change[2], 0, columns - 1),
  };
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
