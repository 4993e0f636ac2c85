// @ts-check
// How DecodeView's two maps are drawn: every head at one step, and one head at every step, with the same columns.
import { drawFrame, drawHeatmap, fontOf, shorten, sizeCanvas, writeNumbers, writeUpwards } from "./canvas.js";
import { fixed } from "./numbers.js";

const SPACE = 7; // between a word and its row or column
const LOW = 20; // room above a map whose symbols are narrow enough to stand upright

/** Room that the symbols above the columns need where a cell is so wide. */
export function roomAbove(root, source, cellWidth) {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  context.font = fontOf(root);
  const widest = Math.max(...source.map((symbol) => context.measureText(symbol).width));
  return widest < cellWidth ? LOW : Math.min(Math.ceil(widest), 60) + 2 * SPACE;
}

/** A name beside each row, and the input's symbols above the columns. */
function writeNames(context, { box, cell }, names, source, theme, font) {
  Object.assign(context, { fillStyle: theme.ink, font, textAlign: "right", textBaseline: "middle" });
  names.forEach((name, i) =>
    context.fillText(shorten(context, name, box.x - SPACE), box.x - SPACE, box.y + (i + 0.5) * cell.height));
  source.forEach((symbol, i) => {
    const middle = box.x + (i + 0.5) * cell.width;
    context.textAlign = "center";
    if (box.y === LOW) context.fillText(symbol, middle, box.y - 9);
    else writeUpwards(context, shorten(context, symbol, box.y - SPACE), middle, box.y - SPACE);
  });
}

/** A whole map: cells, names, a frame, lines after every `every` rows, and a mark round one row. */
export function paintMap(canvas, place, values, { names, source, marked, every = Infinity, theme, root }) {
  const context = sizeCanvas(canvas, place.width, place.height);
  const { box, cell, rows, columns } = place;
  const text = (value) => (value < 0.005 ? "" : fixed(value)); // an empty cell says it better than many 0.00
  drawHeatmap(context, values, rows, columns, box, theme);
  writeNumbers(context, values, columns, box, cell, theme, { font: fontOf(root, 11), text });
  writeNames(context, place, names, source, theme, fontOf(root));
  context.fillStyle = theme.quiet;
  for (let row = every; row < rows; row += every) context.fillRect(0, box.y + row * cell.height - 0.5, box.x + box.width, 1);
  Object.assign(context, { strokeStyle: theme.line, lineWidth: 1 });
  context.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
  drawFrame(context, { x: box.x, y: box.y + marked * cell.height, width: box.width, height: cell.height }, theme);
}
