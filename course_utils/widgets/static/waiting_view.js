// @ts-check
// WaitingView: what may be stepped through, and the counters. The two lanes are drawn in waiting_lanes.js.
import { button, controls, dataTable, element, menu, scroller } from "./elements.js";
import { clamp, floats } from "./numbers.js";
import { View, widget } from "./shared.js";
import { drawing } from "./waiting_lanes.js";

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
export function spoken(tokens, { step, source, target }) {
  const { rnn, attention } = counts({ step, length: tokens.length, source, target });
  const ends = `from “${tokens[source]}” to “${tokens[target]}”`;
  const steps = rnn.path === 1 ? "1 step" : `${rnn.path} steps`;
  const way = rnn.path === null ? `In the RNN no way leads back ${ends}` : `The RNN needs ${steps} ${ends}`;
  return `RNN: ${rnn.done} of ${rnn.all} steps. Attention: ${attention.done} of 1. ${way}, attention 1.`;
}

/** The counters as a table. */
function counterTable({ tokens, step, source, target }) {
  const { rnn, attention } = counts({ step, length: tokens.length, source, target });
  const rows = ["steps that wait for each other", `steps from “${tokens[source]}” to “${tokens[target]}”`];
  const texts = [[`${rnn.done} of ${rnn.all}`, `${attention.done} of 1`], [rnn.path ?? "no way back", attention.path]];
  return dataTable("what has to wait", rows, ["RNN", "attention"], (i, j) => texts[i][j]);
}

class WaitingPicture extends View {
  constructor(props) {
    super(props, "waiting-view");
    this.tokens = this.get("tokens");
    this.timer = 0;
    this.stage = scroller();
    this.counters = element("div");
    this.follow(["step", "source", "target"]);
    this.signal?.addEventListener("abort", () => this.pause());
    this.mount(this.controls(), this.stage, this.counters);
  }

  controls() {
    const byHand = (steps) => () => {
      this.pause();
      this.move(steps);
    };
    const places = this.tokens.map((token, place) => `${place + 1} ${token}`);
    this.play = button("Play", () => (this.timer ? this.pause() : this.start()));
    this.from = menu("from", places, (source) => this.set({ source }));
    this.to = menu("to", places, (target) => this.set({ target }));
    const steps = [button("Step", byHand(1)), button("Back", byHand(-1)), button("Start again", byHand(-this.tokens.length))];
    return controls(...steps, this.play, this.from.node, this.to.node);
  }

  get atEnd() { return this.get("step") === this.get("limits").step[1]; }

  move(steps) { this.set({ step: clamp(this.get("step") + steps, ...this.get("limits").step) }); }

  start() {
    if (this.atEnd) this.move(-this.tokens.length);
    this.play.textContent = "Pause";
    this.timer = window.setInterval(() => (this.atEnd ? this.pause() : this.move(1)), MS_PER_STEP);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = 0;
    this.play.textContent = "Play";
  }

  draw() {
    const { tokens, theme } = this;
    const [step, source, target, size] = ["step", "source", "target", "d_h"].map((name) => this.get(name));
    const values = floats(this.get("state_bytes"));
    const states = tokens.map((_, place) => values.subarray(place * size, (place + 1) * size));
    const shown = { tokens, states, weights: floats(this.get("weight_bytes")), step, source, target, theme };
    this.stage.replaceChildren(drawing(shown));
    this.counters.replaceChildren(counterTable(shown));
    this.from.select.value = source;
    this.to.select.value = target;
    this.say(spoken(tokens, shown));
  }
}

export default widget(WaitingPicture);
