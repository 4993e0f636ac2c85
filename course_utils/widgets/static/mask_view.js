// MaskView: a table of weights whose cells can be forbidden, one by one, by a causal mask, or as padding.

/** Why row may not look at column: "padding", "later", "yours", or "" if it may. */
export function reason(row, column, { words, causal, forbidden }) {
  if (column >= words) return "padding";
  if (causal && column > row) return "later";
  return forbidden.some(([i, j]) => i === row && j === column) ? "yours" : "";
}

/** Softmax of each row of scores over the columns that may be looked at; NaN in a row that sees nothing. */
export function maskedWeights(scores, length, state) {
  const masked = scores.map((score, i) => (reason(Math.floor(i / length), i % length, state) ? -Infinity : score));
  return softmaxRows(masked, length, length);
}

/** The list of forbidden cells with this one put in, or taken out if it was there. */
export function toggled(forbidden, row, column) {
  const others = forbidden.filter(([i, j]) => i !== row || j !== column);
  return others.length < forbidden.length ? others : [...others, [row, column]];
}

/** Where an arrow key leads, as [row, column]; null if the key is none of ours. */
export function cellAfter(key, row, column, length) {
  const to = {
    ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
    Home: [row, 0], End: [row, length - 1],
  }[key];
  return to ? to.map((place) => Math.max(0, Math.min(length - 1, place))) : null;
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

class MaskTable {
  constructor(model, root, signal) {
    this.model = model;
    this.spot = null;
    this.tokens = model.get("tokens");
    this.status = statusLine();
    const caption = element("div", { class: "mask-caption" },
      "row: query, looking · column: key, looked at · striped: forbidden · click a cell to forbid or allow it");
    root.append(this.controls(), this.table(), caption, this.status);
    this.redraw = onceAFrame(() => this.draw());
    model.on("change:weight_bytes change:causal change:words change:forbidden change:problem", this.redraw);
    onThemeChange(() => this.draw(), signal);
    this.draw();
  }

  get state() {
    return { words: this.model.get("words"), causal: this.model.get("causal"), forbidden: this.model.get("forbidden") };
  }

  set(name, value) {
    this.model.set(name, value);
    this.model.save_changes();
  }

  controls() {
    const { words, causal } = this.state;
    this.causal = tickBox("causal", causal, (on) => this.set("causal", on));
    const options = { min: 1, max: this.tokens.length, step: 1, value: words };
    this.words = slider("words, the rest is padding", options, (count) => this.set("words", count));
    const clear = button("undo my clicks", () => this.set("forbidden", []));
    return element("div", { class: "course-controls" }, this.causal.node, this.words.node, clear);
  }

  table() {
    const heads = this.tokens.map((token) => element("th", { scope: "col", title: token }, token));
    this.heads = heads;
    this.cells = this.tokens.map((_, row) => this.tokens.map((_, column) => this.cell(row, column)));
    this.sums = this.tokens.map(() => element("td", { class: "mask-sum" }));
    this.rows = this.tokens.map((token, row) =>
      element("tr", {}, element("th", { scope: "row", title: token }, token), ...this.cells[row], this.sums[row]));
    const top = element("tr", {}, element("td"), ...heads, element("th", { scope: "col", class: "mask-sum" }, "sum"));
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
    const next = cellAfter(event.key, row, column, this.tokens.length);
    if (next) this.cells[next[0]][next[1]].focus();
    else if (event.key === " " || event.key === "Enter") this.toggle(row, column);
    else return;
    event.preventDefault();
  }

  toggle(row, column) {
    if (!["padding", "later"].includes(reason(row, column, this.state))) this.set("forbidden", toggled(this.state.forbidden, row, column));
  }

  point(row, column) {
    this.spot = [row, column];
    this.cells.flat().forEach((cell) => cell.setAttribute("tabindex", cell === this.cells[row][column] ? 0 : -1));
    this.say();
  }

  draw() {
    const { model, tokens, state } = this;
    this.causal.input.checked = state.causal;
    this.words.set(state.words);
    const inBrowser = model.get("engine") === "browser";
    this.weights = inBrowser ? maskedWeights(floats(model.get("score_bytes")), tokens.length, state) : floats(model.get("weight_bytes"));
    const dark = isDark();
    this.heads.forEach((head, column) => head.classList.toggle("mask-padding", column >= state.words));
    tokens.forEach((_, row) => {
      const values = [...this.weights.subarray(row * tokens.length, (row + 1) * tokens.length)];
      this.rows[row].classList.toggle("mask-padding", row >= state.words);
      values.forEach((value, column) => this.fill(row, column, value, reason(row, column, state), dark));
      this.sums[row].textContent = fixed(values.reduce((a, b) => a + b, 0));
    });
    this.say();
  }

  fill(row, column, value, why, dark) {
    const cell = this.cells[row][column];
    const colour = weightColour(Number.isNaN(value) ? 0 : value, "page", dark);
    cell.textContent = why && value === 0 ? "0" : fixed(value);
    cell.style.backgroundColor = css(colour);
    cell.style.color = inkOn(colour);
    cell.className = `${why ? `mask-forbidden mask-${why}` : ""} ${Number.isNaN(value) ? "mask-nan" : ""}`.trim();
    cell.setAttribute("aria-label", `${this.tokens[row]} to ${this.tokens[column]}: ${cell.textContent}${why ? ", forbidden" : ""}`);
  }

  say() {
    const problem = this.model.get("problem");
    this.status.classList.toggle("course-problem", Boolean(problem));
    this.status.textContent = problem || (this.spot
      ? sentence(...this.spot, this.tokens, this.state, this.weights, floats(this.model.get("free_bytes")))
      : "Point at a cell, or go there with Tab and the arrow keys; Space forbids or allows it.");
  }
}

function render({ model, el, signal }) {
  const root = element("div", { class: "course-widget mask-view" });
  el.append(root);
  new MaskTable(model, root, signal);
}

export default { render };
