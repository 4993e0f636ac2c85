// @ts-check
// How HeadsView is drawn: three strips with cuts, a heat map for each head, and the heads' parts with their sum.
import { drawCell, drawFrame, drawHeatmaps, shorten, sizeCanvas, writeUpwards } from "./canvas.js";
import { signedColour } from "./colours.js";
import { cellWidth, cutSize, featureX, NAMES, partRows, STRIP } from "./heads_layout.js";
import { fixed, largest } from "./numbers.js";

const LOW = 13; // pixels: the names of lower rows are small
const TITLE = 44; // pixels from which "head 3" fits in; else "3"

/** One row of signed numbers as coloured cells, with the numbers where they fit. */
function paintStrip(context, values, { x, y, width, height, limit, theme, fonts }) {
  values.forEach((value, feature) =>
    drawCell(context, signedColour(value, limit, theme), fixed(value, 1), { x: x(feature), y, width: width - 1, height }, fonts.small));
}

/** A name to the left of a strip or a row. */
function paintName(context, name, y, { theme, fonts }, height = STRIP.height) {
  const font = height < LOW ? fonts.small : fonts.usual;
  Object.assign(context, { fillStyle: theme.ink, font, textAlign: "right", textBaseline: "middle" });
  context.fillText(shorten(context, name, NAMES - 9), NAMES - 7, y);
}

/** Q, K and V of the chosen word, with gaps where the heads are cut. */
export function paintCut(canvas, projected, state) {
  const { tokens, n_heads, d_model, query, room } = state;
  const width = cellWidth(d_model, room);
  const context = sizeCanvas(canvas, ...cutSize(d_model, width));
  const x = (feature) => featureX(feature, d_model, n_heads, width);
  const limit = largest(projected);
  for (const [i, name] of ["Q", "K", "V"].entries()) {
    const start = (i * tokens.length + query) * d_model;
    const y = STRIP.top + i * STRIP.height;
    paintStrip(context, projected.subarray(start, start + d_model), { ...state, x, y, width, height: STRIP.height - 1, limit });
    paintName(context, name, y + STRIP.height / 2, state);
  }
  for (let head = 0; head < n_heads; head++) paintPiece(context, head, x, width, state);
}

/** A head's name above its piece, and a frame round it while its map is pointed at. */
function paintPiece(context, head, x, width, { theme, fonts, d_model, n_heads, spot }) {
  const d_k = d_model / n_heads;
  const [left, wide] = [x(head * d_k), d_k * width];
  Object.assign(context, { fillStyle: theme.ink, font: fonts.usual, textAlign: "center", textBaseline: "alphabetic" });
  context.fillText(wide >= TITLE ? `head ${head}` : String(head), left + wide / 2, STRIP.top - 5);
  if (spot?.head !== head) return;
  drawFrame(context, { x: left - 1, y: STRIP.top - 1, width: wide + 1, height: 3 * STRIP.height }, theme);
}

/** A heat map for each head, the row of the chosen word framed, and the cell that is pointed at. */
export function paintMaps(canvas, place, weights, state) {
  const { theme, fonts, tokens, query, spot } = state;
  const context = sizeCanvas(canvas, place.width, place.height);
  const [size, cell] = [tokens.length, place.cell.width];
  drawHeatmaps(context, weights, [place.boxes.length, size, size], place.boxes, theme);
  for (const box of place.boxes) {
    Object.assign(context, { strokeStyle: theme.line, fillStyle: theme.ink, font: fonts.usual, lineWidth: 1 });
    Object.assign(context, { textAlign: "left", textBaseline: "alphabetic" });
    context.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
    context.fillText(box.width >= TITLE ? `head ${box.head}` : String(box.head), box.x, box.y + box.height + 13);
    drawFrame(context, { x: box.x, y: box.y + query * cell, width: box.width, height: cell }, theme);
    if (spot?.head === box.head)
      drawFrame(context, { x: box.x + spot.column * cell, y: box.y + spot.row * cell, width: cell, height: cell }, theme);
  }
  if (place.words) paintMapWords(context, place, state);
}

/** Words beside the maps on the left edge, and above those on the top edge. */
function paintMapWords(context, place, state) {
  const short = state.tokens.map((token) => (token.length > 8 ? `${[...token].slice(0, 7).join("")}…` : token));
  for (const box of place.boxes) {
    const middle = (i) => (i + 0.5) * place.cell.width;
    if (box.head % place.across === 0) short.forEach((word, i) => paintName(context, word, box.y + middle(i), state));
    if (box.head < place.across) short.forEach((word, i) => writeUpwards(context, word, box.x + middle(i), box.y - 5));
  }
}

/** Each head's part of the output, and below a gap their sum. */
export function paintParts(canvas, parts, out, state) {
  const { theme, tokens, n_heads, d_model, query, room, spot } = state;
  const [rows, width] = [partRows(n_heads), cellWidth(d_model, room)];
  const context = sizeCanvas(canvas, NAMES + d_model * width + 2, rows[n_heads].y + rows[n_heads].height + 2);
  const limit = Math.max(largest(parts), largest(out));
  const x = (feature) => NAMES + feature * width;
  for (const [head, { y, height }] of rows.entries()) {
    const [source, first] = head < n_heads ? [parts, head * tokens.length + query] : [out, query];
    paintStrip(context, source.subarray(first * d_model, (first + 1) * d_model), { ...state, x, y, width, height, limit });
    paintName(context, head < n_heads ? `head ${head}` : "out", y + height / 2, state, height);
    if (spot?.head === head) drawFrame(context, { x: NAMES, y, width: d_model * width, height }, theme);
  }
}
