// AttentionView: heat maps of one or many heads, with temperature, causal mask, and a line that says what is pointed at.

const HINT = "Point at a cell, or press the arrow keys here. A click or Enter holds a row, Escape lets go.";
const SPOKEN = "Attention weights. Rows are queries, columns are keys. Arrow keys move, " +
  "Page Up and Page Down change the head, Enter holds a row, Escape lets go.";

class AttentionPicture {
  constructor(model, root, signal) {
    Object.assign(this, { model, root, spot: null });
    this.data = element("canvas", { "aria-hidden": "true" });
    this.marks = element("canvas", { "aria-hidden": "true" });
    this.stage = keepKeys(element("div", {
      class: "attention-stage", tabindex: 0, role: "application",
      "aria-roledescription": "attention heat map", "aria-label": SPOKEN,
    }, this.data, this.marks));
    this.caption = element("div", { class: "attention-caption" }, "rows: queries, looking · columns: keys, looked at");
    this.status = statusLine();
    this.problem = element("div", { class: "course-problem", role: "alert" });
    const scroller = element("div", { class: "attention-scroller" }, this.stage);
    root.append(this.controls(), scroller, this.caption, this.status, this.problem);
    this.redraw = onceAFrame(() => this.draw());
    this.remark = onceAFrame(() => this.mark());
    this.followModel(signal);
    this.followPointer();
    this.arrange();
  }

  get shape() { return this.model.get("shape"); }
  get pinned() { return this.model.get("pinned"); }

  set(name, value) {
    this.model.set(name, value);
    this.model.save_changes();
  }

  // ---------- controls ----------

  controls() {
    const row = element("div", { class: "course-controls" });
    if (this.model.get("engine") !== "fixed") row.append(this.temperatureSlider());
    if (this.model.get("can_mask")) row.append(this.causalBox());
    this.legend = element("span");
    row.append(element("div", { class: "attention-legend", "aria-hidden": "true" }, "weight 0", this.legend, "1"));
    if (this.shape[0] > 1) row.append(this.headButtons());
    return row;
  }

  temperatureSlider() {
    const exponent = () => Math.log10(this.model.get("temperature")); // the slider moves in powers of ten
    const options = { min: -1, max: 1, step: 0.01, value: exponent(), show: (x) => (10 ** x).toFixed(2) };
    const { node, set } = slider("temperature", options, (x) => this.set("temperature", Number((10 ** x).toFixed(3))));
    this.model.on("change:temperature", () => set(exponent()));
    return node;
  }

  causalBox() {
    const { node, input } = tickBox("causal", this.model.get("causal"), (on) => this.set("causal", on));
    this.model.on("change:causal", () => { input.checked = this.model.get("causal"); });
    return node;
  }

  headButtons() {
    const all = button("all heads", () => this.set("head", null));
    const one = (head) => button(head, () => this.set("head", head), { "aria-label": `head ${head}` });
    this.buttons = new Map([[null, all], ...Array.from({ length: this.shape[0] }, (_, head) => [head, one(head)])]);
    const group = { class: "attention-heads", role: "group", "aria-label": "head to show" };
    return element("div", group, ...this.buttons.values());
  }

  // ---------- what moves it ----------

  followModel(signal) {
    const inBrowser = this.model.get("engine") === "browser"; // else new weights follow from Python
    const names = inBrowser ? ["score_bytes", "temperature", "causal", "scale"] : ["weight_bytes", "scale"];
    for (const name of names) this.model.on(`change:${name}`, this.redraw);
    for (const name of ["pinned", "problem"]) this.model.on(`change:${name}`, this.remark);
    this.model.on("change:head", () => this.arrange());
    onThemeChange(() => this.arrange(), signal);
  }

  followPointer() {
    const under = (event) => {
      const { left, top } = this.stage.getBoundingClientRect();
      return cellAt(this.place, event.clientX - left, event.clientY - top);
    };
    this.stage.addEventListener("pointermove", (event) => this.point(under(event)));
    this.stage.addEventListener("pointerleave", () => this.point(null));
    this.stage.addEventListener("click", (event) => this.hold(under(event)?.row ?? null));
    this.stage.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const spot = this.spot ?? { head: this.place.boxes[0].head, row: this.pinned ?? 0, column: 0 };
    const next = step(spot, event.key, this.shape);
    if (event.key === "Escape") this.hold(null);
    else if (event.key === "Enter" || event.key === " ") this.hold(spot.row);
    else if (next) this.moveTo(next);
    else return;
    event.preventDefault();
  }

  /** Keys take the held row and the head shown large along. */
  moveTo(spot) {
    if (this.pinned !== null) this.set("pinned", spot.row);
    if (this.model.get("head") !== null) this.set("head", spot.head);
    this.point(spot);
  }

  hold(row) { this.set("pinned", row === this.pinned ? null : row); }

  point(spot) {
    this.spot = spot;
    this.remark();
  }

  // ---------- what is seen ----------

  /** Everything anew: after the first look, another head, or another theme. */
  arrange() {
    this.look = look(this.root);
    const [queries, keys] = [this.model.get("query_tokens"), this.model.get("key_tokens")];
    const words = measure(this.data.getContext("2d"), this.look, queries, keys);
    this.place = layout(this.shape, this.model.get("head"), words);
    this.context = sizeCanvas(this.data, this.place.width, this.place.height);
    this.overlay = sizeCanvas(this.marks, this.place.width, this.place.height);
    this.stage.style.width = `${this.place.width}px`;
    this.stage.style.height = `${this.place.height}px`;
    this.caption.hidden = this.place.large;
    this.buttons?.forEach((one, head) => one.setAttribute("aria-pressed", head === this.model.get("head")));
    paintFrame(this.context, this.place, words, this.look);
    this.draw();
  }

  readWeights() {
    const { model } = this;
    if (model.get("engine") !== "browser") return floats(model.get("weight_bytes"));
    return attentionWeights(this.scores, this.shape, model.get("temperature"), model.get("causal"));
  }

  draw() {
    const { model, look } = this;
    const scale = model.get("scale");
    this.scores = model.get("engine") === "fixed" ? null : floats(model.get("score_bytes"));
    this.weights = this.readWeights();
    paintWeights(this.context, this.place, this.weights, this.shape, { ...look, scale, causal: model.get("causal") });
    const stops = [0, 0.25, 0.5, 0.75, 1].map((value) => css(weightColour(value, scale, look.dark)));
    this.legend.style.background = `linear-gradient(to right, ${stops})`;
    this.mark();
  }

  mark() {
    paintMarks(this.overlay, this.place, this.pinned ?? this.spot?.row ?? null, this.spot, this.look);
    this.status.textContent = this.sentence();
    this.problem.textContent = this.model.get("problem");
  }

  sentence() {
    const { model, spot, pinned, shape, scores, weights } = this;
    const [queries, keys] = [model.get("query_tokens"), model.get("key_tokens")];
    const seen = { shape, queries, keys, scores, weights, causal: model.get("causal") };
    if (spot) return describe({ ...spot, row: pinned ?? spot.row }, seen);
    return pinned === null ? HINT : `“${queries[pinned]}” is held. Escape lets go.`;
  }
}

function render({ model, el, signal }) {
  const root = element("div", { class: "course-widget attention-view" });
  el.append(root);
  new AttentionPicture(model, root, signal);
}

export default { render };
