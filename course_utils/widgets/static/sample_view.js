// @ts-check
// SampleView: what may come next as three columns of bars, knobs that change it, and buttons that draw and write.
import { share } from "./decode_maths.js";
import { button, controls, dataTable, element, group, keepKeys, logSlider, scroller, slider, write } from "./elements.js";
import { clamp, fixed, floats } from "./numbers.js";
import { bestSymbols, drawn, rowSentence, scoreBar, sentence, spelled } from "./sample_maths.js";
import { View, widget } from "./shared.js";

const HINT = "Keys in the picture: → draws a symbol, ← takes one away, a letter key writes itself; ↑ ↓ go through the rows, Space writes that row's symbol, as a click does.";
const SPOKEN = "What may come next. Right draws a symbol, left takes the last one away, a letter key writes that letter. Up and down go through the rows, space writes that row's symbol.";
const WORDS = 10;
const HEADS = ["", "score", "at this temperature", "kept"];

class SamplePicture extends View {
  constructor(props) {
    super(props, "sample-view");
    this.pointed = -1; // the row that the keys have gone to
    this.waiting = 0; // draws that were asked for while Python was still at the one before
    this.follow(["written", "temperature", "top_k", "top_p", "dice"]);
    this.asTable(() => this.table());
    this.mount(this.knobs(), this.buttons(), this.stage(), element("div", { class: "course-caption" }, HINT));
  }

  get written() { return this.get("written"); }

  /** The numbers that are shown; made of bytes once. */
  get shown() {
    const result = this.get("result");
    if (this.changed("result", result)) {
      const [scores, heated, kept] = [result.scores, result.heated, result.kept].map(floats);
      this.numbers = { scores, heated, kept, ...bestSymbols({ scores, heated, kept }) };
    }
    return this.numbers;
  }

  get ended() { return this.written.at(-1) === this.get("end") || this.written.length > this.get("limits").written[1]; }

  name(symbol) { return symbol === this.get("end") ? "end" : `“${this.get("symbols")[symbol]}”`; }

  // ---------- controls ----------

  knobs() {
    const limits = this.get("limits");
    const all = limits.top_k[1];
    this.temperature = logSlider("temperature", limits.temperature, this.get("temperature"), (temperature) => this.set({ temperature }));
    const shown = (/** @type {number} */ k) => (k === all ? "all" : String(k));
    this.topK = slider("top-k", { min: 1, max: all, value: this.get("top_k"), show: shown }, (top_k) => this.set({ top_k }));
    const [min, max] = limits.top_p;
    this.topP = slider("top-p", { min, max, step: 0.05, value: this.get("top_p"), show: fixed }, (top_p) => this.set({ top_p }));
    return controls(this.temperature.node, this.topK.node, this.topP.node);
  }

  buttons() {
    this.on = button("write on", () => this.ask());
    this.back = button("undo", () => this.undo());
    this.over = button("start over", () => this.rewrite([]));
    return controls(group("write", this.on, this.back, this.over), button("write ten words", () => this.throwDice()));
  }

  stage() {
    this.line = element("div", { class: "sample-line" });
    this.bars = element("table", { class: "sample-bars" });
    this.words = element("div", { class: "sample-words", role: "status" });
    const place = keepKeys(element("div", {
      class: "sample-stage", tabindex: 0, role: "application", "aria-roledescription": "writing letter by letter", "aria-label": SPOKEN,
    }, this.line, scroller(this.bars)));
    place.addEventListener("keydown", (event) => this.key(event) && event.preventDefault());
    return element("div", {}, place, this.words);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const symbol = this.get("symbols").indexOf(event.key);
    if (event.key === "ArrowRight" || event.key === "Enter") this.ask();
    else if (event.key === "ArrowLeft" || event.key === "Backspace") this.undo();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.point(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === " " && this.current) this.append(this.shown.best[Math.max(this.pointed, 0)].symbol);
    else if (event.key.length === 1 && symbol >= 0) this.append(symbol);
    else return false;
    return true;
  }

  point(by) {
    this.pointed = clamp(this.pointed + by, 0, this.shown.best.length - 1);
    this.redraw();
  }

  append(symbol) {
    if (!this.ended) this.rewrite([...this.written, symbol]);
  }

  undo() {
    this.waiting = 0;
    if (this.written.length) this.rewrite(this.written.slice(0, -1));
  }

  rewrite(written) {
    this.pointed = -1;
    this.set({ written });
  }

  /** Draws a symbol, now or as soon as Python has answered for those before. */
  ask() {
    this.waiting += 1;
    this.redraw();
  }

  /** Is what is shown about what is written? */
  get current() { return JSON.stringify(this.get("result").written) === JSON.stringify(this.written); }

  throwDice() {
    const size = WORDS * (this.get("limits").written[1] + 1);
    this.set({ dice: Array.from({ length: size }, () => Math.random()) });
  }

  // ---------- what is seen ----------

  draw() {
    if (this.ended) this.waiting = 0;
    if (this.waiting && this.current && !this.get("problem")) {
      this.waiting -= 1;
      this.append(drawn(this.shown.kept, Math.random()));
    }
    this.temperature.set(this.get("temperature"));
    this.topK.set(this.get("top_k"));
    this.topP.set(this.get("top_p"));
    this.on.disabled = this.ended;
    this.back.disabled = this.over.disabled = this.written.length === 0;
    const result = this.get("result");
    const text = spelled(result.written, this.get("symbols"), this.get("end"));
    if (this.changed("picture", result, this.pointed)) this.paint(result, text);
    const at = this.shown.best[this.pointed];
    this.say(at ? rowSentence(at, this.name(at.symbol))
      : sentence(text, text.endsWith("□"), this.shown, [...this.shown.kept], (symbol) => this.name(symbol)));
  }

  paint({ words, how }, text) {
    write(this.line, text.endsWith("□") ? text : `${text}▁`);
    write(this.words, words.length ? `Ten words, ${how}: ${words.join(" · ")}` : "");
    const { best, rest } = this.shown;
    const head = element("tr", {}, ...HEADS.map((title) => element("th", { scope: "col" }, title)));
    const others = element("tr", { class: "sample-rest" }, element("th", { scope: "row" }, `${rest.count} others`), element("td"),
      this.share(rest.heated), this.share(rest.kept));
    this.bars.replaceChildren(head, ...best.map((row, i) => this.row(row, best, i)), ...(rest.count ? [others] : []));
  }

  row({ symbol, score, heated, kept }, best, i) {
    const bar = element("div", { class: "sample-bar sample-score" });
    const { left, width } = scoreBar(score, best);
    Object.assign(bar.style, { marginLeft: `${left}%`, width: `${width}%` });
    const kind = `${kept > 0 ? "" : "sample-out"} ${i === this.pointed ? "sample-pointed" : ""}`.trim();
    const made = element("tr", { class: kind }, element("th", { scope: "row" }, this.name(symbol)),
      element("td", {}, this.track(bar), element("span", {}, fixed(score))), this.share(heated), this.share(kept));
    made.addEventListener("click", () => this.append(symbol));
    return made;
  }

  share(probability) {
    const bar = element("div", { class: "sample-bar" });
    bar.style.width = `${100 * probability}%`;
    bar.hidden = probability === 0; // else a line would be left of it
    return element("td", {}, this.track(bar), element("span", {}, probability === 0 ? "0" : share(probability)));
  }

  track(bar) { return element("div", { class: "sample-track" }, bar); }

  table() {
    const { scores, heated, kept } = this.shown;
    const names = this.get("symbols");
    const columns = [scores, heated, kept];
    return dataTable(`what may follow “${spelled(this.get("result").written, names, this.get("end"))}”`, names, HEADS.slice(1),
      (symbol, column) => fixed(columns[column][symbol], 3));
  }
}

export default widget(SamplePicture);
