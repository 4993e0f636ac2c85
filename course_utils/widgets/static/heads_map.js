// @ts-check
// HeadsMap: a small map for every head of a model, and the chosen one large, word by word.
import { cellAt, describe, layout, step } from "./attention_maths.js";
import { measure, paintFrame, paintMarks, paintWeights } from "./attention_paint.js";
import { drawFrame, drawHeatmap, fontOf, sizeCanvas } from "./canvas.js";
import { controls, dataTable, element, keepKeys, menu, scroller, write } from "./elements.js";
import { headAt, headSentence, wall } from "./heads_map_layout.js";
import { fixed, floats } from "./numbers.js";
import { followPointing, gridMove } from "./pointing.js";
import { View, widget } from "./shared.js";

const HINT = "Arrow keys or a click choose a head; point at a cell of the large map, or go through it with the arrow keys.";
const SPOKEN = {
  wall: "Small maps of all heads, a row for each layer. Arrow keys choose the head that is shown large.",
  large: "Attention weights of the chosen head. Rows look, columns are looked at. Arrow keys move, Escape lets go.",
};

class HeadsMapPicture extends View {
  constructor(props) {
    super(props, "heads-map");
    this.over = null; // the head that is pointed at in the wall
    this.spot = null; // the cell that is pointed at in the large map
    this.wall = this.stage("wall", "map of all heads", {
      at: (x, y) => headAt(this.wall.place, x, y),
      next: (key) => this.beside(key),
      point: (over) => this.point({ over }),
      go: (spot) => this.set(spot),
      choose: (spot) => spot && this.set(spot),
    });
    this.large = this.stage("large", "attention heat map", {
      at: (x, y) => cellAt(this.large.place, x, y),
      next: (key) => step(this.spot ?? { head: 0, row: 0, column: 0 }, key, [1, this.size, this.size]),
      point: (spot) => this.point({ spot }),
    });
    this.title = element("div", { class: "heads-map-title" });
    this.follow(["sentence", "layer", "head"]);
    this.asTable(() => this.table());
    const caption = element("div", { class: "course-caption" }, "every head: layers from the top down, heads from left to right");
    this.mount(this.controls(), caption, scroller(this.wall.node), this.title, scroller(this.large.node));
  }

  get result() { return this.get("result"); }
  get size() { return this.result.tokens.length; }
  get chosen() { return { layer: this.get("layer"), head: this.get("head") }; }

  // ---------- what moves it ----------

  controls() {
    const sentences = this.get("sentences");
    this.menu = menu("sentence", sentences, (i) => this.set({ sentence: sentences[i] }));
    if (!this.get("own")) return controls(this.menu.node);
    const attributes = { type: "text", class: "course-field", spellcheck: "false", autocomplete: "off", "aria-label": "your sentence" };
    this.field = keepKeys(element("input", attributes));
    this.field.addEventListener("input", () => this.set({ sentence: this.field.value }));
    return controls(this.menu.node, element("label", { class: "course-control heads-map-field" }, "your sentence", this.field));
  }

  /** A place with the picture and the marks above it, to be pointed at and to be worked with keys. */
  stage(name, role, moves) {
    const [data, marks] = [0, 1].map(() => element("canvas", { "aria-hidden": "true" }));
    const node = keepKeys(element("div", {
      class: `heads-map-stage heads-map-${name}`, tabindex: 0, role: "application", "aria-roledescription": role, "aria-label": SPOKEN[name],
    }, data, marks));
    followPointing(node, moves);
    return { node, data, marks, place: null };
  }

  /** The head to which a key leads from the chosen one. */
  beside(key) {
    const { layer, head } = this.chosen;
    const to = gridMove(key, [layer, head], this.result.shape);
    return to && { layer: to[0], head: to[1] };
  }

  point(where) {
    Object.assign(this, where);
    this.redraw();
  }

  // ---------- what is seen ----------

  draw() {
    const { result, chosen, room, theme } = this;
    if (this.changed("result", result)) {
      this.weights = floats(result.weights);
      if (this.spot && Math.max(this.spot.row, this.spot.column) >= this.size) this.spot = null;
    }
    if (this.changed("wall", result, room, theme)) this.drawWall();
    if (this.changed("large", result, room, theme, chosen.layer, chosen.head)) this.drawLarge();
    this.drawMarks();
    this.drawControls();
    this.say(this.sentence());
  }

  drawControls() {
    const sentence = this.get("sentence");
    this.menu.select.selectedIndex = this.get("sentences").indexOf(sentence);
    if (!this.field) return;
    if (this.field.value !== sentence) this.field.value = sentence;
    this.field.setAttribute("aria-invalid", String(this.get("problem") !== ""));
  }

  /** The numbers of one head, row after row. */
  tableOf({ layer, head }) {
    const cells = this.size ** 2;
    const number = layer * this.result.shape[1] + head;
    return this.weights.subarray(number * cells, (number + 1) * cells);
  }

  open(stage, place) {
    stage.place = place;
    Object.assign(stage.node.style, { width: `${place.width}px`, height: `${place.height}px` });
    stage.overlay = sizeCanvas(stage.marks, place.width, place.height);
    return sizeCanvas(stage.data, place.width, place.height);
  }

  drawWall() {
    const { theme, size } = this;
    const place = wall(this.result.shape, this.room);
    const context = this.open(this.wall, place);
    Object.assign(context, { font: fontOf(this.root, 11), lineWidth: 1, textAlign: "center", textBaseline: "alphabetic" });
    for (const box of place.boxes) {
      drawHeatmap(context, this.tableOf(box), size, size, box, theme);
      Object.assign(context, { strokeStyle: theme.faint, fillStyle: theme.quiet });
      context.strokeRect(box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
      if (box.layer === 0) context.fillText(String(box.head), box.x + box.width / 2, box.y - 5);
      if (box.head === 0) context.fillText(String(box.layer), box.x - 12, box.y + box.height / 2 + 4);
    }
  }

  drawLarge() {
    const { theme, size, chosen } = this;
    const font = fontOf(this.root);
    const words = measure(this.large.data.getContext("2d"), font, this.result.tokens, this.result.tokens);
    const place = layout([1, size, size], 0, words, this.room);
    const context = this.open(this.large, place);
    paintFrame(context, place, words, theme, font);
    const options = { scale: "page", causal: false, font: fontOf(this.root, 11), top: 1 };
    paintWeights(context, place, this.tableOf(chosen), [1, size, size], theme, options);
    write(this.title, `layer ${chosen.layer}, head ${chosen.head} (number ${chosen.layer * this.result.shape[1] + chosen.head})`);
  }

  drawMarks() {
    const { wall: { place, overlay }, chosen, over, theme } = this;
    overlay.clearRect(0, 0, place.width, place.height);
    for (const one of [over, chosen]) {
      const box = one && place.boxes.find(({ layer, head }) => layer === one.layer && head === one.head);
      if (box) drawFrame(overlay, { x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2 }, theme);
    }
    paintMarks(this.large.overlay, this.large.place, this.spot?.row ?? null, this.spot, theme);
  }

  sentence() {
    const { spot, over, chosen, size } = this;
    const { tokens } = this.result;
    if (over) return headSentence(over, this.tableOf(over), tokens);
    if (!spot) return `${headSentence(chosen, this.tableOf(chosen), tokens)}. ${HINT}`;
    const seen = { shape: [1, size, size], queries: tokens, keys: tokens, scores: null, weights: this.tableOf(chosen), causal: false };
    return `${describe(spot, seen)}. ${headSentence({ ...chosen, row: spot.row }, this.tableOf(chosen), tokens)}`;
  }

  table() {
    const { chosen, size } = this;
    const { tokens } = this.result;
    const weights = this.tableOf(chosen);
    const caption = `weights of layer ${chosen.layer}, head ${chosen.head}; rows look, columns are looked at`;
    return dataTable(caption, tokens, tokens, (i, j) => fixed(weights[i * size + j]));
  }
}

export default widget(HeadsMapPicture);
