// How AttentionView is drawn: words and frames once, weights at every change, marks as the pointer moves.

const NUMBERS_FROM = 30; // cell size in pixels from which a number fits in
const LINE = 12; // pixels a word needs across
const LONGEST = 120; // pixels of a word that are shown
const TITLES = { width: 56, height: 40 }; // "key →" and "query ↓" in the corner
const SPACE = 7; // between a word and its row or column

/** The page's present colours and font. */
export function look(root) {
  const style = getComputedStyle(root);
  const colour = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return {
    dark: isDark(),
    font: `12px ${style.fontFamily}`,
    text: colour("--jp-ui-font-color1", "#333"),
    quiet: colour("--jp-ui-font-color2", "#777"),
    frame: colour("--jp-border-color1", "#bbb"),
    mark: colour("--jp-warn-color0", "#e65100"),
  };
}

/** The word, or as much of it as there is room for, and an ellipsis. */
function shorten(context, word, room = LONGEST) {
  if (context.measureText(word).width <= room) return word;
  const letters = [...word]; // by character, not by half an emoji
  while (context.measureText(`${letters.join("")}…`).width > room) letters.pop();
  return `${letters.join("")}…`;
}

/** Words as they will be written, and the room they need: { rows, columns, left, top }. */
export function measure(context, { font }, queries, keys) {
  context.font = font;
  const [rows, columns] = [queries, keys].map((words) => words.map((word) => shorten(context, word)));
  const widest = (words) => Math.ceil(Math.max(...words.map((word) => context.measureText(word).width)));
  const left = Math.max(widest(rows) + SPACE, TITLES.width);
  return { rows, columns, left, top: Math.max(widest(columns) + 2 * SPACE, TITLES.height) };
}

/** Everything that stays while weights change: frames, words, titles. */
export function paintFrame(context, place, words, look) {
  context.clearRect(0, 0, place.width, place.height);
  Object.assign(context, { strokeStyle: look.frame, fillStyle: look.text, font: look.font, lineWidth: 1 });
  for (const box of place.boxes) {
    context.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
    if (!place.large) context.fillText(`head ${box.head}`, box.x, box.y - 5);
  }
  if (place.large) paintWords(context, place, words, look);
}

function paintWords(context, { boxes: [box], cell }, { rows, columns }, look) {
  const every = Math.ceil(LINE / cell); // words thin out where cells are smaller than letters
  context.textBaseline = "middle";
  context.textAlign = "right";
  rows.forEach((word, i) => i % every === 0 && context.fillText(word, box.x - SPACE, box.y + (i + 0.5) * cell));
  context.textAlign = "left";
  columns.forEach((word, i) => i % every === 0 && paintUpwards(context, word, box.x + (i + 0.5) * cell, box.y - SPACE));
  Object.assign(context, { fillStyle: look.quiet, textBaseline: "alphabetic" });
  context.fillText("query ↓", 0, box.y - SPACE);
  context.textAlign = "right";
  context.fillText("key →", box.x - SPACE, LINE);
  context.textAlign = "left";
}

function paintUpwards(context, word, x, y) {
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  context.fillText(word, 0, 0);
  context.restore();
}

/** The heat maps, and in large cells the numbers, except where a causal mask left nothing. */
export function paintWeights(context, place, weights, [, rows, columns], { scale, dark, font, causal }) {
  for (const box of place.boxes) {
    const values = weights.subarray(box.head * rows * columns, (box.head + 1) * rows * columns);
    drawHeatmap(context, values, rows, columns, box, { scale, dark });
    if (place.cell < NUMBERS_FROM) continue;
    Object.assign(context, { font: font.replace("12px", "11px"), textAlign: "center", textBaseline: "middle" });
    values.forEach((value, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      if (causal && column > row && value === 0) return;
      context.fillStyle = inkOn(weightColour(value, scale, dark));
      context.fillText(fixed(value), box.x + (column + 0.5) * place.cell, box.y + (row + 0.5) * place.cell);
    });
  }
}

/** A frame round the query's row in every heat map, and round the key's column where the pointer is. */
export function paintMarks(context, place, row, spot, look) {
  context.clearRect(0, 0, place.width, place.height);
  Object.assign(context, { strokeStyle: look.mark, lineWidth: 2 });
  for (const box of place.boxes) {
    if (row !== null) context.strokeRect(box.x, box.y + row * place.cell, box.width, place.cell);
    if (spot?.head === box.head) context.strokeRect(box.x + spot.column * place.cell, box.y, place.cell, box.height);
  }
}
