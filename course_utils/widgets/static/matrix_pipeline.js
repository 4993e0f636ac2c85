// @ts-check
// MatrixPipeline: X and three weight matrices that a person edits; every later matrix follows in the same frame.
import { button, controls, element, keepKeys, tickBox } from "./elements.js";
import { formula, MatrixGrid } from "./matrix_grid.js";
import { INPUTS, pieceNodes, pipelineStages, RESULTS, sourcesOf, sumPieces } from "./matrix_maths.js";
import { NumberCell } from "./number_cell.js";
import { short } from "./numbers.js";
import { gridMove } from "./pointing.js";
import { View, widget } from "./shared.js";

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
const HINT = "Drag a number of X or W up or down, or click it and type. Click any other number to see the sum that made it.";

class PipelineView extends View {
  constructor(props) {
    super(props, "pipeline");
    this.wrong = ""; // what was typed that is no number
    this.body = element("div");
    this.follow(["inputs", "selected", "causal", "scale"]);
    this.follow(["tokens"], () => {
      this.build();
      this.redraw();
    });
    this.build();
    this.mount(this.controls(), this.body);
  }

  get settings() {
    return { tokens: this.get("tokens"), causal: this.get("causal"), scale: this.get("scale") };
  }

  // ---------- building ----------

  build() {
    const { tokens } = this.settings;
    const values = pipelineStages(this.get("inputs"), this.settings);
    this.grids = Object.fromEntries([...INPUTS, ...RESULTS].map((name) => [name, this.grid(name, values[name], tokens)]));
    this.body.replaceChildren(this.projections(), this.attention());
  }

  controls() {
    this.causal = tickBox("causal mask", false, (causal) => this.set({ causal }));
    this.scale = tickBox("", false, (scale) => this.set({ scale }));
    this.scale.node.append(element("span", {}, ...formula("÷ √d_k")));
    const reset = button("reset", () => {
      this.wrong = "";
      this.set(this.get("first"));
    });
    return controls(this.scale.node, this.causal.node, reset);
  }

  /** X beside Q, K and V, whose rows are its rows; above each of these the matrix that makes it, whose columns are its columns. */
  projections() {
    const pair = (name) => element("div", { class: "pipeline-pair" }, this.grids[`W_${name}`].node, this.grids[name].node);
    const start = element("div", { class: "pipeline-pair" }, element("p", { class: "pipeline-hint" }, HINT), this.grids.X.node);
    const first = element("div", { class: "pipeline-step" }, arrow(), pair("Q"));
    return element("div", { class: "pipeline-row" }, start, first, pair("K"), pair("V"));
  }

  attention() {
    const after = (name) => element("div", { class: "pipeline-step" }, arrow(), this.grids[name].node);
    this.masking = after("masked");
    return element("div", { class: "pipeline-row" }, this.grids.scores.node, after("scaled"), this.masking, after("weights"), after("out"));
  }

  grid(name, values, tokens) {
    const count = (list) => list.map((_, n) => String(n));
    const rows = name.startsWith("W_") ? count(values) : tokens;
    const columns = SQUARE.includes(name) ? tokens : count(values[0]);
    const compute = this.get("compute_name");
    const about = compute && name === "weights" ? { ...ABOUT.weights, formula: `, from ${compute}` } : ABOUT[name];
    const makeCell = INPUTS.includes(name)
      ? (i, j) => this.inputCell(name, i, j, `${name}, row ${rows[i]}, column ${j}`)
      : (i, j) => this.resultCell(name, i, j);
    return new MatrixGrid(name, rows, columns, about, makeCell);
  }

  inputCell(name, i, j, label) {
    const cell = new NumberCell(label, this.get("limits").number, {
      change: (value) => this.edit(name, i, j, value),
      problem: (why) => this.complain(why),
      go: (rows, columns) => this.grids[name].focus(i + rows, j + columns) || (rows && cell.node.blur()),
    });
    return { node: cell.node, show: (value) => cell.show(value) };
  }

  resultCell(name, i, j) {
    const node = keepKeys(element("button", { type: "button", class: "matrix-result" }));
    node.addEventListener("click", () => this.set({ selected: [name, i, j] }));
    node.addEventListener("keydown", (event) => this.walk(event, name, i, j));
    return { node, show: (value) => { node.textContent = short(value); } };
  }

  // ---------- acting ----------

  edit(name, i, j, value) {
    const inputs = { ...this.get("inputs") };
    inputs[name] = inputs[name].map((row, r) => row.map((old, c) => (r === i && c === j ? value : old)));
    this.set({ inputs });
  }

  /** Arrow keys go from result to result inside one matrix, and show its sum. */
  walk(event, name, i, j) {
    const { cells } = this.grids[name];
    const to = gridMove(event.key, [i, j], [cells.length, cells[0].length]);
    if (!to) return;
    event.preventDefault();
    this.grids[name].focus(...to);
    this.set({ selected: [name, ...to] });
  }

  complain(why) {
    this.wrong = why;
    this.redraw();
  }

  complaint() { return this.wrong; }

  // ---------- what is seen ----------

  /** Every matrix from Q on, all of one moment: where Python makes some of them, those of the inputs that they were made of. */
  results() {
    const { inputs, causal, scale, weights, out } = this.get("result");
    const known = weights ? pipelineStages(inputs, { causal, scale }) : pipelineStages(this.get("inputs"), this.settings);
    return weights ? { ...known, weights, out, causal } : { ...known, causal: this.settings.causal };
  }

  draw() {
    const { causal, scale } = this.settings;
    this.causal.input.checked = causal;
    this.scale.input.checked = scale;
    this.values = this.results();
    const inputs = this.get("inputs");
    for (const name of INPUTS) this.grids[name].paint(inputs[name], this.theme);
    for (const name of RESULTS) this.grids[name].paint(this.values[name], this.theme);
    this.masking.hidden = !this.values.causal;
    this.grids.scaled.formula.replaceChildren(scale ? `= scores ÷ √${this.values.Q[0].length}` : "= scores");
    this.drawSum();
  }

  drawSum() {
    const [name, i, j] = this.get("selected");
    const settings = { ...this.settings, causal: this.values.causal };
    this.grids[name].mark(i, j, "selected");
    for (const source of sourcesOf(name, i, j, settings.causal))
      this.grids[source.name].mark(source.row, source.col, `source-${source.role}`);
    const pieces = sumPieces(name, i, j, this.values, settings);
    const text = pieces.map(([piece]) => piece).join("");
    if (this.changed("sum", text)) this.status.replaceChildren(...pieceNodes(pieces));
  }
}

const arrow = () => element("span", { class: "pipeline-arrow", "aria-hidden": "true" }, "→");

export default widget(PipelineView);
