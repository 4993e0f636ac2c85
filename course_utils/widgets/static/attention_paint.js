// @ts-check
// How AttentionView is drawn: words and frames once, weights at every change, marks as the pointer moves.
import { drawFrame, drawHeatmaps, shorten, writeNumbers, writeUpwards } from "./canvas.js";
import { fixed } from "./numbers.js";

const LINE = 12; // pixels a word needs across
const TITLES = { width: 56, height: 40 }; // "key →" and "query ↓" in the corner
const SPACE = 7; // between a word and its row or column

/** Words as they will be written, and the room they need: { rows, columns, left, top }. */
export function measure(context, font, queries, keys) {
  context.font = font;
  const [rows, columns] = [queries, keys].map((words) => words.map((word) => shorten(context, word)));
  const widest = (words) => Math.ceil(Math.max(...words.map((word) => context.measureText(word).width)));
  const left = Math.max(widest(rows) + SPACE, TITLES.width);
  return { rows, columns, left, top: Math.max(widest(columns) + 2 * SPACE, TITLES.height) };
}

/** Everything that stays while weights change: frames, words, titles. */
export function paintFrame(context, place, words, theme, font) {
  context.clearRect(0, 0, place.width, place.height);
  Object.assign(context, { strokeStyle: theme.line, fillStyle: theme.ink, font, lineWidth: 1 });
  for (const box of place.boxes) {
    context.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
    if (!place.large) context.fillText(`head ${box.head}`, box.x, box.y - 5);
  }
  if (place.large) paintWords(context, place, words, theme);
}

function paintWords(context, { boxes: [box], cell }, { rows, columns }, theme) {
  const every = (size) => Math.ceil(LINE / size); // words thin out where cells are smaller than letters
  Object.assign(context, { textBaseline: "middle", textAlign: "right" });
  rows.forEach((word, i) =>
    i % every(cell.height) === 0 && context.fillText(word, box.x - SPACE, box.y + (i + 0.5) * cell.height));
  columns.forEach((word, i) =>
    i % every(cell.width) === 0 && writeUpwards(context, word, box.x + (i + 0.5) * cell.width, box.y - SPACE));
  Object.assign(context, { fillStyle: theme.quiet, textBaseline: "alphabetic", textAlign: "left" });
  context.fillText("query ↓", 0, box.y - SPACE);
  context.textAlign = "right";
  context.fillText("key →", box.x - SPACE, LINE);
  context.textAlign = "left";
}

/** The heat maps, and in large cells the numbers, except where a causal mask left nothing. `top` has full colour. */
export function paintWeights(context, place, weights, shape, theme, { scale, causal, font, top }) {
  const text = (value, row, column) => (causal && column > row && value === 0 ? "" : fixed(value));
  const [, rows, columns] = shape;
  drawHeatmaps(context, weights, shape, place.boxes, theme, scale, top);
  for (const box of place.boxes) {
    const values = weights.subarray(box.head * rows * columns, (box.head + 1) * rows * columns);
    writeNumbers(context, values, columns, box, place.cell, theme, { scale, top, font, text });
  }
}

/** A frame round the query's row in every heat map, and round the key's column where the pointer is. */
export function paintMarks(context, place, row, spot, theme) {
  context.clearRect(0, 0, place.width, place.height);
  const { width, height } = place.cell;
  for (const box of place.boxes) {
    if (row !== null) drawFrame(context, { x: box.x, y: box.y + row * height, width: box.width, height }, theme);
    if (spot?.head === box.head)
      drawFrame(context, { x: box.x + spot.column * width, y: box.y, width, height: box.height }, theme);
  }
}
