// ClockView: one clock above each pair of columns, and the table of all codes below, with the two positions marked.

const COLUMN = 48; // pixels
const ROW = 5;
const LABELS = 40; // left of the table
const RADIUS = 40;

/** The code of a position: a row of the table. */
export const codeOf = (table, d_model, place) => Array.from(table.slice(place * d_model, (place + 1) * d_model));

/** Where the hand of clock `pair` ends, y downwards: the first number of the pair points right, the second up. */
export function handEnd(code, pair, radius) {
  return { x: radius * code[2 * pair], y: -radius * code[2 * pair + 1] };
}

/** What the two hands say, in words. */
export function describeClocks(table, d_model, position, distance) {
  const [a, b] = [position, position + distance].map((place) => codeOf(table, d_model, place));
  return `Positions ${position} and ${position + distance}: the dot product of their codes is ${fixed(dot(a, b))}.`;
}

class Clocks {
  constructor(model, root, signal) {
    Object.assign(this, { model, table: floats(model.get("table_bytes")), d_model: model.get("d_model") });
    this.size = { width: this.d_model * COLUMN, height: model.get("length") * ROW };
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.marks = svgElement("svg", { class: "clock-marks", "aria-hidden": "true" });
    this.status = statusLine();
    const stage = element("div", { class: "clock-stage" }, this.canvas, this.marks);
    const names = { position: "position", distance: "distance to the second" };
    root.append(positionSliders(model, names), this.faces(), stage, this.status);
    stage.addEventListener("click", (event) => this.pick(event));
    model.on("change:position change:distance", onceAFrame(() => this.point()));
    onThemeChange(() => this.drawTable(), signal);
    this.drawTable();
    this.point();
  }

  /** The row of clocks. */
  faces() {
    const [width, height] = [LABELS + this.size.width, 2 * RADIUS + 34];
    const drawing = svgElement("svg", { class: "clock-faces", width, height, "aria-hidden": "true" });
    this.clocks = Array.from({ length: this.d_model / 2 }, (_, pair) => {
      const centre = { x: LABELS + (2 * pair + 1) * COLUMN, y: RADIUS + 2 };
      const hands = [arrow("clock-second"), arrow("clock-first")];
      const number = (side) => svgElement("text", { x: centre.x + (side * COLUMN) / 2, y: 2 * RADIUS + 18 });
      const numbers = [-1, 1].map(number);
      const face = svgElement("circle", { cx: centre.x, cy: centre.y, r: RADIUS });
      drawing.append(face, ...hands.map((hand) => hand.node), ...numbers);
      return { centre, hands, numbers };
    });
    return drawing;
  }

  drawTable() {
    const { width, height } = this.size;
    const context = sizeCanvas(this.canvas, LABELS + width, height + 20);
    context.fillStyle = getComputedStyle(this.status).color;
    context.font = "11px sans-serif";
    context.textAlign = "right";
    for (let row = 0; row < height / ROW; row += 8) context.fillText(row, LABELS - 6, row * ROW + 8);
    context.textAlign = "center";
    for (let column = 0; column < this.d_model; column++)
      context.fillText(`${column % 2 ? "cos" : "sin"} · ${column}`, LABELS + (column + 0.5) * COLUMN, height + 14);
    this.table.forEach((value, i) => {
      context.fillStyle = css(signedColour(value, 1));
      context.fillRect(LABELS + (i % this.d_model) * COLUMN, Math.floor(i / this.d_model) * ROW, COLUMN, ROW);
    });
    this.marks.setAttribute("width", LABELS + width);
    this.marks.setAttribute("height", height);
  }

  point() {
    const [position, distance] = [this.model.get("position"), this.model.get("distance")];
    const codes = [position + distance, position].map((place) => codeOf(this.table, this.d_model, place));
    this.clocks.forEach(({ centre: { x, y }, hands, numbers }, pair) => {
      hands.forEach((hand, which) => {
        const end = handEnd(codes[which], pair, RADIUS - 3);
        hand.place(x, y, x + end.x, y + end.y);
      });
      numbers.forEach((text, which) => { text.textContent = fixed(codes[1][2 * pair + which]); });
    });
    const frames = [["clock-second", position + distance], ["clock-first", position]].map(([kind, row]) =>
      svgElement("rect", { class: kind, x: LABELS - 1, y: row * ROW, width: this.size.width, height: ROW }));
    this.marks.replaceChildren(...frames);
    this.status.textContent = describeClocks(this.table, this.d_model, position, distance);
  }

  /** A click on the table chooses the position, as far as the slider goes. */
  pick(event) {
    const row = Math.floor((event.clientY - this.canvas.getBoundingClientRect().top) / ROW);
    this.model.set("position", Math.max(0, Math.min(Math.floor(this.model.get("length") / 2) - 1, row)));
    this.model.save_changes();
  }
}

function render({ model, el, signal }) {
  const root = element("div", { class: "course-widget clock-view" });
  el.append(root);
  new Clocks(model, root, signal);
}

export default { render };
