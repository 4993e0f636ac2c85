// DecodeView: a field to type in, buttons, and a decoder's output that is walked through step by step.

const DECODE_KEYS = "Keys: ← → go through the steps, ↑ ↓ through the heads. A click chooses a step or a head. Hatched: hidden by the mask.";

class DecodePicture {
  constructor(model, root, signal) {
    Object.assign(this, { model, root, spot: null });
    this.head = element("div", { class: "decode-headline" });
    this.status = statusLine();
    this.redraw = onceAFrame(() => this.draw());
    this.choices = group("drafts, the best first");
    root.append(this.controls(), this.choices, this.head, this.status, this.stage());
    model.on("change:result change:draft change:step change:layer change:head change:problem", this.redraw);
    model.on("change:text change:width", () => this.press());
    onThemeChange(this.redraw, signal);
    this.press();
    this.draw();
    this.redraw(); // once it stands in the page, whose font and colours it takes
  }

  /** The draft that is shown; its numbers are made of bytes once. */
  get draft() {
    const { result, draft } = { result: this.model.get("result"), draft: this.model.get("draft") };
    if (this.result !== result) {
      this.result = result;
      this.ready = result.drafts.map((one) => ({ ...one, weights: floats(one.weights), probabilities: floats(one.probabilities) }));
    }
    return this.ready[Math.min(draft, this.ready.length - 1)];
  }

  /** The present step, layer and head, inside what the draft has, and the start symbol. */
  get place() {
    const [n_layers, n_heads, steps] = this.draft.shape;
    const within = (name, size) => Math.min(this.model.get(name), size - 1);
    return { step: within("step", steps), layer: within("layer", n_layers), head: within("head", n_heads), start: this.model.get("start") };
  }

  set(values) {
    for (const [name, value] of Object.entries(values)) this.model.set(name, value);
    this.model.save_changes();
  }

  // ---------- controls ----------

  controls() {
    this.field = keepKeys(element("input", { type: "text", class: "course-field", spellcheck: "false", autocomplete: "off", "aria-label": "input" }));
    this.field.addEventListener("input", () => this.set({ text: this.field.value }));
    this.widths = this.model.get("widths").map((width) =>
      button(width === 1 ? "greedy" : `beam of ${width}`, () => this.set({ width })));
    const go = (key) => () => this.move(key);
    const steps = { first: "Home", back: "ArrowLeft", next: "ArrowRight", last: "End" };
    const buttons = Object.entries(steps).map(([label, key]) => button(label, go(key)));
    const label = element("label", { class: "course-control" }, "input", this.field);
    const how = this.widths.length > 1 ? [group("how it writes", ...this.widths)] : []; // one way is no choice
    return element("div", { class: "course-controls" }, label, ...how, group("steps", "step", ...buttons));
  }

  press() {
    if (this.field.value !== this.model.get("text")) this.field.value = this.model.get("text");
    this.model.get("widths").forEach((width, i) => this.widths[i].setAttribute("aria-pressed", width === this.model.get("width")));
  }

  stage() {
    this.table = element("table", { class: "decode-table" });
    this.bars = element("table", { class: "decode-bars", "aria-label": "the most probable next symbols" });
    this.heads = this.map((spot) => {
      const n_heads = this.draft.shape[1];
      this.set({ layer: Math.floor(spot.row / n_heads), head: spot.row % n_heads });
    });
    this.steps = this.map((spot) => this.set({ step: spot.row }));
    this.captions = { bars: element("div"), heads: element("div"), steps: element("div") };
    const left = element("div", {}, this.captions.bars, this.bars);
    const right = element("div", {}, this.captions.heads, this.heads.canvas, this.captions.steps, this.steps.canvas);
    const stage = keepKeys(element("div", {
      class: "decode-stage", tabindex: 0, role: "application", "aria-roledescription": "decoding step by step",
      "aria-label": "What the decoder reads and writes, and where it looks. Left and right go through the steps, up and down through the heads.",
    }, element("div", { class: "decode-scroll" }, this.table), element("div", { class: "decode-body" }, left, right), element("div", { class: "decode-hint" }, DECODE_KEYS)));
    stage.addEventListener("keydown", (event) => this.move(event.key) && event.preventDefault());
    return stage;
  }

  /** A canvas whose cells can be pointed at and clicked. */
  map(choose) {
    const made = { canvas: element("canvas", { "aria-hidden": "true" }), place: null };
    const under = ({ offsetX, offsetY }) => spotAt(made.place, offsetX, offsetY);
    made.canvas.addEventListener("pointermove", (event) => this.point(made, under(event)));
    made.canvas.addEventListener("pointerleave", () => this.point(made, null));
    made.canvas.addEventListener("click", (event) => under(event) && choose(under(event)));
    return made;
  }

  /** Goes where a key leads; false if the key is none of ours. */
  move(key) {
    const place = keyMove(key, this.place, this.draft.shape);
    if (place) this.set(place);
    return Boolean(place);
  }

  point(map, spot) {
    this.spot = spot && { map, ...spot };
    this.say();
  }

  // ---------- what is seen ----------

  draw() {
    const { draft, place, model } = this;
    const result = model.get("result");
    this.head.textContent = headline(result, draft);
    this.drawDrafts(result, model.get("draft"));
    this.drawTable(draft, place);
    this.drawBars(topSymbols(draft, model.get("target_symbols"), place.step), place.step);
    this.drawMaps(draft, result.source, place);
    this.say();
  }

  drawDrafts({ drafts }, chosen) {
    this.choices.hidden = drafts.length < 2;
    if (this.choices.hidden) return;
    const label = (draft) => `${draft.written.join(" ")} · ${share(Math.exp(draft.log_probability))}`;
    const buttons = drafts.map((draft, i) => button(label(draft), () => this.set({ draft: i }), { "aria-pressed": String(i === chosen) }));
    const focused = [...this.choices.children].indexOf(document.activeElement);
    this.choices.replaceChildren(...buttons);
    buttons[focused]?.focus();
  }

  drawTable(draft, { step, start }) {
    const cells = columns(draft.written, start, step);
    const row = (title, kind) => element("tr", {}, element("th", { scope: "row" }, title), ...cells.map((cell, i) => {
      const made = element("td", { class: `decode-${kind} decode-${cell.state}` }, cell[kind]);
      made.addEventListener("click", () => this.set({ step: i }));
      return made;
    }));
    this.table.replaceChildren(row("reads", "reads"), row("writes", "writes"));
    this.keepInSight(this.table.rows[0].cells[step + 1]);
  }

  /** In a narrow window the table is wider than its place: scroll so that the present step can be seen. */
  keepInSight(cell) {
    const place = this.table.parentElement;
    place.scrollLeft = cell.offsetLeft + (cell.offsetWidth - place.clientWidth) / 2;
  }

  drawBars(symbols, step) {
    this.captions.bars.textContent = `What comes next? Step ${step + 1}`;
    this.bars.replaceChildren(...symbols.map(({ name, probability, written }) => {
      const bar = element("div", { class: "decode-bar" });
      bar.style.width = `${Math.round(probability * 120)}px`;
      return element("tr", { class: written ? "decode-written" : "" },
        element("th", { scope: "row" }, name), element("td", {}, bar, element("span", {}, share(probability))));
    }));
  }

  drawMaps({ weights, shape, written }, source, { step, layer, head }) {
    const [n_layers, n_heads, steps, k_len] = shape;
    const shown = { source, look: look(this.root) };
    const names = Array.from({ length: n_layers * n_heads }, (_, i) => `layer ${Math.floor(i / n_heads)}, head ${i % n_heads}`);
    this.heads.place = mapPlace(names.length, k_len);
    this.steps.place = mapPlace(steps, k_len);
    this.captions.heads.textContent = `Where every head looks at step ${step + 1}`;
    this.captions.steps.textContent = `Where layer ${layer}, head ${head} looks at every step`;
    const atStep = { ...shown, names, marked: layer * n_heads + head, every: n_heads };
    paintMap(this.heads.canvas, this.heads.place, headsAt(weights, shape, step), atStep);
    paintMap(this.steps.canvas, this.steps.place, stepsOf(weights, shape, layer, head), { ...shown, names: written, marked: step });
  }

  say() {
    const problem = this.model.get("problem");
    this.field.setAttribute("aria-invalid", problem !== "");
    this.status.classList.toggle("course-problem", problem !== "");
    this.status.textContent = problem || (this.spot ? this.pointedAt() : this.sentence());
  }

  sentence() {
    const source = this.model.get("result").source;
    return stepSentence(this.draft, source, this.model.get("target_symbols"), this.place);
  }

  /** The weight under the pointer. */
  pointedAt() {
    const { draft, place, spot } = this;
    const [, n_heads, , k_len] = draft.shape;
    const onHeads = spot.map === this.heads;
    const [layer, head] = onHeads ? [Math.floor(spot.row / n_heads), spot.row % n_heads] : [place.layer, place.head];
    const step = onHeads ? place.step : spot.row;
    const weight = stepsOf(draft.weights, draft.shape, layer, head)[step * k_len + spot.column];
    const symbol = this.model.get("result").source[spot.column];
    return `Step ${step + 1}, writing “${draft.written[step]}”: layer ${layer}, head ${head} looks at “${symbol}” with weight ${fixed(weight, 3)}.`;
  }
}

function render({ model, el, signal }) {
  const root = element("div", { class: "course-widget decode-view" });
  el.append(root);
  new DecodePicture(model, root, signal);
}

export default { render };
