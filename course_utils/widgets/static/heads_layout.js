// HeadsView's sizes and sentences, without a screen: where strips, cuts and heat maps lie.

const STAGE = 720; // pixels across
const NAMES = 60; // room for "head 12" or a word, on the left
const CUT = 6; // pixels between the pieces of two heads
const STRIP = { height: 20, widest: 30, top: 18 }; // one row of Q, K and V; top: room for the heads' numbers
const MAPS = { height: 280, cell: 22, gap: 12, top: 18, words: 46, least: 11 }; // least: cell size from which words fit
const PARTS = { height: 220, tallest: 20 };

/** Left edge of a feature's cell, with a gap at every cut; n_heads 1 has none. */
export function featureX(feature, d_model, n_heads) {
  return NAMES + feature * cellWidth(d_model) + Math.floor(feature / (d_model / n_heads)) * CUT;
}

/** Width of a feature's cell: the same for any number of heads, so that a new cut moves cells but never resizes them. */
export function cellWidth(d_model) {
  return Math.max(2, Math.min(STRIP.widest, Math.floor((STAGE - NAMES - (d_model - 1) * CUT) / d_model)));
}

/** Heat maps as {boxes, cell, words}, for cellAt and paintMarks; words: is there room for words beside them? */
export function mapsLayout(length, n_heads) {
  const across = n_heads > 8 ? 8 : n_heads > 4 ? 4 : n_heads;
  const down = Math.ceil(n_heads / across);
  const room = { width: (STAGE - NAMES) / across - MAPS.gap, height: (MAPS.height - MAPS.words) / down - MAPS.top };
  const cell = Math.max(3, Math.min(MAPS.cell, Math.floor(Math.min(room.width, room.height) / length)));
  const side = cell * length;
  const place = (head) => ({
    x: NAMES + (head % across) * (side + MAPS.gap),
    y: MAPS.words + MAPS.top + Math.floor(head / across) * (side + MAPS.top),
  });
  const boxes = Array.from({ length: n_heads }, (_, head) => ({ head, ...place(head), width: side, height: side }));
  return { boxes, cell, across, words: cell >= MAPS.least };
}

/** Top and height of each head's row in the picture of the parts; the last row is their sum. */
export function partRows(n_heads) {
  const height = Math.min(PARTS.tallest, Math.floor((PARTS.height - CUT) / (n_heads + 1)));
  const rows = Array.from({ length: n_heads + 1 }, (_, i) => ({ y: i * height, height: height - 1 }));
  rows.at(-1).y += CUT;
  return rows;
}

/** What the cut makes, as a sentence. */
export function cutSentence(token, d_model, n_heads) {
  const size = d_model / n_heads;
  if (n_heads === 1) return `Q, K and V of “${token}”: one head has all ${d_model} numbers`;
  return `Q, K and V of “${token}”: ${n_heads} heads, ${size === 1 ? "1 number" : `${size} numbers`} each`;
}
