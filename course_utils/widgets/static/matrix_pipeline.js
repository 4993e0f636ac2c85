// MatrixPipeline: X and three weight matrices that a person edits; every later matrix follows in the same frame.

const ABOUT = { // what stands beside the name and the shape of each matrix
  X: { formula: "", axes: "length × d_model" },
  W_Q: { formula: "", axes: "d_model × d_k" },
  W_K: { formula: "", axes: "d_model × d_k" },
  W_V: { formula: "", axes: "d_model × d_v" },
  Q: { formula: "= X W_Q", axes: "length × d_k" },
  K: { formula: "= X W_K", axes: "length × d_k" },
  V: { formula: "= X W_V", axes: "length × d_v" },
  scores: { formula: "= Q Kᵀ", axes: "queries × keys" },
  scaled: { formula: "", axes: "queries × keys" }, // follows the tick box
  masked: { formula: ": later = −∞", axes: "queries × keys" },
  weights: { formula: "= softmax(row)", axes: "each row sums to 1" },
  out: { formula: "= weights V", axes: "length × d_v" },
};
const SQUARE = ["scores", "scaled", "masked", "weights"]; // rows and columns are tokens
const HINT = "Drag a number of X or W up or down, or click it and type. "
  + "Click any other number to see the sum that made it.";
const DIRECTIONS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

class PipelineView {
  constructor(model, root, signal) {
    Object.assign(this, { model, root, complaint: "" });
    this.redraw = onceAFrame(() => this.draw());
    this.build();
    model.on("change:tokens", () => this.build());
    model.on("change:inputs change:selected change:causal change:scale change:answer change:problem", this.redraw);
    onThemeChange(this.redraw, signal);
    const sizes = new ResizeObserver(() => this.fit());
    sizes.observe(root);
    signal?.addEventListener("abort", () => sizes.disconnect());
  }

  get settings() {
    return Object.fromEntries(["tokens", "causal", "scale"].map((name) => [name, this.model.get(name)]));
  }

  set(changes) {
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.model.save_changes();
  }

  // ---------- building ----------

  build() {
    const { tokens } = this.settings;
    const values = pipelineStages(this.model.get("inputs"), this.settings);
    this.grids = {};
    for (const name of [...INPUTS, ...RESULTS]) this.grids[name] = this.grid(name, values[name], tokens);
    this.status = statusLine();
    this.notice = statusLine();
    this.root.replaceChildren(this.controls(), this.projections(), this.attention(), this.status, this.notice);
    this.draw();
    this.fit();
  }

  controls() {
    this.causal = tickBox("causal mask", false, (on) => this.set({ causal: on }));
    this.scale = tickBox("÷ √d_k", false, (on) => this.set({ scale: on }));
    this.scale.node.lastChild.replaceWith(element("span", {}, ...formula("÷ √d_k")));
    const reset = button("reset", () => {
      this.complaint = "";
      this.set(this.model.get("first"));
    });
    return element("div", { class: "course-controls" }, this.scale.node, this.causal.node, reset);
  }

  /** X to the left of Q, K and V, and the matrix that makes each of them above it: rows and columns line up. */
  projections() {
    const nodes = (...names) => names.map((name) => this.grids[name].node);
    this.top = element("div", { class: "pipeline-projections" }, element("p", { class: "pipeline-hint" }, HINT),
      ...nodes("W_Q", "W_K", "W_V", "X"), this.arrow(), ...nodes("Q", "K", "V"));
    return this.top;
  }

  attention() {
    const { scores, scaled, masked, weights, out } = this.grids;
    this.maskArrow = this.arrow();
    const lineBreak = element("span", { class: "pipeline-break" }); // of use only where it is narrow
    this.stages = element("div", { class: "pipeline-stages" }, scores.node, this.arrow(), scaled.node, this.maskArrow,
      masked.node, this.arrow(), lineBreak, weights.node, this.arrow(), out.node);
    return this.stages;
  }

  arrow() { return element("span", { class: "pipeline-arrow", "aria-hidden": "true" }, "→"); }

  grid(name, values, tokens) {
    const count = (list) => list.map((_, n) => String(n));
    const rows = name.startsWith("W_") ? count(values) : tokens;
    const columns = SQUARE.includes(name) ? tokens : count(values[0]);
    const compute = this.model.get("compute_name");
    const about = compute && name === "weights" ? { ...ABOUT.weights, formula: `, from ${compute}` } : ABOUT[name];
    const makeCell = INPUTS.includes(name)
      ? (i, j) => this.inputCell(name, i, j, `${name}, row ${rows[i]}, column ${j}`)
      : (i, j) => this.resultCell(name, i, j);
    return new MatrixGrid(name, rows, columns, about, makeCell);
  }

  inputCell(name, i, j, label) {
    const cell = numberCell(label, {
      change: (value) => this.edit(name, i, j, value),
      problem: (why) => this.complain(why),
      leave: (rows) => this.grids[name].focus(i + rows, j) || cell.box.blur(),
    });
    return { node: cell.box, show: cell.show };
  }

  resultCell(name, i, j) {
    const tabindex = i || j ? -1 : 0; // one stop for Tab; arrow keys reach the rest
    const node = keepKeys(element("button", { type: "button", tabindex, class: "matrix-result" }));
    node.addEventListener("click", () => this.set({ selected: [name, i, j] }));
    node.addEventListener("keydown", (event) => this.walk(event, name, i, j));
    return { node, show: (value) => { node.textContent = short(value); } };
  }

  // ---------- acting ----------

  edit(name, i, j, value) {
    const inputs = { ...this.model.get("inputs") };
    inputs[name] = inputs[name].map((row, r) => row.map((old, c) => (r === i && c === j ? value : old)));
    this.set({ inputs });
  }

  /** Arrow keys go from result to result inside one matrix, and show its sum. */
  walk(event, name, i, j) {
    const direction = DIRECTIONS[event.key];
    if (!direction) return;
    event.preventDefault();
    const [row, column] = [i + direction[0], j + direction[1]];
    if (this.grids[name].focus(row, column)) this.set({ selected: [name, row, column] });
  }

  complain(why) {
    this.complaint = why;
    this.drawNotice();
  }

  // ---------- drawing ----------

  draw() {
    this.values = { ...pipelineStages(this.model.get("inputs"), this.settings), ...this.answer() };
    for (const [name, grid] of Object.entries(this.grids)) grid.paint(this.values[name]);
    this.drawControls();
    this.drawSum();
    this.drawNotice();
  }

  /** What the compute function in Python gave for weights and out, once it has. */
  answer() {
    const { weights, out } = this.model.get("answer");
    return out ? { weights, out } : {};
  }

  drawControls() {
    const { causal, scale } = this.settings;
    const d_k = this.grids.Q.cells[0].length;
    this.causal.input.checked = causal;
    this.scale.input.checked = scale;
    this.grids.scaled.formula.replaceChildren(scale ? `= scores ÷ √${d_k}` : "= scores");
    if (this.maskArrow.hidden === !causal) return;
    this.maskArrow.hidden = this.grids.masked.node.hidden = !causal;
    this.fit();
  }

  drawSum() {
    const [name, i, j] = this.model.get("selected");
    const pieces = sumPieces(name, i, j, this.values, this.settings);
    this.grids[name].mark(i, j, "selected");
    for (const source of sourcesOf(name, i, j, this.settings.causal))
      this.grids[source.name].mark(source.row, source.col, `source-${source.role}`);
    this.status.replaceChildren(...pieceNodes(pieces));
  }

  drawNotice() {
    const problem = this.complaint || this.model.get("problem");
    this.notice.classList.toggle("course-problem", Boolean(problem));
    this.notice.textContent = problem || this.model.get("answer").remark || "";
  }

  /** Where the grids do not fit side by side, cells are smaller, and weights and out go below. */
  fit() {
    this.root.classList.remove("narrow");
    const tooWide = [this.top, this.stages].some((part) => part.scrollWidth > part.clientWidth);
    this.root.classList.toggle("narrow", tooWide);
  }
}

function render({ model, el, signal }) {
  const root = element("div", { class: "course-widget pipeline" });
  el.append(root);
  new PipelineView(model, root, signal);
}

export default { render };
