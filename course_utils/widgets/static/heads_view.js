// @ts-check
// HeadsView: buttons cut the same numbers into 1, 2, 4, ... heads; below, where each head looks and what it brings.
import { cellAt, describe, step } from "./attention_maths.js";
import { fontOf } from "./canvas.js";
import { choice, controls, dataTable, element, keepKeys, scroller, slider, write } from "./elements.js";
import { cutSentence, mapsLayout } from "./heads_layout.js";
import { paintCut, paintMaps, paintParts } from "./heads_paint.js";
import { fixed, floats } from "./numbers.js";
import { followPointing } from "./pointing.js";
import { View, widget } from "./shared.js";

const HINT = "Point at a cell, or use the arrow keys; Page Up and Page Down change the head; a click or Enter chooses the word.";
const SPOKEN = "Attention weights of each head. Rows look, columns are looked at. Arrow keys move, " +
  "Page Up and Page Down change the head, Enter chooses the word that looks.";

class HeadsPicture extends View {
  constructor(props) {
    super(props, "heads-view");
    this.tokens = this.get("tokens");
    this.spot = null;
    const canvas = () => element("canvas", { "aria-hidden": "true" });
    this.canvases = { cut: canvas(), maps: canvas(), parts: canvas() };
    this.captions = { cut: element("div"), parts: element("div") };
    this.follow(["query", "n_heads"]);
    const pictures = scroller(this.captions.cut, this.canvases.cut, this.stage(), this.captions.parts, this.canvases.parts);
    this.asTable(() => this.table());
    this.mount(this.controls(), pictures);
  }

  get d_model() { return this.get("projected").byteLength / 12 / this.tokens.length; }
  get n_heads() { return this.get("result").n_heads; }
  get shape() { return [this.n_heads, this.tokens.length, this.tokens.length]; }

  /** Where the arrow keys start from. */
  get cursor() { return this.spot ?? { head: 0, row: this.get("query"), column: 0 }; }

  controls() {
    const name = (count) => ({ "aria-label": count === 1 ? "1 head" : `${count} heads` });
    this.counts = choice("heads", this.get("choices"), (n_heads) => this.set({ n_heads }), { name });
    const [min, max] = this.get("limits").query;
    const options = { min, max, value: this.get("query"), show: (i) => this.tokens[i] };
    this.slider = slider("the word that looks", options, (query) => this.set({ query }));
    return controls(this.counts.node, this.slider.node);
  }

  stage() {
    const stage = keepKeys(element("div", {
      class: "heads-stage", tabindex: 0, role: "application", "aria-roledescription": "heat maps of all heads", "aria-label": SPOKEN,
    }, this.canvases.maps));
    followPointing(stage, {
      at: (x, y) => cellAt(this.place, x, y),
      next: (key) => step(this.cursor, key, this.shape),
      point: (spot) => this.point(spot),
      choose: (spot = this.cursor) => this.set({ query: spot.row }),
    });
    return stage;
  }

  point(spot) {
    this.spot = spot;
    this.redraw();
  }

  // ---------- what is seen ----------

  draw() {
    const { tokens, n_heads, d_model, theme, room } = this;
    const [query, result] = [this.get("query"), this.get("result")];
    if (this.spot?.head >= n_heads) this.spot = null;
    this.weights = floats(result.weights);
    this.place = mapsLayout(tokens.length, n_heads, room);
    const fonts = { usual: fontOf(this.root), small: fontOf(this.root, 10) };
    const state = { theme, fonts, tokens, n_heads, d_model, query, room, spot: this.spot };
    paintCut(this.canvases.cut, floats(this.get("projected")), state);
    paintMaps(this.canvases.maps, this.place, this.weights, state);
    paintParts(this.canvases.parts, floats(result.parts), floats(result.out), state);
    this.counts.set(this.get("n_heads"));
    this.slider.set(query);
    write(this.captions.cut, cutSentence(tokens[query], d_model, n_heads));
    write(this.captions.parts, `What each head alone would put out for “${tokens[query]}”, after W_O; and their sum, out`);
    this.say(this.sentence());
  }

  sentence() {
    const { spot, tokens, weights, shape } = this;
    const chosen = `“${tokens[this.get("query")]}” is chosen. `;
    return chosen + (spot ? describe(spot, { shape, queries: tokens, keys: tokens, scores: null, weights, causal: false }) : HINT);
  }

  table() {
    const { tokens, weights, n_heads } = this;
    const query = this.get("query");
    const heads = Array.from({ length: n_heads }, (_, head) => `head ${head}`);
    const text = (head, column) => fixed(weights[(head * tokens.length + query) * tokens.length + column], 3);
    return dataTable(`the weights with which “${tokens[query]}” looks`, heads, tokens, text);
  }
}

export default widget(HeadsPicture);
