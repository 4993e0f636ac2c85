// @ts-check
// AttentionView: heat maps of one or many heads, with temperature, causal mask, and a line that says what is pointed at.
import { attentionWeights, cellAt, describe, layout, step } from "./attention_maths.js";
import { measure, paintFrame, paintMarks, paintWeights } from "./attention_paint.js";
import { fontOf, sizeCanvas } from "./canvas.js";
import { css, weightColour } from "./colours.js";
import { choice, controls, dataTable, element, keepKeys, logSlider, scroller, tickBox, write } from "./elements.js";
import { fixed, floats, largest } from "./numbers.js";
import { followPointing } from "./pointing.js";
import { View, widget } from "./shared.js";

const HINT = "Point at a cell, or press the arrow keys here. A click or Enter holds a row, Escape lets go.";
const SPOKEN = "Attention weights. Rows are queries, columns are keys. Arrow keys move, " +
  "Page Up and Page Down change the head, Enter holds a row, Escape lets go.";

class AttentionPicture extends View {
  constructor(props) {
    super(props, "attention-view");
    this.spot = null;
    this.data = element("canvas", { "aria-hidden": "true" });
    this.marks = element("canvas", { "aria-hidden": "true" });
    this.stage = keepKeys(element("div", {
      class: "attention-stage", tabindex: 0, role: "application",
      "aria-roledescription": "attention heat map", "aria-label": SPOKEN,
    }, this.data, this.marks));
    this.caption = element("div", { class: "course-caption" }, "rows: queries, looking · columns: keys, looked at");
    followPointing(this.stage, {
      at: (x, y) => cellAt(this.place, x, y), next: (key) => step(this.cursor, key, this.shape),
      point: (spot) => this.point(spot), go: (spot) => this.go(spot), leave: () => this.hold(null),
      choose: (spot = this.cursor) => this.hold(spot.row === this.get("query") ? null : spot.row),
    });
    this.follow(["score_bytes", "temperature", "causal", "scale", "colours", "head", "query"]);
    this.asTable(() => this.table());
    this.mount(this.controls(), scroller(this.stage), this.caption);
  }

  get shape() { return this.get("shape"); }
  get fixed() { return this.get("score_bytes").byteLength === 0; }

  /** Where the arrow keys start from. */
  get cursor() { return this.spot ?? { head: this.place.boxes[0].head, row: this.get("query") ?? 0, column: 0 }; }

  controls() {
    const row = controls();
    if (!this.fixed) {
      const set = (temperature) => this.set({ temperature });
      this.temperature = logSlider("temperature", this.get("limits").temperature, this.get("temperature"), set);
      row.append(this.temperature.node);
    }
    if (this.get("can_mask")) {
      this.causal = tickBox("causal", this.get("causal"), (causal) => this.set({ causal }));
      row.append(this.causal.node);
    }
    this.colours = choice("colours", ["0 to 1", "0 to largest"], (colours) => this.set({ colours }));
    this.legend = { bar: element("span"), top: element("span") };
    row.append(this.colours.node,
      element("div", { class: "attention-legend", "aria-hidden": "true" }, "0", this.legend.bar, this.legend.top));
    if (this.shape[0] > 1) row.append(this.headButtons());
    return row;
  }

  headButtons() {
    const heads = [null, ...Array.from({ length: this.shape[0] }, (_, head) => head)];
    this.heads = choice("head", heads, (head) => this.set({ head }), {
      text: (head) => head ?? "all", name: (head) => ({ "aria-label": head === null ? "all heads" : `head ${head}` }),
    });
    return this.heads.node;
  }

  // ---------- what moves it ----------

  point(spot) {
    this.spot = spot;
    this.redraw();
  }

  /** Keys take the held row and the head shown large along. */
  go(spot) {
    if (this.get("query") !== null) this.hold(spot.row);
    if (this.get("head") !== null) this.set({ head: spot.head });
    this.point(spot);
  }

  hold(query) { this.set({ query }); }

  // ---------- what is seen ----------

  /** Places, words and frames. */
  arrange() {
    const font = fontOf(this.root);
    const words = measure(this.data.getContext("2d"), font, this.get("tokens"), this.get("key_tokens"));
    this.place = layout(this.shape, this.get("head"), words, this.room);
    this.context = sizeCanvas(this.data, this.place.width, this.place.height);
    this.overlay = sizeCanvas(this.marks, this.place.width, this.place.height);
    this.stage.style.width = `${this.place.width}px`;
    this.stage.style.height = `${this.place.height}px`;
    this.caption.hidden = this.place.large;
    paintFrame(this.context, this.place, words, this.theme, font);
  }

  readWeights() {
    const { weights } = this.get("result");
    if (weights) return floats(weights);
    return attentionWeights(this.scores, this.shape, this.get("temperature"), this.get("causal"));
  }

  draw() {
    const isNew = this.changed("place", this.get("head"), this.room, this.theme);
    if (isNew) this.arrange();
    const shown = ["score_bytes", "result", "temperature", "causal", "scale", "colours"].map((name) => this.get(name));
    if (this.changed("weights", ...shown) || isNew) this.drawWeights();
    this.drawMarks();
    this.say(this.sentence());
  }

  drawWeights() {
    const [causal, scale] = [this.get("causal"), this.get("scale")];
    this.scores = this.fixed ? null : floats(this.get("score_bytes"));
    this.weights = this.readWeights();
    const top = this.get("colours") === "0 to 1" ? 1 : largest(this.seen()) || 1;
    const font = fontOf(this.root, 11);
    paintWeights(this.context, this.place, this.weights, this.shape, this.theme, { scale, causal, font, top });
    this.drawControls(scale, top);
  }

  drawMarks() {
    const row = this.get("query") ?? this.spot?.row ?? null;
    if (this.changed("marks", this.place, row, this.spot, this.theme))
      paintMarks(this.overlay, this.place, row, this.spot, this.theme);
  }

  drawControls(scale, top) {
    this.temperature?.set(this.get("temperature"));
    if (this.causal) this.causal.input.checked = this.get("causal");
    this.colours.set(this.get("colours"));
    this.heads?.set(this.get("head"));
    const stops = [0, 0.25, 0.5, 0.75, 1].map((value) => css(weightColour(value, this.theme, scale)));
    this.legend.bar.style.background = `linear-gradient(to right, ${stops})`;
    write(this.legend.top, top === 1 ? "1" : fixed(top));
  }

  /** The weights of the heads in sight. */
  seen() {
    const [, rows, columns] = this.shape;
    const head = this.get("head");
    return head === null ? this.weights : this.weights.subarray(head * rows * columns, (head + 1) * rows * columns);
  }

  sentence() {
    const { spot, shape, scores, weights } = this;
    const [queries, keys, query] = ["tokens", "key_tokens", "query"].map((name) => this.get(name));
    const held = query === null ? "" : `“${queries[query]}” is held; Escape lets go. `;
    if (!spot) return held || HINT;
    const seen = { shape, queries, keys, scores, weights, causal: this.get("causal") };
    return held + describe({ ...spot, row: query ?? spot.row }, seen);
  }

  table() {
    const [heads, rows, columns] = this.shape;
    const head = this.get("head") ?? 0;
    const caption = `weights${heads > 1 ? ` of head ${head}` : ""}; rows look, columns are looked at`;
    const text = (i, j) => fixed(this.weights[(head * rows + i) * columns + j], 3);
    return dataTable(caption, this.get("tokens"), this.get("key_tokens"), text);
  }
}

export default widget(AttentionPicture);
