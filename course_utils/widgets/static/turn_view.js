// TurnView: the plane of one pair of features, with q and k before and after the turn, and the score by distance.

const SIDE = 320; // pixels of the plane
const UNIT = 72; // pixels of the number 1
const CHART = { width: 260, height: 150, left: 30 };
const STEP = 0.1; // one arrow key
const LARGEST_NUMBER = 2;

/** Pixels of a point of the plane: 1 to the right is UNIT to the right, 1 up is UNIT up. */
export const toPixels = ([x, y]) => [SIDE / 2 + x * UNIT, SIDE / 2 - y * UNIT];

/** The point of the plane under these pixels, in steps of 0.05 and not beyond its edge. */
export function toPlane(left, top) {
  const near = (x) => Math.max(-LARGEST_NUMBER, Math.min(LARGEST_NUMBER, Math.round(x * 20) / 20));
  return [near((left - SIDE / 2) / UNIT), near((SIDE / 2 - top) / UNIT)];
}

/** Row `place` of a (length, 2) table. */
export const rowOf = (table, place) => [table[2 * place], table[2 * place + 1]];

/** The score of k at `position` with q at each distance from 0 to half the length. */
export function scoresByDistance(q, k, position) {
  const half = Math.floor(q.length / 4);
  return Array.from({ length: half }, (_, distance) => dot(rowOf(q, position + distance), rowOf(k, position)));
}

class Plane {
  constructor(model, root) {
    this.model = model;
    this.status = statusLine();
    const names = { position: "position of k", distance: "distance from k to q" };
    const pictures = element("div", { class: "turn-pictures" }, this.plane(), this.chart());
    root.append(positionSliders(model, names), this.pairButtons(), pictures, this.status);
    const changes = ["result", "q", "k", "pair", "position", "distance", "problem"].map((name) => `change:${name}`);
    model.on(changes.join(" "), onceAFrame(() => this.draw()));
    this.draw();
  }

  set(name, value) {
    this.model.set(name, value);
    this.model.save_changes();
  }

  pairButtons() {
    const one = (_, pair) => button(pair, () => this.set("pair", pair), { "aria-label": `pair ${pair}` });
    this.pairs = Array.from({ length: this.model.get("n_pairs") }, one);
    const group = { class: "course-controls", role: "group", "aria-label": "pair of features" };
    return element("div", group, "pair of features", ...this.pairs);
  }

  plane() {
    const middle = SIDE / 2;
    const axis = (tag, where) => svgElement(tag, { class: "turn-axis", ...where });
    this.svg = svgElement("svg", { class: "turn-plane", width: SIDE, height: SIDE });
    this.svg.append(axis("line", { x1: 0, y1: middle, x2: SIDE, y2: middle }),
      axis("line", { x1: middle, y1: 0, x2: middle, y2: SIDE }), axis("circle", { cx: middle, cy: middle, r: UNIT }));
    this.arrows = {};
    for (const name of ["k", "q"]) {
      const parts = { start: arrow(`turn-start turn-${name}`), turned: arrow(`turn-${name}`), grip: this.grip(name) };
      const label = svgElement("text", { class: `turn-${name}` }, name);
      this.svg.append(parts.start.node, parts.turned.node, label, parts.grip);
      this.arrows[name] = { ...parts, label };
    }
    return this.svg;
  }

  /** The end of the arrow before the turn: drag it, or move it with the arrow keys. */
  grip(name) {
    const traits = { class: `turn-grip turn-${name}`, r: 8, tabindex: 0, role: "application" };
    const grip = keepKeys(svgElement("circle", traits));
    grip.addEventListener("keydown", (event) => this.key(name, event));
    grip.addEventListener("pointerdown", (event) => {
      grip.setPointerCapture(event.pointerId);
      event.preventDefault();
      grip.focus();
    });
    grip.addEventListener("pointermove", (event) => {
      if (!grip.hasPointerCapture(event.pointerId)) return;
      const { left, top } = this.svg.getBoundingClientRect();
      this.set(name, toPlane(event.clientX - left, event.clientY - top));
    });
    return grip;
  }

  key(name, event) {
    const by = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key];
    if (!by) return;
    event.preventDefault();
    this.set(name, toPlane(...toPixels(this.model.get(name).map((x, i) => x + by[i]))));
  }

  chart() {
    const { width, height, left } = CHART;
    this.curve = svgElement("polyline", { class: "turn-curve" });
    this.dot = svgElement("circle", { class: "turn-dot", r: 5 });
    const text = (x, y, words, kind = "") => svgElement("text", { x, y, class: kind }, words);
    this.ticks = [0, 1, 2].map((i) => text(left - 4, 14 + (i * (height - 20)) / 2, "", "turn-tick"));
    const captions = [text(left, -10, "score, by distance from k to q"), text(width + 8, height / 2 + 4, "distance")];
    const axis = svgElement("line", { class: "turn-axis", x1: left, x2: width, y1: height / 2, y2: height / 2 });
    const size = { width: width + 70, height: height + 40, viewBox: `0 -30 ${width + 70} ${height + 40}` };
    const svg = svgElement("svg", { class: "turn-chart", ...size, "aria-hidden": "true" });
    svg.append(axis, this.curve, this.dot, ...this.ticks, ...captions);
    return svg;
  }

  draw() {
    const get = (name) => this.model.get(name);
    const [q, k] = [floats(get("result").q), floats(get("result").k)];
    const [at, distance] = [get("position"), get("distance")];
    this.place("q", rowOf(q, at + distance));
    this.place("k", rowOf(k, at));
    this.pairs.forEach((one, pair) => one.setAttribute("aria-pressed", pair === get("pair")));
    const scores = scoresByDistance(q, k, at);
    this.drawChart(scores, distance);
    this.status.classList.toggle("course-problem", get("problem") !== "");
    const said = `k at position ${at}, q at position ${at + distance}: the score is ${fixed(scores[distance])}.`;
    this.status.textContent = get("problem") || said;
  }

  /** Draws an arrow from the middle to where it starts (dotted) and to where the turn has taken it. */
  place(name, end) {
    const { start, turned, grip, label } = this.arrows[name];
    const [x, y] = toPixels(this.model.get(name));
    const [turnedX, turnedY] = toPixels(end);
    start.place(SIDE / 2, SIDE / 2, x, y);
    turned.place(SIDE / 2, SIDE / 2, turnedX, turnedY);
    const before = this.model.get(name).map((number) => fixed(number)).join(", ");
    put(grip, { cx: x, cy: y, "aria-label": `${name} before the turn: ${before}; arrow keys move it` });
    put(label, { x: turnedX + 8, y: turnedY - 8 });
  }

  drawChart(scores, distance) {
    const { width, height, left } = CHART;
    const limit = Math.max(...scores.map(Math.abs), 0.1);
    const x = (i) => left + (i * (width - left - 8)) / (scores.length - 1);
    const y = (score) => height / 2 - (score / limit) * (height / 2 - 8);
    this.curve.setAttribute("points", scores.map((score, i) => `${x(i)},${y(score)}`).join(" "));
    put(this.dot, { cx: x(distance), cy: y(scores[distance]) });
    this.ticks.forEach((tick, i) => { tick.textContent = fixed(limit * (1 - i), 1); });
  }
}

function render({ model, el }) {
  const root = element("div", { class: "course-widget turn-view" });
  el.append(root);
  new Plane(model, root);
}

export default { render };
