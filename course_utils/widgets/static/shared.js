// @ts-check
// What every widget's front end is. It speaks anywidget's contract and nothing else.
import { element, scroller, write } from "./elements.js";
import { followTheme } from "./theme.js";

/** @typedef {import("@anywidget/types").RenderProps} RenderProps */

const PATIENCE_MS = 1000; // before we say that Python has not answered
const USUAL_ROOM = 700; // pixels, as long as the widget does not stand in the page
const PADDING = 14; // of the widget and of a scroller in it, left and right together

/** Runs `work` once in the next frame, however often it is asked for: the latest value wins. */
function onceAFrame(work) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      work();
    });
  };
}

/**
 * A widget in the page. A subclass builds its nodes, hands them to `mount`, says with `follow` which traits it shows, and
 * has `draw()`, which brings all that is seen up to date.
 */
export class View {
  /** @param {RenderProps} props  @param {string} kind the CSS class of its own */
  constructor({ model, el, signal }, kind) {
    this.model = model;
    this.signal = signal;
    this.root = element("div", { class: `course-widget ${kind}` });
    this.status = element("div", { class: "course-status", role: "status" }); // what is shown, or pointed at
    this.notice = element("div", { class: "course-notice", role: "status" }); // what went wrong
    this.late = false; // has Python left a question without an answer?
    this.fold = null;
    this.fillTable = () => {};
    this.last = new Map();
    this.redraw = onceAFrame(() => this.update());
    el.append(this.root);
    this.measure = followTheme(this.root, (theme) => this.wear(theme), signal);
  }

  draw() {}

  /** Puts the nodes into the page, with the status below, and draws for the first time. */
  mount(...nodes) {
    this.root.append(...nodes, this.status, this.notice, ...(this.fold ? [this.fold] : []));
    this.watchForAnswers();
    this.update();
    const sizes = new ResizeObserver(() => {
      this.measure(); // only now it may stand in the page
      this.redraw();
    });
    sizes.observe(this.root);
    this.signal?.addEventListener("abort", () => sizes.disconnect());
    this.mounted = true;
  }

  /** Adds a folded table with the numbers of the picture; `make` is asked for it while it is open. To be called before `mount`. */
  asTable(make) {
    const place = scroller();
    const fold = element("details", { class: "course-fold" }, element("summary", {}, "the numbers as a table"), place);
    this.fillTable = () => { if (fold.open) place.replaceChildren(make()); };
    fold.addEventListener("toggle", this.fillTable);
    this.fold = fold;
  }

  /** How wide a picture may be, in pixels. */
  get room() { return (this.root.clientWidth || USUAL_ROOM) - PADDING; }

  /** Are these values others than at the last call under this name? What does not change need not be drawn again. */
  changed(name, ...values) {
    const last = this.last.get(name);
    this.last.set(name, values);
    return !last || values.some((value, i) => value !== last[i]);
  }

  // ---------- the model ----------

  get(name) { return this.model.get(name); }

  /** Sets traits and sends them. */
  set(changes) {
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.model.save_changes();
  }

  /** Calls back whenever one of these traits has changed. */
  follow(names, callback = this.redraw) {
    for (const name of names) {
      this.model.on(`change:${name}`, callback);
      this.signal?.addEventListener("abort", () => this.model.off(`change:${name}`, callback));
    }
  }

  // ---------- Python's answers ----------

  /** The traits on which Python acts, and what they were when it last did. */
  get answered() { return this.get("answered") ?? {}; }

  /** The traits for which Python still owes an answer. */
  unanswered() {
    const { answered } = this;
    return Object.keys(answered).filter((name) => JSON.stringify(this.get(name)) !== JSON.stringify(answered[name]));
  }

  watchForAnswers() {
    let timer = 0;
    const judge = () => {
      timer = 0;
      const late = this.unanswered().length > 0;
      if (late === this.late) return;
      this.late = late;
      this.redraw();
    };
    const wait = () => { timer ||= window.setTimeout(judge, PATIENCE_MS); };
    this.follow(Object.keys(this.answered), wait);
    this.follow(["answered"], () => {
      clearTimeout(timer);
      timer = 0;
      if (this.unanswered().length > 0) wait();
      else judge();
    });
    this.follow(["result", "problem"]);
    this.signal?.addEventListener("abort", () => clearTimeout(timer));
  }

  // ---------- what is seen ----------

  wear(theme) {
    this.theme = theme;
    if (this.mounted) this.redraw();
  }

  update() {
    this.draw();
    this.fillTable();
    const problem = this.get("problem") || this.complaint();
    write(this.notice, this.late ? this.excuse() : problem || this.remark());
    this.notice.classList.toggle("course-problem", Boolean(problem) || this.late);
  }

  /** The line below the picture. */
  say(sentence) { write(this.status, sentence); }

  /** What is wrong with what was typed, or "". */
  complaint() { return ""; }

  /** A sentence about Python's result, or "". */
  remark() { return this.get("result")?.remark ?? ""; }

  /** What the widget says while no kernel answers. */
  excuse() {
    const { answered } = this;
    const shown = this.unanswered().filter((name) => typeof answered[name] !== "object")
      .map((name) => `${name.replaceAll("_", " ")} = ${answered[name]}`);
    const still = shown.length ? `the picture is still that of ${shown.join(", ")}` : "the picture is still the last one";
    return `Python has not answered: ${still}. If no kernel is running, run this cell again.`;
  }
}

/** What anywidget asks for, from a View. */
export const widget = (Kind) => ({ render: (/** @type {RenderProps} */ props) => { new Kind(props); } });
