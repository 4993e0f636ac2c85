// @ts-check
// ClockView: one clock above each pair of columns, and the table of all codes below, with the two positions marked.
import { fontOf, sizeCanvas } from "./canvas.js";
import { css, signedColour } from "./colours.js";
import { controls, dataTable, element, put, scroller, svgElement, write } from "./elements.js";
import { clamp, dot, fixed, floats } from "./numbers.js";
import { View, widget } from "./shared.js";
import { arrow, positionSliders } from "./two_positions.js";

const ROW = 7; // pixels of a position in the table
const LABELS = 52; // left of the table: positions, and what points at the two
const RIGHT = 14; // room for what points from the right
const COLUMN = { least: 34, widest: 88, named: 46 }; // named: from this width on a column has its number
const FACE = { largest: 46, gap: 5, texts: 40 }; // radius of a clock; texts: the two hands' numbers below it
const KINDS = ["clock-second", "clock-first"]; // the first hand lies on top

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

const columnName = (column, width = Infinity) => {
  const wave = column % 2 ? "cos" : "sin";
  return width < COLUMN.named ? wave : `${wave} · ${column}`;
};

class Clocks extends View {
  constructor(props) {
    super(props, "clock-view");
    this.table = floats(this.get("table_bytes"));
    this.d_model = this.get("d_model");
    this.length = this.get("length");
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.marks = svgElement("svg", { class: "clock-marks", "aria-hidden": "true" });
    this.faces = svgElement("svg", { class: "clock-faces", "aria-hidden": "true" });
    this.key = element("div", { class: "course-caption" });
    const stage = element("div", { class: "clock-stage" }, this.canvas, this.marks);
    stage.addEventListener("click", (event) => this.pick(event));
    this.sliders = positionSliders(this, { position: "position", distance: "distance to the second" });
    this.follow(["position", "distance"]);
    this.asTable(() => this.numbers());
    this.mount(controls(...this.sliders.nodes), scroller(this.faces, stage), this.key);
  }

  draw() {
    this.column = clamp(Math.floor((this.room - LABELS - RIGHT) / this.d_model), COLUMN.least, COLUMN.widest);
    this.size = { width: this.d_model * this.column, height: this.length * ROW };
    if (this.changed("table", this.column, this.theme)) this.drawTable();
    this.places = [this.get("position") + this.get("distance"), this.get("position")];
    this.sliders.set();
    this.drawFaces();
    this.drawMarks();
    write(this.key, `thin blue hand: position ${this.places[1]} · thick orange hand: position ${this.places[0]}`);
    this.say(describeClocks(this.table, this.d_model, this.get("position"), this.get("distance")));
  }

  drawFaces() {
    const radius = Math.min(this.column - FACE.gap, FACE.largest);
    const centre = (pair) => ({ x: LABELS + (2 * pair + 1) * this.column, y: radius + 2 });
    put(this.faces, { width: LABELS + this.size.width + RIGHT, height: 2 * radius + FACE.texts });
    const clocks = Array.from({ length: this.d_model / 2 }, (_, pair) => this.face(pair, centre(pair), radius));
    this.faces.replaceChildren(...clocks.flat());
  }

  /** A clock with both hands, and below it, for each hand, the two numbers that are the hand. */
  face(pair, { x, y }, radius) {
    const circle = svgElement("circle", { cx: x, cy: y, r: radius });
    const parts = KINDS.flatMap((kind, which) => {
      const code = codeOf(this.table, this.d_model, this.places[which]);
      const end = handEnd(code, pair, radius - 3);
      const hand = arrow(kind);
      hand.place(x, y, x + end.x, y + end.y);
      const below = 2 * radius + (kind === "clock-first" ? 16 : 32);
      const texts = [0, 1].map((side) =>
        svgElement("text", { x: x + (side - 0.5) * this.column, y: below, class: kind, "font-size": this.column < COLUMN.named ? 10 : 12 }, fixed(code[2 * pair + side])));
      return [hand.node, ...texts];
    });
    return [circle, ...parts];
  }

  drawTable() {
    const { width, height } = this.size;
    const context = sizeCanvas(this.canvas, LABELS + width + RIGHT, height + 20);
    Object.assign(context, { fillStyle: this.theme.ink, font: fontOf(this.root, 11), textAlign: "right" });
    for (let row = 0; row < this.length; row += 8) context.fillText(String(row), LABELS - 22, row * ROW + 9);
    context.textAlign = "center";
    for (let column = 0; column < this.d_model; column++)
      context.fillText(columnName(column, this.column), LABELS + (column + 0.5) * this.column, height + 14);
    this.table.forEach((value, i) => {
      context.fillStyle = css(signedColour(value, 1, this.theme));
      const [row, column] = [Math.floor(i / this.d_model), i % this.d_model];
      context.fillRect(LABELS + column * this.column, row * ROW, this.column, ROW);
    });
    put(this.marks, { width: LABELS + width + RIGHT, height });
  }

  /** Each of the two rows in a frame that can be seen on any colour, with a pointer on either side. */
  drawMarks() {
    const [left, right] = [LABELS - 2, LABELS + this.size.width + 2];
    const row = (place, kind) => {
      const [top, middle] = [place * ROW - 1, (place + 0.5) * ROW];
      const box = { x: LABELS - 1, y: top, width: this.size.width + 2, height: ROW + 2 };
      const points = [[left, -14], [right, 12]].map(([x, out]) => `${x},${middle} ${x + out},${middle - 6} ${x + out},${middle + 6}`);
      return [svgElement("rect", { ...box, class: "clock-halo" }), svgElement("rect", { ...box, class: kind }),
        ...points.map((corners) => svgElement("polygon", { points: corners, class: kind }))];
    };
    this.marks.replaceChildren(...KINDS.flatMap((kind, which) => row(this.places[which], kind)));
  }

  /** A click on the table chooses the position, as far as the slider goes. */
  pick({ clientY }) {
    const row = Math.floor((clientY - this.canvas.getBoundingClientRect().top) / ROW);
    this.set({ position: clamp(row, ...this.get("limits").position) });
  }

  numbers() {
    const rows = Array.from({ length: this.length }, (_, row) => String(row));
    const columns = Array.from({ length: this.d_model }, (_, column) => columnName(column));
    return dataTable("the code of each position", rows, columns, (i, j) => fixed(this.table[i * this.d_model + j], 3));
  }
}

export default widget(Clocks);
