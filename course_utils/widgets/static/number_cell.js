// One number that a person can type over, drag, or step with the arrow keys.

const LARGEST = 1000;
const PIXELS_BEFORE_DRAG = 3;
const PER_PIXEL = 0.02; // 50 pixels are 1
const STEP = 0.1; // one arrow key; with shift 1

const clamp = (x) => Math.max(-LARGEST, Math.min(LARGEST, x));

/** What a person typed as {value}, or {problem: why it is no number}. Takes 0,5 and − as well. */
export function readNumber(text) {
  const typed = text.trim();
  const plain = typed.replace("−", "-").replace(",", ".");
  if (plain === "") return { problem: "An empty cell is not a number" };
  const value = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
  if (Number.isNaN(value)) return { problem: `“${typed.slice(0, 20)}” is not a number` };
  if (Math.abs(value) > LARGEST) return { problem: `${typed.slice(0, 20)} is too large (−${LARGEST} to ${LARGEST})` };
  return { value };
}

/** True while a number is still being typed: "", "-", "0." or "1e" deserve no complaint yet. */
const isUnfinished = (text) => /^[-+−]?\d*[.,]?(\d+e[-+]?)?$/i.test(text.trim());

/**
 * An input box for one number.
 * on.change(value): a new good number.  on.problem(why): no number was given, the last good one stays; "": all is well.
 * on.leave(rows): Enter was pressed, go so many rows down.
 * Returns {box, show}; show(value) puts in a number from elsewhere and never disturbs typing.
 */
export function numberCell(label, on) {
  const kind = { type: "text", inputmode: "decimal", autocomplete: "off", class: "number-cell" };
  const box = element("input", { ...kind, "aria-label": label });
  const cell = { box, on, value: 0, typing: false };
  const listen = (name, act) => box.addEventListener(name, (event) => act(cell, event));
  listen("focus", startTyping);
  listen("input", typed);
  listen("blur", stopTyping);
  listen("keydown", keyPressed);
  listen("pointerdown", startDrag);
  box.addEventListener("mousedown", (event) => event.preventDefault()); // a drag must not select text
  keepKeys(box);
  return { box, show: (value) => show(cell, value) };
}

function show(cell, value) {
  cell.value = value;
  if (!cell.typing) cell.box.value = short(value);
}

function startTyping(cell) {
  cell.typing = true;
  cell.before = cell.value;
  writeOut(cell);
}

/** The number in full, selected, ready to be typed over. */
function writeOut(cell) {
  cell.box.value = String(cell.value);
  cell.box.select();
}

/** Each key takes effect at once, as long as what stands there is a number. */
function typed(cell) {
  const { value, problem } = readNumber(cell.box.value);
  cell.box.setAttribute("aria-invalid", String(problem !== undefined));
  if (problem === undefined) change(cell, value);
  else if (!isUnfinished(cell.box.value)) refuse(cell, problem);
}

/** Back to the number from before the typing: of 1e9 not even the 1 stays. */
function refuse(cell, problem) {
  if (cell.value !== cell.before) change(cell, cell.before);
  cell.on.problem(`${problem}: the cell keeps ${short(cell.before)}.`);
}

function change(cell, value) {
  cell.value = value;
  cell.on.problem("");
  cell.on.change(value);
}

/** Leaving the cell: what is no number gives way to the last good one. */
function stopTyping(cell) {
  const { problem } = readNumber(cell.box.value);
  if (problem !== undefined) refuse(cell, problem);
  cell.box.removeAttribute("aria-invalid");
  cell.typing = false;
  show(cell, cell.value);
}

function keyPressed(cell, event) {
  const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (steps) setWhole(cell, clamp(cell.value + steps * (event.shiftKey ? 1 : STEP)));
  else if (event.key === "Escape") setWhole(cell, cell.before);
  else if (event.key === "Enter") cell.on.leave(event.shiftKey ? -1 : 1);
  else return;
  event.preventDefault();
  if (event.key !== "Enter") writeOut(cell);
}

/** A number that was not typed digit by digit: the one to come back to. */
function setWhole(cell, value) {
  change(cell, Math.round(value * 1e6) / 1e6); // 0.1 + 0.2 is 0.3
  cell.before = cell.value;
}

/** Up and right make the number larger. A press without a drag puts the cursor in. */
function startDrag(cell, start) {
  if (start.button !== 0) return;
  const first = cell.value;
  let dragging = false;
  const drag = (event) => {
    const distance = event.clientX - start.clientX - (event.clientY - start.clientY);
    dragging ||= Math.abs(distance) > PIXELS_BEFORE_DRAG;
    if (!dragging) return;
    setWhole(cell, clamp(Math.round((first + distance * PER_PIXEL) * 100) / 100));
    cell.box.value = short(cell.value);
  };
  const stop = () => {
    cell.box.removeEventListener("pointermove", drag);
    cell.box.classList.remove("dragging");
    if (!dragging) cell.box.focus();
  };
  cell.box.setPointerCapture(start.pointerId);
  cell.box.classList.add("dragging");
  cell.box.addEventListener("pointermove", drag);
  cell.box.addEventListener("lostpointercapture", stop, { once: true });
}
