// HeadsView: buttons cut the same numbers into 1, 2, 4, ... heads; below, where each head looks and what it brings.

const HEADS_HINT = "Point at a cell, or use the arrow keys; Page Up and Page Down change the head; a click or Enter chooses the word.";

class HeadsPicture {
  constructor(model, root, signal) {
    Object.assign(this, { model, root, tokens: model.get("tokens"), spot: null });
    const hidden = { "aria-hidden": "true" };
    this.canvases = { cut: element("canvas", hidden), maps: element("canvas", hidden), parts: element("canvas", hidden) };
    this.captions = { cut: element("div"), parts: element("div") };
    this.status = statusLine();
    this.redraw = onceAFrame(() => this.draw());
    root.append(this.controls(), this.captions.cut, this.canvases.cut, this.stage(), this.status);
    root.append(this.captions.parts, this.canvases.parts);
    model.on("change:result change:query change:problem", this.redraw);
    model.on("change:n_heads", () => this.press());
    onThemeChange(this.redraw, signal);
    this.press();
    this.draw();
  }

  get d_model() { return this.model.get("projected").byteLength / 12 / this.tokens.length; }
  get n_heads() { return this.model.get("result").n_heads; }

  set(name, value) {
    this.model.set(name, value);
    this.model.save_changes();
  }

  // ---------- controls ----------

  controls() {
    const choose = (count) => () => this.set("n_heads", count);
    this.buttons = this.model.get("choices").map((count) => button(count, choose(count), { "aria-label": `${count} heads` }));
    const options = { min: 0, max: this.tokens.length - 1, step: 1, value: this.model.get("query"), show: (i) => this.tokens[i] };
    this.slider = slider("the word that looks", options, (row) => this.set("query", row));
    return element("div", { class: "course-controls" }, group("number of heads", "heads", ...this.buttons), this.slider.node);
  }

  press() {
    const count = this.model.get("n_heads");
    this.model.get("choices").forEach((choice, i) => this.buttons[i].setAttribute("aria-pressed", choice === count));
  }

  stage() {
    const stage = keepKeys(element("div", {
      class: "heads-stage", tabindex: 0, role: "application", "aria-roledescription": "heat maps of all heads",
      "aria-label": "Attention weights of each head. Rows look, columns are looked at. Arrow keys move, Page Up and Page Down change the head, Enter chooses the word that looks.",
    }, this.canvases.maps));
    const present = () => this.spot ?? { head: 0, row: this.model.get("query"), column: 0 };
    followPointing(stage, {
      at: (x, y) => cellAt(this.place, x, y),
      next: (key) => step(present(), key, [this.n_heads, this.tokens.length, this.tokens.length]),
      point: (spot) => this.point(spot),
      choose: (spot = present()) => this.set("query", spot.row),
    });
    return stage;
  }

  point(spot) {
    this.spot = spot;
    this.redraw();
  }

  // ---------- what is seen ----------

  draw() {
    const { model, tokens, n_heads, d_model } = this;
    const [query, result] = [model.get("query"), model.get("result")];
    if (this.spot?.head >= n_heads) this.spot = null;
    this.weights = floats(result.weights);
    this.place = mapsLayout(tokens.length, n_heads);
    const state = { look: look(this.root), tokens, n_heads, d_model, query, spot: this.spot };
    paintCut(sizeCanvas(this.canvases.cut, ...cutSize(d_model)), floats(model.get("projected")), state);
    paintMaps(sizeCanvas(this.canvases.maps, ...MAPS_SIZE), this.place, this.weights, state);
    paintParts(sizeCanvas(this.canvases.parts, ...PARTS_SIZE), floats(result.parts), floats(result.out), state);
    this.slider.set(query);
    this.captions.cut.textContent = cutSentence(tokens[query], d_model, n_heads);
    this.captions.parts.textContent = `What each head alone would put out for “${tokens[query]}”, after W_O; and their sum, out`;
    this.say();
  }

  say() {
    const { model, spot, tokens, weights, n_heads } = this;
    const problem = model.get("problem");
    const facts = { shape: [n_heads, tokens.length, tokens.length], queries: tokens, keys: tokens, scores: null, weights };
    this.status.classList.toggle("course-problem", problem !== "");
    this.status.textContent = problem || (spot ? describe(spot, facts) : HEADS_HINT);
  }
}

function render({ model, el, signal }) {
  const root = element("div", { class: "course-widget heads-view" });
  el.append(root);
  new HeadsPicture(model, root, signal);
}

export default { render };
