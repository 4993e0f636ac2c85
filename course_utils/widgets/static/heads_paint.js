// How HeadsView is drawn: three strips with cuts, a heat map for each head, and the heads' parts with their sum.

const MAPS_SIZE = [STAGE, MAPS.height + MAPS.top];
const PARTS_SIZE = [STAGE, PARTS.height];
const NUMBER_NEEDS = { width: 26, height: 13 }; // pixels of a cell from which a number fits in

/** Width and height of the picture of the cut. */
function cutSize(d_model) {
  return [Math.max(STAGE, featureX(d_model, d_model, d_model)), STRIP.top + 3 * STRIP.height + 2];
}

const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** One row of signed numbers as coloured cells, with the numbers where they fit. */
function paintStrip(context, values, { x, y, width, height, limit, look }) {
  context.font = look.font.replace("12px", "10px");
  values.forEach((value, feature) => {
    const colour = signedColour(value, limit, look.dark);
    context.fillStyle = css(colour);
    context.fillRect(x(feature), y, width - 1, height);
    if (width < NUMBER_NEEDS.width || height < NUMBER_NEEDS.height) return;
    Object.assign(context, { fillStyle: inkOn(colour), textAlign: "center", textBaseline: "middle" });
    context.fillText(fixed(value, 1), x(feature) + width / 2, y + height / 2);
  });
}

/** A name to the left of a strip or a row; small where rows are low. */
function paintName(context, name, y, look, height = STRIP.height) {
  const font = height < NUMBER_NEEDS.height ? look.font.replace("12px", "10px") : look.font;
  Object.assign(context, { fillStyle: look.text, font, textAlign: "right", textBaseline: "middle" });
  context.fillText(name, NAMES - 7, y);
}

/** Q, K and V of the chosen word, with gaps where the heads are cut. */
function paintCut(context, projected, { look, tokens, n_heads, d_model, query, spot }) {
  const width = cellWidth(d_model);
  const limit = largest(projected);
  const x = (feature) => featureX(feature, d_model, n_heads);
  for (const [i, name] of ["Q", "K", "V"].entries()) {
    const start = (i * tokens.length + query) * d_model;
    const y = STRIP.top + i * STRIP.height;
    paintStrip(context, projected.subarray(start, start + d_model), { x, y, width, height: STRIP.height - 1, limit, look });
    paintName(context, name, y + STRIP.height / 2, look);
  }
  for (let head = 0; head < n_heads; head++) paintPiece(context, head, x, { look, d_k: d_model / n_heads, width, spot });
}

/** A head's name above its piece, and a frame round it while its map is pointed at. */
function paintPiece(context, head, x, { look, d_k, width, spot }) {
  const [left, wide] = [x(head * d_k), d_k * width];
  Object.assign(context, { fillStyle: look.text, font: look.font, textAlign: "center", textBaseline: "alphabetic" });
  context.fillText(wide >= 44 ? `head ${head}` : head, left + wide / 2, STRIP.top - 5);
  if (spot?.head !== head) return;
  Object.assign(context, { strokeStyle: look.mark, lineWidth: 2 });
  context.strokeRect(left - 1, STRIP.top - 1, wide + 1, 3 * STRIP.height);
}

/** A heat map for each head, the row of the chosen word framed, and the column that is pointed at. */
function paintMaps(context, place, weights, { look, tokens, query, spot }) {
  const size = tokens.length;
  for (const box of place.boxes) {
    drawHeatmap(context, weights.subarray(box.head * size * size, (box.head + 1) * size * size), size, size, box, look);
    Object.assign(context, { strokeStyle: look.frame, fillStyle: look.text, font: look.font, lineWidth: 1, textAlign: "left", textBaseline: "alphabetic" });
    context.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
    const below = box.y + box.height + 13;
    context.fillText(box.width >= 44 ? `head ${box.head}` : box.head, box.x, below);
    Object.assign(context, { strokeStyle: look.mark, lineWidth: 2 });
    context.strokeRect(box.x, box.y + query * place.cell, box.width, place.cell);
    if (spot?.head === box.head) context.strokeRect(box.x + spot.column * place.cell, box.y + spot.row * place.cell, place.cell, place.cell);
  }
  if (place.words) paintMapWords(context, place, tokens, look);
}

/** Words beside the maps on the left edge, and above those on the top edge. */
function paintMapWords(context, place, tokens, look) {
  const short = tokens.map((token) => (token.length > 8 ? `${[...token].slice(0, 7).join("")}…` : token));
  for (const box of place.boxes) {
    const middle = (i) => (i + 0.5) * place.cell;
    if (box.head % place.across === 0) short.forEach((word, i) => paintName(context, word, box.y + middle(i), look));
    Object.assign(context, { textAlign: "left" });
    if (box.head < place.across) short.forEach((word, i) => paintUpwards(context, word, box.x + middle(i), box.y - 5));
  }
}

/** Each head's part of the output, and below a gap their sum. */
function paintParts(context, parts, out, { look, tokens, n_heads, d_model, query, spot }) {
  const width = cellWidth(d_model);
  const limit = Math.max(largest(parts), largest(out));
  const x = (feature) => NAMES + feature * width;
  for (const [head, { y, height }] of partRows(n_heads).entries()) {
    const [source, first] = head < n_heads ? [parts, head * tokens.length + query] : [out, query];
    const values = source.subarray(first * d_model, (first + 1) * d_model);
    paintStrip(context, values, { x, y, width, height, limit, look });
    paintName(context, head < n_heads ? `head ${head}` : "out", y + height / 2, look, height);
    if (spot?.head !== head) continue;
    Object.assign(context, { strokeStyle: look.mark, lineWidth: 2 });
    context.strokeRect(NAMES - 1, y, d_model * width + 1, height);
  }
}
