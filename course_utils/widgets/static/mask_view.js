// @ts-check
// MaskView: a table of weights whose cells can be forbidden, one by one, by a causal mask, or as padding.
import { css, inkOn, weightColour } from "./colours.js";
import { button, controls, element, keepKeys, scroller, slider, tickBox, write } from "./elements.js";
import { fixed, floats, softmaxRows } from "./numbers.js";
import { gridMove } from "./pointing.js";
import { View, widget } from "./shared.js";

const HINT = "Point at a cell, or go there with Tab and the arrow keys; Space forbids or allows it.";
const CAPTION = "row: query, looking · column: key, looked at · striped: forbidden · click a cell to forbid or allow it";

/** Why row may not look at column: "padding", "later", "yours", or "" if it may. */
export function reason(row, column, { length, causal, forbidden }) {
  if (column >= length) return "padding";
  if (causal && column > row) return "later";
  return forbidden.some(([i, j]) => i === row && j === column) ? "yours" : "";
}

/** Softmax of each row of scores over the columns that may be looked at; NaN in a row that sees nothing. */
export function maskedWeights(scores, size, state) {
  const masked = scores.map((score, i) => (reason(Math.floor(i / size), i % size, state) ? -Infinity : score));
  return softmaxRows(masked, size, size);
}

/** The list of forbidden cells with this one put in, or taken out if it was there. */
export function toggled(forbidden, row, column) {
  const others = forbidden.filter(([i, j]) => i !== row || j !== column);
  return others.length < forbidden.length ? others : [...others, [row, column]];
}

/** What the pointed-at cell says. */
export function sentence(row, column, tokens, state, weights, free) {
  const [query, key] = [tokens[row], tokens[column]].map((token) => `“${token}”`);
  const index = row * tokens.length + column;
  const why = reason(row, column, state);
  const without = `; with no mask ${fixed(free[index], 3)}`;
  if (Number.isNaN(weights[index])) return `${query} may look at nobody: softmax divides 0 by 0, which is NaN.`;
  if (!why) return `${query} looks at ${key}: weight ${fixed(weights[index], 3)}${without}`;
  const because = { padding: `${key} is padding now`, later: `${key} comes later`, yours: "you have forbidden it" }[why];
  return `${query} may not look at ${key}, ${because}: weight ${fixed(weights[index], 3)}${without}`;
}

class MaskTable extends View {
  constructor(props) {
    super(props, "mask-view");
    this.tokens = this.get("tokens");
    this.spot = null;
    this.follow(["causal", "length", "forbidden"]);
    const caption = element("div", { class: "course-caption" }, CAPTION);
    this.mount(this.controls(), scroller(this.table()), caption);
  }

  get state() {
    return { length: this.get("length"), causal: this.get("causal"), forbidden: this.get("forbidden") };
  }

  controls() {
    const { length, causal } = this.state;
    const [min, max] = this.get("limits").length;
    this.causal = tickBox("causal", causal, (on) => this.set({ causal: on }));
    this.length = slider("words, the rest is padding", { min, max, value: length }, (count) => this.set({ length: count }));
    return controls(this.causal.node, this.length.node, button("undo my clicks", () => this.set({ forbidden: [] })));
  }

  table() {
    const head = (scope, text, more = {}) => element("th", { scope, title: text, ...more }, text);
    this.heads = this.tokens.map((token) => head("col", token));
    this.cells = this.tokens.map((_token, row) => this.tokens.map((_, column) => this.cell(row, column)));
    this.sums = this.tokens.map(() => element("td", { class: "mask-sum" }));
    this.rows = this.tokens.map((token, row) => element("tr", {}, head("row", token), ...this.cells[row], this.sums[row]));
    const top = element("tr", {}, element("td"), ...this.heads, head("col", "sum", { class: "mask-sum" }));
    return element("table", { class: "mask-table", role: "grid", "aria-label": "Weights: rows are queries, columns are keys" },
      element("thead", {}, top), element("tbody", {}, ...this.rows));
  }

  cell(row, column) {
    const made = keepKeys(element("td", { role: "gridcell", tabindex: row || column ? -1 : 0 }));
    made.addEventListener("click", () => { made.focus(); this.toggle(row, column); });
    made.addEventListener("focus", () => this.point(row, column));
    made.addEventListener("pointerenter", () => this.point(row, column));
    made.addEventListener("keydown", (event) => this.key(event, row, column));
    return made;
  }

  key(event, row, column) {
    const next = gridMove(event.key, [row, column], [this.tokens.length, this.tokens.length]);
    if (next) this.cells[next[0]][next[1]].focus();
    else if (event.key === " " || event.key === "Enter") this.toggle(row, column);
    else return;
    event.preventDefault();
  }

  toggle(row, column) {
    if (["padding", "later"].includes(reason(row, column, this.state))) return;
    this.set({ forbidden: toggled(this.state.forbidden, row, column) });
  }

  point(row, column) {
    this.spot = [row, column];
    this.cells.flat().forEach((cell) => { cell.tabIndex = cell === this.cells[row][column] ? 0 : -1; });
    this.redraw();
  }

  // ---------- what is seen ----------

  draw() {
    const result = this.get("result");
    const state = result.weights ? result : this.state; // Python's weights are those of the mask that came with them
    if (this.changed("table", this.theme, result, ...Object.values(this.state))) this.paintTable(state);
    this.causal.input.checked = this.get("causal");
    this.length.set(this.get("length"));
    this.say(this.spot ? sentence(...this.spot, this.tokens, state, this.weights, floats(this.get("free_bytes"))) : HINT);
  }

  paintTable(state) {
    const size = this.tokens.length;
    this.weights = state.weights ? floats(state.weights) : maskedWeights(floats(this.get("score_bytes")), size, state);
    this.heads.forEach((head, column) => head.classList.toggle("mask-padding", column >= state.length));
    this.rows.forEach((node, row) => {
      const values = [...this.weights.subarray(row * size, (row + 1) * size)];
      node.classList.toggle("mask-padding", row >= state.length);
      values.forEach((value, column) => this.fill(row, column, value, reason(row, column, state)));
      write(this.sums[row], fixed(values.reduce((a, b) => a + b, 0)));
    });
  }

  fill(row, column, value, why) {
    const cell = this.cells[row][column];
    const colour = weightColour(Number.isNaN(value) ? 0 : value, this.theme);
    write(cell, why && value === 0 ? "0" : fixed(value));
    cell.style.backgroundColor = css(colour);
    cell.style.color = inkOn(colour);
    cell.className = `${why ? `mask-forbidden mask-${why}` : ""} ${Number.isNaN(value) ? "mask-nan" : ""}`.trim();
    cell.setAttribute("aria-label", `${this.tokens[row]} to ${this.tokens[column]}: ${cell.textContent}${why ? ", forbidden" : ""}`);
  }
}

export default widget(MaskTable);
