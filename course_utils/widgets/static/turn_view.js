// @ts-check
// TurnView: the plane of one pair of features, with q and k before and after the turn, and the score by distance.
import { choice, controls, element, keepKeys, put, svgElement } from "./elements.js";
import { clamp, dot, fixed, floats } from "./numbers.js";
import { followHandle } from "./pointing.js";
import { View, widget } from "./shared.js";
import { arrow, positionSliders } from "./two_positions.js";

const SIDE = 320; // of the plane in its own units; the page shows it larger or smaller
const UNIT = 72; // of the number 1
const CHART = { width: 420, height: 190, left: 34, right: 12, below: 40, above: 30 };
const STEP = { small: 0.1, large: 0.5 }; // one arrow key, and one with shift

/** The place of a point of the plane in the picture: 1 to the right is UNIT to the right, 1 up is UNIT up. */
export const toPixels = ([x, y]) => [SIDE / 2 + x * UNIT, SIDE / 2 - y * UNIT];

/** The point of the plane at a place of the picture, in steps of 0.05 and inside its limits. */
export function toPlane(left, top, [low, high] = [-2, 2]) {
  const near = (x) => clamp(Math.round(x * 20) / 20, low, high);
  return [near((left - SIDE / 2) / UNIT), near((SIDE / 2 - top) / UNIT)];
}

/** Row `place` of a (length, 2) table. */
const rowOf = (table, place) => [table[2 * place], table[2 * place + 1]];

/** The score of k at `position` with q at each distance from 0 to half the length. */
export function scoresByDistance(q, k, position) {
  const half = Math.floor(q.length / 4);
  return Array.from({ length: half }, (_, distance) => dot(rowOf(q, position + distance), rowOf(k, position)));
}

const label = (x, y, words, kind, anchor) => svgElement("text", { x, y, class: kind, "text-anchor": anchor }, words);

class Turn extends View {
  constructor(props) {
    super(props, "turn-view");
    this.sliders = positionSliders(this, { position: "position of k", distance: "distance from k to q" });
    const pairs = Array.from({ length: this.get("n_pairs") }, (_, pair) => pair);
    this.pairs = choice("pair of features", pairs, (pair) => this.set({ pair }), { name: (pair) => ({ "aria-label": `pair ${pair}` }) });
    this.follow(["q", "k", "pair", "position", "distance"]);
    const legend = element("div", { class: "course-caption" }, "dotted: before the turn, to be dragged · solid: turned by its position");
    const pictures = element("div", { class: "turn-pictures" }, this.plane(), this.chart());
    this.mount(controls(...this.sliders.nodes, this.pairs.node), pictures, legend);
  }

  plane() {
    const middle = SIDE / 2;
    const axis = (tag, where) => svgElement(tag, { class: "turn-axis", ...where });
    this.svg = svgElement("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, "aria-hidden": "true" },
      axis("line", { x1: 0, y1: middle, x2: SIDE, y2: middle }), axis("line", { x1: middle, y1: 0, x2: middle, y2: SIDE }),
      axis("circle", { cx: middle, cy: middle, r: UNIT }),
      label(middle + UNIT + 3, middle + 14, "1", "turn-tick", "start"), label(middle + 4, middle - UNIT - 4, "1", "turn-tick", "start"));
    const plane = element("div", { class: "turn-plane", role: "group", "aria-label": "q and k in the plane of this pair" }, this.svg);
    this.arrows = {};
    for (const name of ["k", "q"]) {
      const parts = { start: arrow(`turn-start turn-${name}`), turned: arrow(`turn-${name}`), handle: this.handle(name) };
      const word = svgElement("text", { class: `turn-${name}` }, name);
      this.svg.append(parts.start.node, parts.turned.node, word);
      plane.append(parts.handle);
      this.arrows[name] = { ...parts, word };
    }
    return plane;
  }

  /** The end of the arrow before the turn: drag it, or move it with the arrow keys. */
  handle(name) {
    const limits = this.get("limits")[name];
    const node = keepKeys(element("div", {
      class: `course-handle turn-${name}`, tabindex: 0, role: "application", "aria-roledescription": "arrow in the plane",
    }));
    followHandle(node, this.svg, {
      to: (x, y) => this.set({ [name]: toPlane(x * SIDE, y * SIDE, limits) }),
      by: (dx, dy, isLarge) => {
        const step = isLarge ? STEP.large : STEP.small;
        const [x, y] = this.get(name);
        this.set({ [name]: toPlane(...toPixels([x + dx * step, y + dy * step]), limits) });
      },
    });
    return node;
  }

  chart() {
    const { width, height, left, above, below } = CHART;
    this.curve = svgElement("polyline", { class: "turn-curve" });
    this.dot = svgElement("circle", { class: "turn-dot", r: 5 });
    this.ticks = svgElement("g");
    this.axis = svgElement("line", { class: "turn-axis", x1: left, x2: width });
    const titles = [label(left, -12, "score, by distance from k to q", "", "start"), label(width, height + 32, "distance", "", "end")];
    const viewBox = `0 ${-above} ${width} ${height + above + below}`;
    return svgElement("svg", { class: "turn-chart", viewBox, "aria-hidden": "true" }, this.axis, this.ticks, this.curve, this.dot, ...titles);
  }

  // ---------- what is seen ----------

  draw() {
    const result = this.get("result");
    const [q, k] = [floats(result.q), floats(result.k)];
    const [position, distance] = [this.get("position"), this.get("distance")];
    this.sliders.set();
    this.pairs.set(this.get("pair"));
    this.place("q", rowOf(q, position + distance));
    this.place("k", rowOf(k, position));
    const scores = scoresByDistance(q, k, position);
    this.drawChart(scores, distance);
    this.say(`k at position ${position}, q at position ${position + distance}: the score is ${fixed(scores[distance])}.`);
  }

  /** Draws an arrow from the middle to where it starts (dotted) and to where the turn has taken it. */
  place(name, end) {
    const { start, turned, handle, word } = this.arrows[name];
    const [x, y] = toPixels(this.get(name));
    const [turnedX, turnedY] = toPixels(end);
    start.place(SIDE / 2, SIDE / 2, x, y);
    turned.place(SIDE / 2, SIDE / 2, turnedX, turnedY);
    Object.assign(handle.style, { left: `${(100 * x) / SIDE}%`, top: `${(100 * y) / SIDE}%` });
    const before = this.get(name).map((number) => fixed(number)).join(", ");
    handle.setAttribute("aria-label", `${name} before the turn: ${before}; arrow keys move it`);
    put(word, { x: turnedX + 8, y: turnedY - 8 });
  }

  drawChart(scores, distance) {
    const { width, height, left, right } = CHART;
    const limit = Math.max(...scores.map(Math.abs), 0.1);
    const last = scores.length - 1;
    const x = (i) => left + (i * (width - left - right)) / last;
    const y = (score) => height / 2 - (score / limit) * (height / 2 - 8);
    put(this.curve, { points: scores.map((score, i) => `${x(i)},${y(score)}`).join(" ") });
    put(this.axis, { y1: y(0), y2: y(0) });
    put(this.dot, { cx: x(distance), cy: y(scores[distance]) });
    const beside = [limit, 0, -limit].map((score) => label(left - 5, y(score) + 4, fixed(score, 1), "turn-tick", "end"));
    const below = [0, Math.round(last / 2), last].map((i) => label(x(i), height + 16, String(i), "turn-tick", "middle"));
    this.ticks.replaceChildren(...beside, ...below);
  }
}

export default widget(Turn);
