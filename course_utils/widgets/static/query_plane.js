// QueryPlane: keys as arrows, a query that can be pulled about, and what the look-up then gives.

const TITLE = "plane of keys; the query can be moved";
const HINT = "Drag the arrow q, or press the arrow keys on its tip (shift: larger steps). Choose a word to see its sum.";
const REDRAWN_BY = ["query", "key_vectors", "value_vectors", "temperature", "selected", "answer", "problem"];
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const GRIP = 14; // pixels round a key's tip within which it is taken hold of
const STEPS_PER_LINE = 10; // arrow keys: a tenth of a grid line

class QueryPlaneView {
  constructor(model, root, signal) {
    Object.assign(this, { model, root });
    this.redraw = onceAFrame(() => this.draw());
    this.build();
    model.on("change:words change:movable_keys", () => this.build());
    model.on(REDRAWN_BY.map((name) => `change:${name}`).join(" "), this.redraw);
    onThemeChange(this.redraw, signal);
  }

  get q() { return this.model.get("query"); }
  get K() { return this.model.get("key_vectors"); }
  get words() { return this.model.get("words"); }
  get valuesAreKeys() { return this.model.get("value_vectors").length === 0; }
  get V() { return this.valuesAreKeys ? this.K : this.model.get("value_vectors"); }
  get numbersOnly() { return this.V[0].length === 1; }

  set(changes) {
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.model.save_changes();
  }

  // ---------- building ----------

  build() {
    const viewBox = `0 0 ${SIZE} ${SIZE}`;
    this.svg = svgElement("svg", { class: "plane", viewBox, role: "group", "aria-label": TITLE });
    this.svg.addEventListener("pointerdown", (event) => this.grab(event));
    const keys = this.model.get("movable_keys") ? this.words.map((word, n) => this.handle(n, `key ${word}`)) : [];
    this.handles = [...keys, this.handle(-1, "query")];
    this.numberLine = svgElement("svg", { class: "plane-line", "aria-hidden": "true" });
    this.sums = element("div", { class: "plane-sums" });
    this.status = statusLine();
    const hint = element("p", { class: "plane-hint" }, HINT);
    const side = element("div", { class: "plane-side" }, this.table(), this.numberLine, this.sums, hint);
    this.root.replaceChildren(this.controls(), element("div", { class: "plane-body" }, this.svg, side), this.status);
    this.drawing = null;
    this.draw();
  }

  controls() {
    const options = { min: -1, max: 1, step: 0.01, value: 0, show: (x) => (10 ** x).toFixed(2) };
    this.temperature = slider("temperature", options, (x) => this.set({ temperature: Number((10 ** x).toFixed(3)) }));
    const reset = button("reset", () => this.set(this.model.get("first")));
    return element("div", { class: "course-controls" }, this.temperature.node, reset);
  }

  table() {
    const names = ["key", "q · k", "weight", ...(this.valuesAreKeys ? [] : ["value"])];
    const head = element("tr", {}, ...names.map((text) => element("th", { scope: "col" }, text)));
    this.rows = this.words.map((word, n) => this.row(word, n));
    const body = element("tbody", {}, ...this.rows.map((row) => row.node));
    return element("table", { class: "plane-table" }, element("thead", {}, head), body);
  }

  row(word, n) {
    const choose = button(word, () => this.set({ selected: n }), { class: "plane-choose", title: word });
    const [score, bar, weight] = [element("td"), element("span", { class: "plane-bar" }), element("span")];
    const track = element("span", { class: "plane-track", "aria-hidden": "true" }, bar);
    const value = element("td");
    const node = element("tr", {}, element("th", { scope: "row" }, choose), score, element("td", {}, track, weight));
    if (!this.valuesAreKeys) node.append(value);
    return { node, choose, score, bar, weight, value };
  }

  /** What is pulled at the tip of an arrow: of key n, or of the query where n is −1. */
  handle(n, name) {
    const node = keepKeys(svgElement("circle", {
      r: n < 0 ? 9 : 7, class: n < 0 ? "plane-handle" : "plane-handle of-key", tabindex: 0,
      role: "application", "aria-roledescription": "arrow in the plane",
    }));
    node.addEventListener("keydown", (event) => this.step(event, n));
    return { n, name, node };
  }

  // ---------- moving ----------

  tip(n) { return n < 0 ? this.q : this.K[n]; }

  /** Puts the tip of an arrow at a place. */
  move(n, from, by) {
    const place = moved(from, by, this.drawing.limit);
    if (n < 0) return this.set({ query: place });
    this.set({ key_vectors: this.K.map((key, row) => (row === n ? place : key)) });
  }

  step(event, n) {
    const direction = DIRECTIONS[event.key];
    if (!direction) return;
    event.preventDefault();
    const size = this.drawing.line / (event.shiftKey ? 1 : STEPS_PER_LINE);
    this.move(n, this.tip(n), direction.map((way) => way * size));
  }

  /** A press takes hold of the nearest key if keys can be moved, else of the query, wherever it is pressed. */
  grab(start) {
    if (start.button !== 0) return;
    const at = this.pixelsOf(start);
    const near = nearest(at, this.handles.map(({ n }) => this.drawing.pixels(this.tip(n))), GRIP);
    const { n, node } = this.handles.at(near); // the query is the last
    const drag = (event) => this.move(n, this.drawing.point(this.pixelsOf(event)), [0, 0]);
    start.preventDefault();
    node.focus();
    this.svg.setPointerCapture(start.pointerId);
    const stop = () => this.svg.removeEventListener("pointermove", drag);
    this.svg.addEventListener("pointermove", drag);
    this.svg.addEventListener("lostpointercapture", stop, { once: true });
    drag(start);
  }

  pixelsOf(event) {
    const box = this.svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top].map((a) => (a * SIZE) / box.width);
  }

  // ---------- drawing ----------

  draw() {
    const { q, K, V, words, model } = this;
    const temperature = model.get("temperature");
    const found = lookUp(q, K, V, temperature);
    found.blend = model.get("answer").blend ?? found.blend;
    this.fitPlane();
    this.drawArrows(found);
    this.rows.forEach((row, n) => this.fillRow(row, n, found));
    if (this.numbersOnly) drawNumberLine(this.numberLine, V.flat(), words, found.weights, found.blend[0]);
    const sums = lookUpSums(model.get("selected"), q, K, words, found, temperature);
    this.sums.replaceChildren(...sums.map((pieces) => element("div", {}, ...pieceNodes(pieces))));
    this.temperature.set(Math.log10(temperature));
    this.say(lookUpSentence(q, words, found));
  }

  /** A larger plane where a point would lie outside; pulling at an arrow never makes it larger. */
  fitPlane() {
    const { query, key_vectors } = this.model.get("first");
    const values = this.numbersOnly || this.valuesAreKeys ? [] : this.V;
    const usual = reach([query, ...key_vectors, ...values]);
    const now = [this.q, ...this.K];
    const limit = now.flat().every((a) => Math.abs(a) <= usual) ? usual : reach(now);
    if (this.drawing?.limit === limit) return;
    this.drawing = new PlaneDrawing(limit);
    this.svg.replaceChildren(this.drawing.node, ...this.handles.map(({ node }) => node));
  }

  drawArrows({ weights, blend }) {
    const { q, K, V, words, drawing } = this;
    const selected = this.model.get("selected");
    drawing.drawKeys(K, words, weights, selected);
    drawing.drawShadow(q, K[selected]);
    drawing.drawQuery(q);
    if (!this.numbersOnly) drawing.drawValues(V, words, blend, this.valuesAreKeys);
    for (const { n, name, node } of this.handles) {
      const [x, y] = drawing.pixels(this.tip(n));
      node.setAttribute("cx", x);
      node.setAttribute("cy", y);
      node.setAttribute("aria-label", `${name} ${pointText(this.tip(n))}; arrow keys move it`);
    }
  }

  fillRow({ node, choose, score, bar, weight, value }, n, { scores, weights }) {
    const isSelected = n === this.model.get("selected");
    node.classList.toggle("selected", isSelected);
    choose.setAttribute("aria-pressed", isSelected);
    score.textContent = short(scores[n]);
    weight.textContent = short(weights[n]);
    value.textContent = pointText(this.V[n]);
    bar.style.width = `${100 * weights[n]}%`;
    bar.style.background = keyColour(weights[n]);
  }

  say(sentence) {
    const problem = this.model.get("problem");
    this.status.classList.toggle("course-problem", Boolean(problem));
    this.status.textContent = problem || `${sentence} ${this.model.get("answer").remark ?? ""}`;
  }
}

function render({ model, el, signal }) {
  const root = element("div", { class: "course-widget query-plane" });
  el.append(root);
  new QueryPlaneView(model, root, signal);
}

export default { render };
