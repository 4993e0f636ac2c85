// WaitingView: what may be stepped through, and the counters. The two lanes are drawn in waiting_lanes.js.

const MS_PER_STEP = 700;

/** The counters: steps done, steps in all, steps between the two tokens (null: no way back in a net that reads on). */
export function counts({ step, length, source, target }) {
  const path = target >= source ? target - source : null;
  return {
    rnn: { done: step, all: length, path },
    attention: { done: Math.min(step, 1), all: 1, path: 1 },
  };
}

/** The same in words, for the line below and for screen readers. */
export function spoken(words, { step, source, target }) {
  const { rnn, attention } = counts({ step, length: words.length, source, target });
  const ends = `from “${words[source]}” to “${words[target]}”`;
  const steps = rnn.path === 1 ? "1 step" : `${rnn.path} steps`;
  const way = rnn.path === null ? `In the RNN no way leads back ${ends}` : `The RNN needs ${steps} ${ends}`;
  return `RNN: ${rnn.done} of ${rnn.all} steps. Attention: ${attention.done} of 1. ${way}, attention 1.`;
}

/** The counters as a table. */
function table({ words, step, source, target }) {
  const { rnn, attention } = counts({ step, length: words.length, source, target });
  const row = (title, ...cells) =>
    element("tr", {}, element("th", { scope: "row" }, title), ...cells.map((cell) => element("td", {}, cell)));
  const head = ["", "RNN", "attention"].map((text) => element("th", { scope: "col" }, text));
  return element("table", { class: "wait-counts" },
    element("tr", {}, ...head),
    row("steps that wait for each other", `${rnn.done} of ${rnn.all}`, `${attention.done} of 1`),
    row(`steps from “${words[source]}” to “${words[target]}”`, rnn.path ?? "no way back", attention.path));
}

/** A labelled menu of the tokens. */
function menu(label, words, chosen, onChoose) {
  const options = words.map((text, place) =>
    element("option", { value: place, selected: place === chosen }, `${place + 1} ${text}`));
  const select = keepKeys(element("select", { "aria-label": label }, ...options));
  select.addEventListener("change", () => onChoose(Number(select.value)));
  return { node: element("label", { class: "course-control" }, label, select), select };
}

class WaitingPicture {
  constructor(model, root, signal) {
    this.model = model;
    this.words = model.get("words");
    this.timer = null;
    this.stage = element("div", { class: "wait-stage" });
    this.counters = element("div");
    this.status = statusLine();
    root.append(this.controls(), this.stage, this.counters, this.status);
    const draw = onceAFrame(() => this.draw());
    for (const name of ["step", "source", "target"]) model.on(`change:${name}`, draw);
    onThemeChange(draw, signal);
    signal?.addEventListener("abort", () => this.pause());
    draw();
  }

  controls() {
    const byHand = (steps) => () => {
      this.pause();
      this.move(steps);
    };
    const { words, model } = this;
    this.play = button("Play", () => (this.timer ? this.pause() : this.start()));
    this.from = menu("from", words, model.get("source"), (place) => this.set("source", place));
    this.to = menu("to", words, model.get("target"), (place) => this.set("target", place));
    const again = button("Start again", byHand(-words.length));
    const buttons = [button("Step", byHand(1)), button("Back", byHand(-1)), again, this.play];
    return element("div", { class: "course-controls" }, ...buttons, this.from.node, this.to.node);
  }

  set(name, value) {
    this.model.set(name, value);
    this.model.save_changes();
  }

  move(steps) {
    this.set("step", Math.min(Math.max(this.model.get("step") + steps, 0), this.words.length));
  }

  atEnd() {
    return this.model.get("step") === this.words.length;
  }

  start() {
    if (this.atEnd()) this.move(-this.words.length);
    this.play.textContent = "Pause";
    this.timer = setInterval(() => (this.atEnd() ? this.pause() : this.move(1)), MS_PER_STEP);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.textContent = "Play";
  }

  draw() {
    const { model, words } = this;
    const [step, source, target, size] = ["step", "source", "target", "d_h"].map((name) => model.get(name));
    const values = floats(model.get("state_bytes"));
    const states = words.map((_, place) => values.subarray(place * size, (place + 1) * size));
    const shown = { words, states, weights: floats(model.get("weight_bytes")), step, source, target, dark: isDark() };
    this.stage.replaceChildren(drawing(shown));
    this.counters.replaceChildren(table(shown));
    this.status.textContent = spoken(words, shown);
    this.from.select.value = source;
    this.to.select.value = target;
  }
}

function render({ model, el, signal }) {
  const root = element("div", { class: "course-widget waiting-view" });
  el.append(root);
  new WaitingPicture(model, root, signal);
}

export default { render };
