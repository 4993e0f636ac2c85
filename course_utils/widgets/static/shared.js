// What every widget of the course shares. Python puts this file ahead of each widget's own module.

// ---------- numbers ----------

/** Float32Array of the bytes of a trait. Copied: a DataView may begin off a 4-byte boundary. */
export function floats(view) {
  const bytes = new Uint8Array(view.byteLength);
  bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return new Float32Array(bytes.buffer);
}

/** Softmax of `count` rows of `width` scores, each divided by the temperature; -Infinity gets weight 0. */
export function softmaxRows(scores, count, width, temperature = 1) {
  const weights = new scores.constructor(count * width); // as exact as what came in
  for (let row = 0; row < count; row++) {
    const start = row * width;
    let top = -Infinity;
    for (let k = 0; k < width; k++) top = Math.max(top, scores[start + k]);
    let sum = 0;
    for (let k = 0; k < width; k++) sum += weights[start + k] = Math.exp((scores[start + k] - top) / temperature);
    for (let k = 0; k < width; k++) weights[start + k] /= sum;
  }
  return weights;
}

export const fixed = (value, digits = 2) => value.toFixed(digits).replace("-", "−");

// ---------- theme and colour ----------

/** Is JupyterLab's theme dark? Outside JupyterLab, what the system prefers. */
export function isDark() {
  const light = document.body.dataset.jpThemeLight;
  return light === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : light === "false";
}

/** Calls back when the theme changes, until the signal ends. */
export function onThemeChange(callback, signal) {
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-name", "data-jp-theme-light"] });
  signal?.addEventListener("abort", () => observer.disconnect());
}

// Stops of each scale, from 0 to 1, as [red, green, blue]. "page" begins at the page's own background.
const SCALES = {
  light: [[255, 255, 255], [198, 219, 239], [107, 174, 214], [33, 113, 181], [8, 48, 107]],
  dark: [[17, 17, 17], [22, 50, 79], [31, 95, 153], [73, 153, 214], [201, 229, 255]],
  viridis: [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]],
  cividis: [[0, 34, 78], [65, 77, 107], [124, 123, 120], [188, 175, 111], [254, 232, 56]],
};
const MINUS = { light: [178, 74, 20], dark: [255, 158, 102] };

function between(a, b, t) {
  return a.map((channel, i) => Math.round(channel + (b[i] - channel) * t));
}

/** [r, g, b] of a weight from 0 to 1. */
export function weightColour(value, scale = "page", dark = isDark()) {
  const stops = SCALES[scale === "page" ? (dark ? "dark" : "light") : scale];
  const place = Math.min(Math.max(value, 0), 1) * (stops.length - 1);
  const first = Math.min(Math.floor(place), stops.length - 2);
  return between(stops[first], stops[first + 1], place - first);
}

/** [r, g, b] of a signed number: blue above 0, orange below, the page's background at 0; `limit` is full colour. */
export function signedColour(value, limit, dark = isDark()) {
  const share = Math.min(Math.abs(value) / (limit || 1), 1) * 0.75;
  if (value >= 0) return weightColour(share, "page", dark);
  return between(SCALES[dark ? "dark" : "light"][0], MINUS[dark ? "dark" : "light"], share);
}

export const css = ([r, g, b]) => `rgb(${r},${g},${b})`;

/** The text colour that can be read better on this background; contrast is at least 4. */
export function inkOn(colour) {
  const [r, g, b] = colour.map((channel) => (channel / 255) ** 2.2); // about as bright as the eye sees it
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.19 ? "#111" : "#fff";
}

// ---------- the heat map ----------

const tables = new Map();

/** 256 colours of a scale as 32-bit pixels, so that a large heat map is one look-up per cell. */
function colourTable(scale, dark) {
  const name = `${scale} ${dark}`;
  if (!tables.has(name)) {
    const bytes = new Uint8ClampedArray(256 * 4);
    for (let i = 0; i < 256; i++) bytes.set([...weightColour(i / 255, scale, dark), 255], 4 * i);
    tables.set(name, new Uint32Array(bytes.buffer));
  }
  return tables.get(name);
}

/** Draws rows × columns of weights into a rectangle of a canvas: one pixel per cell, enlarged without smoothing. */
export function drawHeatmap(context, values, rows, columns, box, { scale = "page", dark = isDark() } = {}) {
  const table = colourTable(scale, dark);
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[Math.round(Math.min(Math.max(values[i], 0), 1) * 255)];
  const small = new OffscreenCanvas(columns, rows);
  small.getContext("2d").putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, box.x, box.y, box.width, box.height);
}

/** Sets a canvas to a size in CSS pixels, sharp on any screen; returns its context in CSS pixels. */
export function sizeCanvas(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

// ---------- elements ----------

/** An element with attributes and children. Text is always text: a token may hold HTML. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.map((child) => (child instanceof Node ? child : String(child))));
  return made;
}

/** The same for SVG. */
export function svgElement(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Keeps JupyterLab from taking the keys of a focused control (in command mode `b` would insert a cell). */
export function keepKeys(control) {
  control.setAttribute("data-lm-suppress-shortcuts", "true");
  control.addEventListener("keydown", (event) => event.stopPropagation());
  return control;
}

/** A line that says what the picture shows; screen readers speak it. */
export function statusLine(text = "") {
  return element("div", { class: "course-status", role: "status", "aria-live": "polite" }, text);
}

/** A labelled slider; `show` turns its value into text. */
export function slider(label, { min, max, step, value, show = String }, onInput) {
  const input = keepKeys(element("input", { type: "range", min, max, step, "aria-label": label }));
  const output = element("output", { class: "course-value" });
  const set = (number) => {
    input.value = number;
    output.textContent = show(Number(number)); // as it is, not as the nearest step
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.addEventListener("input", () => {
    set(input.value);
    onInput(Number(input.value));
  });
  set(value);
  return { node: element("label", { class: "course-control" }, label, input, output), input, set };
}

/** A labelled tick box. */
export function tickBox(label, checked, onChange) {
  const input = keepKeys(element("input", { type: "checkbox" }));
  input.checked = checked;
  input.addEventListener("change", () => onChange(input.checked));
  return { node: element("label", { class: "course-control" }, input, label), input };
}

/** A button. */
export function button(label, onClick, attributes = {}) {
  const made = keepKeys(element("button", { type: "button", class: "course-button", ...attributes }, label));
  made.addEventListener("click", onClick);
  return made;
}

/** Controls that belong together, with what to call them for who cannot see it. */
export function group(label, ...nodes) {
  return element("div", { class: "course-group", role: "group", "aria-label": label }, ...nodes);
}

/** Runs `draw` once in the next frame, however often it is asked for: the latest value wins. */
export function onceAFrame(draw) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  };
}
