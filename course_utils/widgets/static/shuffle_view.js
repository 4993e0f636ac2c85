// Words to put into another order by mouse or keyboard, and the heat map of what attention then makes of them.

const CELL = 28;
const LABELS = 64; // room for words, left of the map and above it
const CHANGES = 92; // room for the numbers on its right

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
  const where = from === place ? `stands at place ${place}, as before` : `went from place ${from} to place ${place}`;
  const size = fixed(change[place]);
  const what = size === "0.00" ? "its output did not change" : `its output changed by up to ${size}`;
  return `“${tokens[from]}” ${where}; ${what}.`;
}

class Shuffle {
  constructor(model, root, signal) {
    Object.assign(this, { model, tokens: model.get("tokens"), selected: 0, held: null });
    this.words = element("div", { class: "shuffle-words", role: "group", "aria-label": "the sentence" });
    this.chips = this.tokens.map((token, word) => this.chip(token, word));
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.status = statusLine();
    this.redraw = onceAFrame(() => this.draw());
    root.append(this.controls(), this.words, this.canvas, this.status);
    model.on("change:order", () => this.arrange());
    model.on("change:result change:problem", this.redraw);
    onThemeChange(this.redraw, signal);
    this.arrange();
    this.draw();
  }

  set(name, value) {
    this.model.set(name, value);
    this.model.save_changes();
  }

  controls() {
    const first = this.tokens.map((_, word) => word);
    const row = element("div", { class: "course-controls" });
    row.append(button("Shuffle", () => this.set("order", shuffled(this.model.get("order")))));
    row.append(button("Put back", () => this.set("order", first)));
    if (this.model.get("has_positions")) {
      const box = tickBox("add positions", this.model.get("with_positions"), (on) => this.set("with_positions", on));
      this.model.on("change:with_positions", () => { box.input.checked = this.model.get("with_positions"); });
      row.append(box.node);
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
    const order = this.model.get("order");
    const from = order.indexOf(word);
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: order.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (to >= 0 && to < order.length) this.move(word, from, to);
  }

  /** The word goes where as many others stand before it as lie before the pointer. */
  pull(word, { clientX, clientY }) {
    const order = this.model.get("order");
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
    this.set("order", moved(this.model.get("order"), from, to));
  }

  /** Puts the words into their order without touching the one that is held: it would lose focus and pointer. */
  arrange() {
    let passed = this.held === null;
    for (const [place, word] of this.model.get("order").entries()) {
      const chip = this.chips[word];
      chip.setAttribute("aria-label", `${this.tokens[word]}, place ${place}; arrow keys move it`);
      if (chip === this.held) passed = true;
      else if (passed) this.words.append(chip);
      else this.words.insertBefore(chip, this.held);
    }
  }

  draw() {
    const { order, weights, change } = this.model.get("result");
    const size = order.length * CELL;
    const context = sizeCanvas(this.canvas, LABELS + size + CHANGES, LABELS + size + 4);
    const map = { x: LABELS, y: LABELS, width: size, height: size };
    drawHeatmap(context, floats(weights), order.length, order.length, map);
    const style = getComputedStyle(this.words);
    context.fillStyle = context.strokeStyle = style.color;
    context.strokeRect(LABELS, LABELS, size, size);
    context.font = `12px ${style.fontFamily}`;
    drawWords(context, order.map((word) => this.tokens[word].slice(0, 9)), floats(change));
    const place = order.indexOf(this.selected);
    context.lineWidth = 2;
    context.strokeStyle = style.getPropertyValue("--jp-warn-color0") || "#e65100";
    context.strokeRect(LABELS, LABELS + place * CELL, size, CELL);
    const problem = this.model.get("problem");
    this.status.classList.toggle("course-problem", problem !== "");
    this.status.textContent = problem || describe(this.tokens, order, floats(change), place);
  }
}

/** Words beside the rows and above the columns, and the change of each output. */
function drawWords(context, words, change) {
  const right = LABELS + words.length * CELL + 8;
  context.textBaseline = "middle";
  words.forEach((word, place) => {
    const middle = LABELS + (place + 0.5) * CELL;
    context.textAlign = "right";
    context.fillText(word, LABELS - 6, middle);
    context.textAlign = "left";
    context.fillText(fixed(change[place]), right, middle);
    context.save();
    context.translate(middle, LABELS - 6);
    context.rotate(-Math.PI / 2);
    context.fillText(word, 0, 0);
    context.restore();
  });
  context.fillText("change", right, LABELS - 22);
  context.fillText("of output", right, LABELS - 8);
}

function render({ model, el, signal }) {
  const root = element("div", { class: "course-widget shuffle-view" });
  el.append(root);
  new Shuffle(model, root, signal);
}

export default { render };
