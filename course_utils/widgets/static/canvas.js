// @ts-check
// What is drawn on a canvas in more than one widget.
import { colourTable, css, inkOn, weightColour } from "./colours.js";
import { fixed } from "./numbers.js";

const NUMBER_NEEDS = { width: 30, height: 16 }; // pixels of a cell from which a number fits in
const LONGEST = 120; // pixels of a word that are shown

/** Sets a canvas to a size in CSS pixels, sharp on any screen; returns its context in CSS pixels. */
export function sizeCanvas(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

export const fontOf = (root, size = 12) => `${size}px ${getComputedStyle(root).fontFamily}`;

/**
 * Draws heat maps of heads × rows × columns of weights, each into its box {head, x, y, width, height}: one pixel per cell,
 * enlarged without smoothing. `top` has full colour.
 */
export function drawHeatmaps(context, values, [heads, rows, columns], boxes, theme, scale = "page", top = 1) {
  const table = colourTable(theme, scale);
  const image = new ImageData(columns, heads * rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[Math.round(Math.min(Math.max(values[i] / top, 0), 1) * 255)];
  const small = new OffscreenCanvas(columns, heads * rows);
  small.getContext("2d").putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  for (const { head, x, y, width, height } of boxes)
    context.drawImage(small, 0, head * rows, columns, rows, x, y, width, height);
}

/** One heat map of rows × columns of weights. */
export const drawHeatmap = (context, values, rows, columns, box, theme) =>
  drawHeatmaps(context, values, [1, rows, columns], [{ ...box, head: 0 }], theme);

const plainly = (/** @type {number} */ value, /** @type {number} */ _row, /** @type {number} */ _column) => fixed(value);

/** The numbers of a heat map where its cells are large enough; `text` may leave one out by giving "". */
export function writeNumbers(context, values, columns, box, cell, theme, { scale = "page", top = 1, font, text = plainly }) {
  if (cell.width < NUMBER_NEEDS.width || cell.height < NUMBER_NEEDS.height) return;
  Object.assign(context, { font, textAlign: "center", textBaseline: "middle" });
  values.forEach((value, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    context.fillStyle = inkOn(weightColour(value / top, theme, scale));
    context.fillText(text(value, row, column), box.x + (column + 0.5) * cell.width, box.y + (row + 0.5) * cell.height);
  });
}

/** A signed number as a coloured cell, with the number where it fits. */
export function drawCell(context, colour, text, { x, y, width, height }, font) {
  context.fillStyle = css(colour);
  context.fillRect(x, y, width, height);
  if (width < 25 || height < 13) return;
  Object.assign(context, { fillStyle: inkOn(colour), font, textAlign: "center", textBaseline: "middle" });
  context.fillText(text, x + width / 2, y + height / 2);
}

/** The word, or as much of it as there is room for, and an ellipsis. */
export function shorten(context, word, room = LONGEST) {
  if (context.measureText(word).width <= room) return word;
  const letters = [...word]; // by character, not by half an emoji
  while (letters.length && context.measureText(`${letters.join("")}…`).width > room) letters.pop();
  return `${letters.join("")}…`;
}

/** A word that is read from the bottom up. */
export function writeUpwards(context, word, x, y) {
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  Object.assign(context, { textAlign: "left", textBaseline: "middle" });
  context.fillText(word, 0, 0);
  context.restore();
}

/** A frame, drawn twice so that it can be seen on any colour. */
export function drawFrame(context, { x, y, width, height }, theme) {
  Object.assign(context, { strokeStyle: `rgb(${theme.background})`, lineWidth: 4 });
  context.strokeRect(x, y, width, height);
  Object.assign(context, { strokeStyle: theme.mark, lineWidth: 2 });
  context.strokeRect(x, y, width, height);
}
