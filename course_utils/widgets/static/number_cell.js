// @ts-check
// One number that a person can type over, drag, or step with the arrow keys.
import { element, keepKeys } from "./elements.js";
import { clamp, short } from "./numbers.js";

const PIXELS_BEFORE_DRAG = 3;
const PER_PIXEL = 0.02; // 50 pixels are 1
const STEP = 0.1; // one arrow key; with shift 1

/** What a person typed as {value}, or {problem: why it is no number}. Takes 0,5 and − as well. */
export function readNumber(text, [low, high]) {
  const typed = text.trim();
  const plain = typed.replace("−", "-").replace(",", ".");
  if (plain === "") return { problem: "An empty cell is not a number" };
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
  if (Number.isNaN(value)) return { problem: `“${typed.slice(0, 20)}” is not a number` };
  if (value < low || value > high) return { problem: `${typed.slice(0, 20)} is too large (${low} to ${high})`.replaceAll("-", "−") };
  return { value };
}

/** True while a number is still being typed: "", "-", "0." or "1e" deserve no complaint yet. */
const isUnfinished = (text) => /^[-+−]?\d*[.,]?(\d+e[-+]?)?$/i.test(text.trim());

/** @typedef {{change: (value: number) => void, problem: (why: string) => void, go: (rows: number, columns: number) => void}} Told */

/** An input box for one number. */
export class NumberCell {
  /**
   * told.change(value): a new good number.  told.problem(why): no number was given, the last good one stays; "": all is
   * well.  told.go(rows, columns): the cursor should go so many rows down and columns to the right.
   * @param {string} label  @param {[number, number]} limits  @param {Told} told
   */
  constructor(label, limits, told) {
    this.limits = limits;
    this.told = told;
    this.value = this.before = 0; // now, and when it got the focus
    this.focused = this.typed = this.dragged = false;
    const kind = { type: "text", inputmode: "decimal", autocomplete: "off", class: "number-cell", "aria-label": label };
    this.node = /** @type {HTMLInputElement} */ (keepKeys(element("input", kind)));
    const listen = (name, act) => this.node.addEventListener(name, (event) => act.call(this, event));
    listen("focus", this.start);
    listen("input", this.type);
    listen("blur", this.stop);
    listen("keydown", this.key);
    listen("pointerdown", this.press);
    listen("mousedown", (event) => event.preventDefault()); // a drag must not select text
    listen("click", () => this.dragged || this.node.focus());
  }

  /** Puts in a number from elsewhere, and never disturbs typing. */
  show(value) {
    this.value = value;
    if (!this.focused) this.node.value = short(value);
  }

  // ---------- typing ----------

  start() {
    this.focused = true;
    this.before = this.value;
    this.writeOut();
  }

  /** The number in full, selected, ready to be typed over. */
  writeOut() {
    this.typed = false;
    this.node.value = String(this.value);
    this.node.select();
  }

  /** Each key takes effect at once, as long as what stands there is a number. */
  type() {
    this.typed = true;
    const { value, problem } = readNumber(this.node.value, this.limits);
    this.node.setAttribute("aria-invalid", String(problem !== undefined));
    if (problem === undefined) this.change(value);
    else if (!isUnfinished(this.node.value)) this.refuse(problem);
  }

  /** Back to the number from before the typing: of 1e9 not even the 1 stays. */
  refuse(problem) {
    if (this.value !== this.before) this.change(this.before);
    this.told.problem(`${problem}: the cell keeps ${short(this.before)}.`);
  }

  change(value) {
    this.value = value;
    this.told.problem("");
    this.told.change(value);
  }

  /** Leaving the cell: what is no number gives way to the last good one. */
  stop() {
    const { problem } = readNumber(this.node.value, this.limits);
    if (problem !== undefined) this.refuse(problem);
    this.node.removeAttribute("aria-invalid");
    this.focused = false;
    this.show(this.value);
  }

  /** Up and down change the number; Enter goes down, and before anything is typed left and right go to the neighbours. */
  key(event) {
    const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const across = this.typed ? 0 : { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Enter") this.told.go(event.shiftKey ? -1 : 1, 0);
    else if (across) this.told.go(0, across);
    else if (steps) this.setWhole(this.value + steps * (event.shiftKey ? 1 : STEP));
    else if (event.key === "Escape") this.setWhole(this.before);
    else return;
    event.preventDefault();
    if (this.focused) this.writeOut();
  }

  /** A number that was not typed digit by digit: the one to come back to. */
  setWhole(value) {
    this.change(Math.round(clamp(value, this.limits[0], this.limits[1]) * 1e6) / 1e6); // 0.1 + 0.2 is 0.3
    this.before = this.value;
  }

  // ---------- dragging ----------

  /** Up and right make the number larger. A finger first has to choose the cell: it may only be scrolling the page. */
  press(start) {
    this.dragged = false;
    if (start.button !== 0 || (start.pointerType === "touch" && !this.focused)) return;
    const first = this.value;
    const drag = (event) => {
      const distance = event.clientX - start.clientX - (event.clientY - start.clientY);
      this.dragged ||= Math.abs(distance) > PIXELS_BEFORE_DRAG;
      if (!this.dragged) return;
      this.setWhole(Math.round((first + distance * PER_PIXEL) * 100) / 100);
      this.node.value = short(this.value);
    };
    const stop = () => {
      this.node.removeEventListener("pointermove", drag);
      this.node.classList.remove("dragging");
    };
    this.node.setPointerCapture(start.pointerId);
    this.node.classList.add("dragging");
    this.node.addEventListener("pointermove", drag);
    this.node.addEventListener("lostpointercapture", stop, { once: true });
  }
}
