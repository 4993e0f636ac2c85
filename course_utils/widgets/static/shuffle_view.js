// @ts-check
// Words to put into another order by mouse or keyboard, and the heat map of what attention then makes of them.
import { drawFrame, drawHeatmap, fontOf, shorten, sizeCanvas, writeNumbers, writeUpwards } from "./canvas.js";
import { button, controls, dataTable, element, scroller, tickBox } from "./elements.js";
import { clamp, fixed, floats } from "./numbers.js";
import { View, widget } from "./shared.js";

const CELL = { least: 20, tall: 40, wide: 64 }; // pixels
const LABELS = 68; // room for words, left of the map and above it
const CHANGES = 78; // room for the numbers on its right

/** The order in which the word at place `from` has gone to place `to`. */
export function moved(order, from, to) {
  const others = order.filter((_, place) => place !== from);
  return [...others.slice(0, to), order[from], ...others.slice(to)];
}

/** Another order at random (Fisher and Yates); random() gives numbers from 0 to 1. */
export function shuffled(order, random = Math.random) {
  const mixed = [...order];
  for (let last = mixed.length - 1; last > 0; last--) {
    const place = Math.floor(random() * (last + 1));
    [mixed[last], mixed[place]] = [mixed[place], mixed[last]];
  }
  const isSame = mixed.every((word, place) => word === order[place]);
  return isSame ? moved(order, 0, order.length - 1) : mixed;
}

/** One sentence on a word: where it stands now and what became of its output. */
export function describe(tokens, order, change, place) {
  const from = order[place];
  const where = from === place ? `stands at position ${place}, as before` : `went from position ${from} to position ${place}`;
  const size = fixed(change[place]);
  const what = size === "0.00" ? "its output did not change" : `its output changed by up to ${size}`;
  return `“${tokens[from]}” ${where}; ${what}.`;
}

class Shuffle extends View {
  constructor(props) {
    super(props, "shuffle-view");
    this.tokens = this.get("tokens");
    this.selected = 0;
    this.held = null;
    this.words = element("div", { class: "shuffle-words", role: "group", "aria-label": "the sentence" });
    this.chips = this.tokens.map((token, word) => this.chip(token, word));
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.follow(["order"], () => this.arrange());
    this.follow(["with_positions"]);
    this.arrange();
    this.asTable(() => this.table());
    this.mount(this.controls(), this.words, scroller(this.canvas));
  }

  controls() {
    const first = this.tokens.map((_, word) => word);
    const row = controls(
      button("Shuffle", () => this.set({ order: shuffled(this.get("order")) })),
      button("Put back", () => this.set({ order: first })));
    if (this.get("has_positions")) {
      this.positions = tickBox("add positions", this.get("with_positions"), (on) => this.set({ with_positions: on }));
      row.append(this.positions.node);
    }
    return row;
  }

  /** A word that can be pulled with the mouse, or moved with the arrow keys. */
  chip(token, word) {
    const made = button(token, () => {}, { class: "course-button shuffle-word" });
    made.append(element("sub", {}, word));
    made.addEventListener("focus", () => this.select(word));
    made.addEventListener("pointerenter", () => this.select(word));
    made.addEventListener("keydown", (event) => this.key(word, event));
    made.addEventListener("pointerdown", (event) => made.setPointerCapture(event.pointerId));
    made.addEventListener("pointermove", (event) => made.hasPointerCapture(event.pointerId) && this.pull(word, event));
    return made;
  }

  select(word) {
    this.selected = word;
    this.redraw();
  }

  key(word, event) {
    const order = this.get("order");
    const from = order.indexOf(word);
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: order.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to >= 0 && to < order.length) this.move(word, from, to);
  }

  /** The word goes where as many others stand before it as lie before the pointer. */
  pull(word, { clientX, clientY }) {
    const order = this.get("order");
    const isBefore = (other) => {
      const { left, width, top, bottom } = this.chips[other].getBoundingClientRect();
      return bottom < clientY || (top <= clientY && left + width / 2 < clientX);
    };
    const from = order.indexOf(word);
    const to = order.filter((other) => other !== word && isBefore(other)).length;
    if (to !== from) this.move(word, from, to);
  }

  move(word, from, to) {
    this.held = this.chips[word];
    this.set({ order: moved(this.get("order"), from, to) });
  }

  /** Puts the words into their order without touching the one that is held: it would lose focus and pointer. */
  arrange() {
    let passed = this.held === null;
    for (const [place, word] of this.get("order").entries()) {
      const chip = this.chips[word];
      chip.setAttribute("aria-label", `${this.tokens[word]}${word}, position ${place}; arrow keys move it`);
      if (chip === this.held) passed = true;
      else if (passed) this.words.append(chip);
      else this.words.insertBefore(chip, this.held);
    }
  }

  // ---------- what is seen ----------

  draw() {
    const { order, weights, change } = this.get("result");
    this.order = order;
    this.weights = floats(weights);
    this.change = floats(change);
    if (this.positions) this.positions.input.checked = this.get("with_positions");
    const tall = CELL.tall;
    const wide = clamp(Math.floor((this.room - LABELS - CHANGES) / order.length), CELL.least, CELL.wide);
    this.drawMap({ width: wide, height: Math.min(wide, tall) }, order.length);
    this.say(describe(this.tokens, order, this.change, order.indexOf(this.selected)));
  }

  drawMap(cell, length) {
    const { theme, weights } = this;
    const map = { x: LABELS, y: LABELS, width: length * cell.width, height: length * cell.height };
    const context = sizeCanvas(this.canvas, LABELS + map.width + CHANGES, LABELS + map.height + 4);
    drawHeatmap(context, weights, length, length, map, theme);
    writeNumbers(context, weights, length, map, cell, theme, { font: fontOf(this.root, 11) });
    Object.assign(context, { strokeStyle: theme.line, fillStyle: theme.ink, font: fontOf(this.root) });
    context.strokeRect(map.x, map.y, map.width, map.height);
    this.writeWords(context, map, cell);
    const row = map.y + this.order.indexOf(this.selected) * cell.height;
    drawFrame(context, { x: map.x, y: row, width: map.width, height: cell.height }, theme);
  }

  /** The words in their present order beside the map and above it, and on its right what became of each one's output. */
  writeWords(context, map, cell) {
    const right = map.x + map.width + CHANGES - 8;
    context.textBaseline = "middle";
    this.order.forEach((word, place) => {
      const text = shorten(context, this.tokens[word], LABELS - 10);
      const y = map.y + (place + 0.5) * cell.height;
      context.textAlign = "right";
      context.fillText(text, map.x - 6, y);
      context.fillText(fixed(this.change[place]), right, y);
      writeUpwards(context, text, map.x + (place + 0.5) * cell.width, map.y - 6);
    });
    context.textAlign = "right";
    context.fillText("change", right, LABELS - 22);
    context.fillText("of output", right, LABELS - 8);
  }

  table() {
    const names = this.order.map((word) => this.tokens[word]);
    const { weights, change } = this;
    const text = (i, j) => fixed(j < names.length ? weights[i * names.length + j] : change[i], 3);
    return dataTable("weights, and the change of each word's output", names, [...names, "change"], text);
  }
}

export default widget(Shuffle);
