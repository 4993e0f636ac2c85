// @ts-check
// QueryPlane: keys as arrows, a query that can be pulled about, and what the look-up then gives.
import { button, controls, element, keepKeys, logSlider, svgElement, write } from "./elements.js";
import { pieceNodes } from "./matrix_maths.js";
import { short } from "./numbers.js";
import { followHandle } from "./pointing.js";
import { drawNumberLine, keyColour, PlaneDrawing, SIZE } from "./query_drawing.js";
import { lookUp, lookUpSentence, lookUpSums, moved, nearest, pointText, reach } from "./query_maths.js";
import { View, widget } from "./shared.js";

const TITLE = "plane of keys; the query can be moved";
const HINT = "Drag the arrow q, or press the arrow keys on its tip (shift: larger steps). Choose a word to see its sum.";
const GRIP = 14; // pixels round a key's tip within which it is taken hold of
const STEPS_PER_LINE = 10; // arrow keys: a tenth of a grid line

class QueryPlaneView extends View {
  constructor(props) {
    super(props, "query-plane");
    this.body = element("div", { class: "plane-body" });
    this.follow(["q_vector", "key_vectors", "value_vectors", "temperature", "selected"]);
    this.follow(["tokens", "movable_keys"], () => {
      this.build();
      this.redraw();
    });
    this.build();
    this.mount(this.controls(), this.body);
  }

  get q() { return this.get("q_vector"); }
  get K() { return this.get("key_vectors"); }
  get tokens() { return this.get("tokens"); }
  get valuesAreKeys() { return this.get("value_vectors").length === 0; }
  get V() { return this.valuesAreKeys ? this.K : this.get("value_vectors"); }
  get numbersOnly() { return this.V[0].length === 1; }

  // ---------- building ----------

  build() {
    this.drawing = null;
    this.svg = svgElement("svg", { viewBox: `0 0 ${SIZE} ${SIZE}`, "aria-hidden": "true" });
    this.plane = element("div", { class: "plane", role: "group", "aria-label": TITLE }, this.svg);
    const keys = this.get("movable_keys") ? this.tokens.map((token, n) => this.handle(n, `key ${token}`)) : [];
    this.handles = [...keys, this.handle(-1, "query")];
    this.plane.append(...this.handles.map(({ node }) => node));
    this.svg.addEventListener("pointerdown", (event) => event.pointerType === "mouse" && this.grab(event));
    this.svg.addEventListener("click", (event) => this.grab(event, true)); // a finger may scroll the page; a tap does not
    this.numberLine = svgElement("svg", { class: "plane-line", "aria-hidden": "true" });
    this.sums = element("div", { class: "plane-sums" });
    const hint = element("p", { class: "course-caption" }, HINT);
    const side = element("div", { class: "plane-side" }, this.table(), this.numberLine, this.sums, hint);
    this.body.replaceChildren(this.plane, side);
  }

  controls() {
    const set = (temperature) => this.set({ temperature });
    this.temperature = logSlider("temperature", this.get("limits").temperature, this.get("temperature"), set);
    return controls(this.temperature.node, button("reset", () => this.set(this.get("first"))));
  }

  table() {
    const names = ["key", "q · k", "weight", ...(this.valuesAreKeys ? [] : ["value"])];
    const head = element("tr", {}, ...names.map((text) => element("th", { scope: "col" }, text)));
    this.rows = this.tokens.map((token, n) => this.row(token, n));
    const body = element("tbody", {}, ...this.rows.map((row) => row.node));
    return element("table", { class: "plane-table" }, element("thead", {}, head), body);
  }

  row(token, n) {
    const choose = button(token, () => this.set({ selected: n }), { class: "plane-choose", title: token });
    const [score, bar, weight] = [element("td"), element("span", { class: "plane-bar" }), element("span")];
    const track = element("span", { class: "plane-track", "aria-hidden": "true" }, bar);
    const value = element("td");
    const node = element("tr", {}, element("th", { scope: "row" }, choose), score, element("td", {}, track, weight));
    if (!this.valuesAreKeys) node.append(value);
    return { node, choose, score, bar, weight, value };
  }

  /** What is pulled at the tip of an arrow: of key n, or of the query where n is −1. */
  handle(n, name) {
    const node = keepKeys(element("div", {
      class: n < 0 ? "course-handle of-query" : "course-handle of-key", tabindex: 0,
      role: "application", "aria-roledescription": "arrow in the plane",
    }));
    const { grab } = followHandle(node, this.svg, {
      to: (x, y) => this.move(n, this.drawing.point([x * SIZE, y * SIZE]), [0, 0]),
      by: (dx, dy, isLarge) => {
        const size = this.drawing.line / (isLarge ? 1 : STEPS_PER_LINE);
        this.move(n, this.tip(n), [dx * size, dy * size]);
      },
    });
    return { n, name, node, grab };
  }

  // ---------- moving ----------

  tip(n) { return n < 0 ? this.q : this.K[n]; }

  /** Puts the tip of an arrow at a place. */
  move(n, from, by) {
    const place = moved(from, by, this.drawing.limit);
    if (n < 0) return this.set({ q_vector: place });
    this.set({ key_vectors: this.K.map((key, row) => (row === n ? place : key)) });
  }

  /** A press takes hold of the nearest key if keys can be moved, else of the query, wherever it is pressed; a tap only puts it there. */
  grab(event, onlyPut = false) {
    const { left, top, width } = this.svg.getBoundingClientRect();
    const at = [event.clientX - left, event.clientY - top].map((a) => (a * SIZE) / width);
    const near = nearest(at, this.handles.map(({ n }) => this.drawing.pixels(this.tip(n))), GRIP);
    const chosen = this.handles[near < 0 ? this.handles.length - 1 : near]; // the query is the last
    if (onlyPut) this.move(chosen.n, this.drawing.point(at), [0, 0]);
    else chosen.grab(event);
  }

  // ---------- drawing ----------

  draw() {
    const { q, K, V, tokens } = this;
    const [temperature, { blend }] = [this.get("temperature"), this.get("result")];
    const found = lookUp(q, K, V, temperature);
    if (blend) found.blend = this.late ? undefined : blend; // Python's, and not of another query
    this.fitPlane();
    this.drawArrows(found);
    this.rows.forEach((row, n) => this.fillRow(row, n, found));
    if (this.numbersOnly) drawNumberLine(this.numberLine, V.flat(), tokens, found.weights, found.blend?.[0]);
    const sums = lookUpSums(this.get("selected"), q, K, tokens, found, temperature);
    this.sums.replaceChildren(...sums.map((pieces) => element("div", {}, ...pieceNodes(pieces))));
    this.temperature.set(temperature);
    this.say(lookUpSentence(q, tokens, found));
  }

  /** A larger plane where a point would lie outside; pulling at an arrow never makes it larger. */
  fitPlane() {
    const { q_vector, key_vectors } = this.get("first");
    const values = this.numbersOnly || this.valuesAreKeys ? [] : this.V;
    const usual = reach([q_vector, ...key_vectors, ...values]);
    const now = [this.q, ...this.K];
    const limit = now.flat().every((a) => Math.abs(a) <= usual) ? usual : reach(now);
    if (this.drawing?.limit === limit) return;
    this.drawing = new PlaneDrawing(limit);
    this.svg.replaceChildren(this.drawing.node);
  }

  drawArrows({ weights, blend }) {
    const { q, K, V, tokens, drawing } = this;
    const selected = this.get("selected");
    drawing.drawKeys(K, tokens, weights, selected, this.theme);
    drawing.drawShadow(q, K[selected]);
    drawing.drawQuery(q);
    if (!this.numbersOnly) drawing.drawValues(V, tokens, blend, this.valuesAreKeys);
    for (const { n, name, node } of this.handles) {
      const [x, y] = drawing.pixels(this.tip(n));
      Object.assign(node.style, { left: `${(100 * x) / SIZE}%`, top: `${(100 * y) / SIZE}%` });
      node.setAttribute("aria-label", `${name} ${pointText(this.tip(n))}; arrow keys move it`);
    }
  }

  fillRow({ node, choose, score, bar, weight, value }, n, { scores, weights }) {
    const isSelected = n === this.get("selected");
    node.classList.toggle("selected", isSelected);
    choose.setAttribute("aria-pressed", String(isSelected));
    write(score, short(scores[n]));
    write(weight, short(weights[n]));
    write(value, pointText(this.V[n]));
    bar.style.width = `${100 * weights[n]}%`;
    bar.style.background = keyColour(weights[n], this.theme);
  }

  excuse() {
    const name = this.get("compute_name");
    return `Python has not answered, so the blend that ${name} makes of this query is not known. ` +
      "If no kernel is running, run this cell again.";
  }
}

export default widget(QueryPlaneView);
