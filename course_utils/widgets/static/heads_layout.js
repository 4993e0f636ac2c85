// @ts-check
// HeadsView's sizes and sentences, without a screen: where strips, cuts and heat maps lie in a picture that may be so wide.
import { clamp } from "./numbers.js";

export const NAMES = 64; // room for "head 12" or a word, on the left
const CUT = 6; // pixels between the pieces of two heads
export const STRIP = { height: 22, widest: 46, least: 5, top: 18 }; // a row of Q, K and V; top: room for the heads' numbers
const MAPS = { height: 290, cell: 26, gap: 12, top: 18, words: 46, least: 11 }; // least: cell size from which words fit
const PARTS = { height: 220, tallest: 22, cut: 8 };

/** Left edge of a feature's cell, with a gap at every cut; n_heads 1 has none. */
export function featureX(feature, d_model, n_heads, width) {
  return NAMES + feature * width + Math.floor(feature / (d_model / n_heads)) * CUT;
}

/** Width of a feature's cell: the same for any number of heads, so that a new cut moves cells but never resizes them. */
export function cellWidth(d_model, room) {
  return clamp(Math.floor((room - NAMES - (d_model - 1) * CUT) / d_model), STRIP.least, STRIP.widest);
}

/** Width and height of the picture of the cut. */
export const cutSize = (d_model, width) =>
  [featureX(d_model - 1, d_model, d_model, width) + width + 2, STRIP.top + 3 * STRIP.height + 2];

/** Heat maps as {boxes, cell, words, width, height}; words: is there room for words beside them? */
export function mapsLayout(length, n_heads, room) {
  const across = Math.min(n_heads, room < 480 ? 4 : 8);
  const down = Math.ceil(n_heads / across);
  const most = { width: (room - NAMES) / across - MAPS.gap, height: (MAPS.height - MAPS.words) / down - MAPS.top };
  const size = clamp(Math.floor(Math.min(most.width, most.height) / length), 3, MAPS.cell);
  const side = size * length;
  const words = size >= MAPS.least;
  const above = words ? MAPS.words : 2;
  const place = (head) => ({
    x: NAMES + (head % across) * (side + MAPS.gap),
    y: above + Math.floor(head / across) * (side + MAPS.top),
  });
  const boxes = Array.from({ length: n_heads }, (_, head) => ({ head, ...place(head), width: side, height: side }));
  const [width, height] = [NAMES + across * (side + MAPS.gap), above + down * (side + MAPS.top)];
  return { boxes, cell: { width: size, height: size }, across, words, width, height };
}

/** Top and height of each head's row in the picture of the parts; the last row is their sum. */
export function partRows(n_heads) {
  const height = Math.min(PARTS.tallest, Math.floor((PARTS.height - PARTS.cut) / (n_heads + 1)));
  const rows = Array.from({ length: n_heads + 1 }, (_, i) => ({ y: i * height, height: height - 1 }));
  rows[n_heads].y += PARTS.cut;
  return rows;
}

/** What the cut makes, as a sentence. */
export function cutSentence(token, d_model, n_heads) {
  const size = d_model / n_heads;
  if (n_heads === 1) return `Q, K and V of “${token}”: one head has all ${d_model} numbers`;
  return `Q, K and V of “${token}”: ${n_heads} heads, ${size === 1 ? "1 number" : `${size} numbers`} each`;
}
