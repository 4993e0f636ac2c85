// How DecodeView's two maps are drawn: every head at one step, and one head at every step, with the same columns.

const NUMBER_FITS = 30; // cell width in pixels from which a number fits in

/** The weights as colours, with the numbers where there is room. */
function paintCells(context, { box, cell, rows, columns }, values, look) {
  drawHeatmap(context, values, rows, columns, box, { dark: look.dark });
  if (cell.width < NUMBER_FITS) return;
  Object.assign(context, { font: look.font.replace("12px", "10px"), textAlign: "center", textBaseline: "middle" });
  values.forEach((value, i) => {
    if (value < 0.005) return; // an empty cell says it better than many 0.00
    context.fillStyle = inkOn(weightColour(value, "page", look.dark));
    const [row, column] = [Math.floor(i / columns), i % columns];
    context.fillText(fixed(value), box.x + (column + 0.5) * cell.width, box.y + (row + 0.5) * cell.height);
  });
}

/** The input's symbols above the columns, and a name beside each row. */
function paintNames(context, { box, cell }, names, source, look) {
  Object.assign(context, { fillStyle: look.text, font: look.font, textAlign: "right", textBaseline: "middle" });
  names.forEach((name, i) => context.fillText(shorten(context, name, box.x - SPACE), box.x - SPACE, box.y + (i + 0.5) * cell.height));
  source.forEach((symbol, i) => {
    const [middle, across] = [box.x + (i + 0.5) * cell.width, context.measureText(symbol).width < cell.width];
    context.textAlign = across ? "center" : "left";
    if (across) context.fillText(symbol, middle, box.y - 9);
    else paintUpwards(context, shorten(context, symbol, box.y - SPACE), middle, box.y - SPACE);
  });
}

/** Lines between the layers: after every `every` rows. */
function paintLayers(context, { box, cell, rows }, every, look) {
  context.fillStyle = look.quiet;
  for (let row = every; row < rows; row += every) context.fillRect(0, box.y + row * cell.height - 0.5, box.x + box.width, 1);
}

/** A whole map: cells, names, a frame, and a mark round one row. */
function paintMap(canvas, place, values, { names, source, marked, every, look }) {
  const context = sizeCanvas(canvas, place.width, place.height);
  const { box, cell } = place;
  paintCells(context, place, values, look);
  paintNames(context, place, names, source, look);
  if (every) paintLayers(context, place, every, look);
  Object.assign(context, { strokeStyle: look.frame, lineWidth: 1 });
  context.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
  Object.assign(context, { strokeStyle: look.mark, lineWidth: 2 });
  context.strokeRect(box.x, box.y + marked * cell.height, box.width, cell.height);
}
