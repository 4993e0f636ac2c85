// @ts-check
// DecodeView: a field to type in, buttons, and a decoder's output that is walked through step by step.
import { columns, headline, headsAt, keyMove, mapPlace, share, spotAt, stepSentence, stepsOf, topSymbols } from "./decode_maths.js";
import { paintMap, roomAbove } from "./decode_paint.js";
import { button, choice, controls, dataTable, element, group, keepKeys, scroller, write } from "./elements.js";
import { clamp, fixed, floats } from "./numbers.js";
import { View, widget } from "./shared.js";

const HINT = "Keys: ← → go through the steps, ↑ ↓ through the heads. A click chooses a step or a head. Hatched: hidden by the mask.";
const SPOKEN = "Where the decoder looks. Left and right go through the steps, up and down through the heads.";
const BARS = 280; // pixels that the bars need beside the maps
const STEPS = { first: "Home", back: "ArrowLeft", next: "ArrowRight", last: "End" };

class DecodePicture extends View {
  constructor(props) {
    super(props, "decode-view");
    this.spot = null;
    this.headline = element("div", { class: "decode-headline" });
    this.drafts = group("drafts, the best first");
    this.hint = element("div", { class: "course-caption" }, HINT);
    this.follow(["draft", "step", "layer", "head", "text", "width"]);
    this.asTable(() => this.table());
    this.mount(this.controls(), this.drafts, this.headline, this.stage(), this.hint);
  }

  /** The draft that is shown; its numbers are made of bytes once. */
  get draft() {
    const result = this.get("result");
    if (this.changed("result", result))
      this.ready = result.drafts.map((one) => ({ ...one, weights: floats(one.weights), probabilities: floats(one.probabilities) }));
    return this.ready[Math.min(this.get("draft"), this.ready.length - 1)];
  }

  /** The present step, layer and head, inside what the draft has, and the start symbol. */
  get place() {
    const [n_layers, n_heads, steps] = this.draft.shape;
    const within = (name, size) => Math.min(this.get(name), size - 1);
    return { step: within("step", steps), layer: within("layer", n_layers), head: within("head", n_heads), start: this.get("start") };
  }

  // ---------- controls ----------

  controls() {
    const attributes = { type: "text", class: "course-field", spellcheck: "false", autocomplete: "off", "aria-label": "input" };
    this.field = keepKeys(element("input", attributes));
    this.field.addEventListener("input", () => this.set({ text: this.field.value }));
    const text = (width) => (width === 1 ? "greedy" : `beam of ${width}`);
    this.widths = choice("how", this.get("widths"), (width) => this.set({ width }), { text });
    const go = (key) => () => this.move(key);
    const steps = Object.entries(STEPS).map(([label, key]) => button(label, go(key)));
    const typed = element("label", { class: "course-control" }, "input", this.field);
    const how = this.widths.buttons.length > 1 ? [this.widths.node] : []; // one way is no choice
    return controls(typed, ...how, group("steps", element("span", { "aria-hidden": "true" }, "step"), ...steps));
  }

  stage() {
    this.steps = element("table", { class: "decode-table", "aria-label": "what the decoder reads and writes" });
    this.bars = element("table", { class: "decode-bars", "aria-label": "the most probable next symbols" });
    this.allHeads = this.map((spot) => {
      const n_heads = this.draft.shape[1];
      this.set({ layer: Math.floor(spot.row / n_heads), head: spot.row % n_heads });
    });
    this.oneHead = this.map((spot) => this.set({ step: spot.row }));
    this.captions = { bars: element("div"), allHeads: element("div"), oneHead: element("div") };
    const maps = keepKeys(element("div", {
      class: "decode-maps", tabindex: 0, role: "application", "aria-roledescription": "decoding step by step", "aria-label": SPOKEN,
    }, this.captions.allHeads, this.allHeads.canvas, this.captions.oneHead, this.oneHead.canvas));
    maps.addEventListener("keydown", (event) => this.move(event.key) && event.preventDefault());
    const left = element("div", { class: "decode-left" }, this.captions.bars, this.bars);
    this.stepsPlace = scroller(this.steps);
    return element("div", {}, this.stepsPlace, element("div", { class: "decode-body" }, left, scroller(maps)));
  }

  /** A canvas whose cells can be pointed at and clicked. */
  map(choose) {
    const made = { canvas: element("canvas", { "aria-hidden": "true" }), place: null };
    const under = ({ offsetX, offsetY }) => spotAt(made.place, offsetX, offsetY);
    const point = (spot) => {
      this.spot = spot && { map: made, ...spot };
      this.redraw();
    };
    made.canvas.addEventListener("pointermove", (event) => event.pointerType !== "touch" && point(under(event)));
    made.canvas.addEventListener("pointerleave", () => point(null));
    made.canvas.addEventListener("click", (event) => under(event) && choose(under(event)));
    return made;
  }

  /** Goes where a key leads; false if the key is none of ours. */
  move(key) {
    const place = keyMove(key, this.place, this.draft.shape);
    if (place) this.set(place);
    return Boolean(place);
  }

  // ---------- what is seen ----------

  draw() {
    const { draft, place } = this;
    const result = this.get("result");
    if (this.field.value !== this.get("text")) this.field.value = this.get("text");
    this.field.setAttribute("aria-invalid", String(this.get("problem") !== ""));
    this.widths.set(this.get("width"));
    write(this.headline, headline(result, draft));
    if (this.changed("picture", result, draft, place.step, place.layer, place.head, this.room, this.theme)) {
      this.drawDrafts(result, this.get("draft"));
      this.drawSteps(draft, place);
      this.drawBars(topSymbols(draft, this.get("target_symbols"), place.step), place.step);
      this.drawMaps(draft, result.source, place);
    }
    this.say(this.spot ? this.pointedAt() : stepSentence(draft, result.source, this.get("target_symbols"), place));
  }

  drawDrafts({ drafts }, chosen) {
    this.drafts.hidden = drafts.length < 2;
    if (this.drafts.hidden) return;
    const label = (draft) => `${draft.written.join(" ")} · ${share(Math.exp(draft.log_probability))}`;
    const buttons = drafts.map((draft, i) =>
      button(label(draft), () => this.set({ draft: i, step: clamp(this.get("step"), 0, draft.written.length - 1) }),
        { "aria-pressed": String(i === chosen) }));
    const focused = [...this.drafts.children].indexOf(document.activeElement);
    this.drafts.replaceChildren(...buttons);
    buttons[focused]?.focus();
  }

  drawSteps(draft, { step, start }) {
    const cells = columns(draft.written, start, step);
    const row = (title, kind) => element("tr", {}, element("th", { scope: "row" }, title), ...cells.map((cell, i) => {
      const hidden = kind === "writes" && cell.state === "later";
      const made = element("td", { class: `decode-${kind} decode-${cell.state}` }, hidden ? "" : cell[kind]);
      made.addEventListener("click", () => this.set({ step: i }));
      return made;
    }));
    this.steps.replaceChildren(row("reads", "reads"), row("writes", "writes"));
    const { offsetLeft, offsetWidth } = this.steps.rows[0].cells[step + 1]; // in a narrow window: keep it in sight
    this.stepsPlace.scrollLeft = offsetLeft + (offsetWidth - this.stepsPlace.clientWidth) / 2;
  }

  drawBars(symbols, step) {
    write(this.captions.bars, `What comes next? Step ${step + 1}`);
    this.bars.replaceChildren(...symbols.map(({ name, probability, written }) => {
      const bar = element("div", { class: "decode-bar" });
      bar.style.width = `${100 * probability}%`;
      const track = element("div", { class: "decode-track" }, bar);
      return element("tr", { class: written ? "decode-written" : "" }, element("th", { scope: "row" }, name),
        element("td", {}, track), element("td", {}, share(probability)));
    }));
  }

  drawMaps({ weights, shape, written }, source, { step, layer, head }) {
    const [n_layers, n_heads, steps, k_len] = shape;
    const room = this.room > 2 * BARS ? this.room - BARS : this.room;
    const names = Array.from({ length: n_layers * n_heads }, (_, i) => `layer ${Math.floor(i / n_heads)}, head ${i % n_heads}`);
    const top = roomAbove(this.root, source, mapPlace(1, k_len, room, 0).cell.width);
    this.allHeads.place = mapPlace(names.length, k_len, room, top);
    this.oneHead.place = mapPlace(steps, k_len, room, top);
    write(this.captions.allHeads, `Where every head looks at step ${step + 1}`);
    write(this.captions.oneHead, `Where layer ${layer}, head ${head} looks at every step`);
    const shown = { source, theme: this.theme, root: this.root };
    const atStep = { ...shown, names, marked: layer * n_heads + head, every: n_heads };
    paintMap(this.allHeads.canvas, this.allHeads.place, headsAt(weights, shape, step), atStep);
    const ofHead = { ...shown, names: written, marked: step };
    paintMap(this.oneHead.canvas, this.oneHead.place, stepsOf(weights, shape, layer, head), ofHead);
  }

  /** The weight under the pointer. */
  pointedAt() {
    const { draft, place, spot } = this;
    const [, n_heads, , k_len] = draft.shape;
    const onAll = spot.map === this.allHeads;
    const [layer, head] = onAll ? [Math.floor(spot.row / n_heads), spot.row % n_heads] : [place.layer, place.head];
    const step = onAll ? place.step : spot.row;
    const weight = stepsOf(draft.weights, draft.shape, layer, head)[step * k_len + spot.column];
    const symbol = this.get("result").source[spot.column];
    return `Step ${step + 1}, writing “${draft.written[step]}”: layer ${layer}, head ${head} looks at “${symbol}” with weight ${fixed(weight, 3)}.`;
  }

  table() {
    const { draft, place: { layer, head } } = this;
    const [, , , k_len] = draft.shape;
    const weights = stepsOf(draft.weights, draft.shape, layer, head);
    const caption = `where layer ${layer}, head ${head} looks, a row for each step`;
    return dataTable(caption, draft.written, this.get("result").source, (i, j) => fixed(weights[i * k_len + j], 3));
  }
}

export default widget(DecodePicture);
