// @ts-check
// Elements of the page, and the controls that all widgets use.
import { fixed } from "./numbers.js";

/** Sets attributes of an element; true is an attribute without a value, false and null are none. */
export function put(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  return node;
}

/** An element with attributes and children. Text is always text: a token may hold HTML. */
export function element(tag, attributes = {}, ...children) {
  const made = put(document.createElement(tag), attributes);
  made.append(...children.map((child) => (child instanceof Node ? child : String(child))));
  return made;
}

/** The same for SVG. */
export function svgElement(tag, attributes = {}, ...children) {
  const made = put(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes);
  made.append(...children.map((child) => (child instanceof Node ? child : String(child))));
  return made;
}

/** Puts a text into a node, if it is another: a live region would be read out again. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Keeps JupyterLab from taking the keys of a focused control (in command mode `b` would insert a cell). */
export function keepKeys(control) {
  control.setAttribute("data-lm-suppress-shortcuts", "true");
  control.addEventListener("keydown", (event) => event.stopPropagation());
  return control;
}

const asText = (/** @type {any} */ value) => String(value);

/** A labelled slider; `show` turns its value into text, which is heard as the slider's value and only there. */
export function slider(label, { min, max, step = 1, value, show = asText }, onInput) {
  const input = keepKeys(element("input", { type: "range", min, max, step, "aria-label": label }));
  const shown = element("span", { class: "course-value", "aria-hidden": "true" });
  const set = (number) => {
    input.value = number;
    const text = show(Number(number)); // as it is, not as the nearest step
    write(shown, text);
    if (input.getAttribute("aria-valuetext") !== text) input.setAttribute("aria-valuetext", text);
  };
  input.addEventListener("input", () => {
    set(input.value);
    onInput(Number(input.value));
  });
  set(value);
  return { node: element("label", { class: "course-control" }, label, input, shown), input, set };
}

/** A slider that moves in powers of ten. */
export function logSlider(label, [low, high], value, onInput) {
  const options = { min: Math.log10(low), max: Math.log10(high), step: 0.01, value: Math.log10(value), show: (x) => fixed(10 ** x) };
  const made = slider(label, options, (x) => onInput(Number((10 ** x).toFixed(3))));
  return { ...made, set: (number) => made.set(Math.log10(number)) };
}

/** A labelled tick box. */
export function tickBox(label, checked, onChange) {
  const input = keepKeys(element("input", { type: "checkbox" }));
  input.checked = checked;
  input.addEventListener("change", () => onChange(input.checked));
  return { node: element("label", { class: "course-control" }, input, label), input };
}

/** A labelled menu of texts; `onChoose` is told the number of one. */
export function menu(label, texts, onChoose) {
  const options = texts.map((text, value) => element("option", { value }, text));
  const select = keepKeys(element("select", { "aria-label": label }, ...options));
  select.addEventListener("change", () => onChoose(Number(select.value)));
  return { node: element("label", { class: "course-control" }, label, select), select };
}

/** A button. */
export function button(label, onClick, attributes = {}) {
  const made = keepKeys(element("button", { type: "button", class: "course-button", ...attributes }, label));
  made.addEventListener("click", onClick);
  return made;
}

/** Buttons of which one is pressed: `set` says which of the values. */
export function choice(label, values, onChoose, { text = asText, name = (/** @type {any} */ _value) => ({}) } = {}) {
  const buttons = values.map((value) => button(text(value), () => onChoose(value), name(value)));
  const set = (chosen) => buttons.forEach((one, i) => one.setAttribute("aria-pressed", String(values[i] === chosen)));
  return { node: group(label, element("span", { "aria-hidden": "true" }, label), ...buttons), buttons, set };
}

/** Controls that belong together, with what to call them for those who cannot see it. */
export function group(label, ...nodes) {
  return element("div", { class: "course-group", role: "group", "aria-label": label }, ...nodes);
}

/** The row of controls above a picture. */
export const controls = (...nodes) => element("div", { class: "course-controls" }, ...nodes);

/** A place that scrolls sideways when its content is wider. */
export const scroller = (...nodes) => reachable(element("div", { class: "course-scroller" }, ...nodes));

/** A place that can be reached by keyboard while it scrolls: else nobody without a mouse could scroll it. */
export function reachable(place) {
  const watch = new ResizeObserver(() => {
    if (place.scrollWidth > place.clientWidth) place.setAttribute("tabindex", "0");
    else place.removeAttribute("tabindex");
  });
  for (const one of [place, ...place.children]) watch.observe(one);
  return place;
}

/** A table of numbers or texts with a name for each row and column. */
export function dataTable(caption, rowNames, columnNames, textAt) {
  const head = (scope, text) => element("th", { scope }, text);
  const rows = rowNames.map((name, i) =>
    element("tr", {}, head("row", name), ...columnNames.map((_, j) => element("td", {}, textAt(i, j)))));
  const top = element("tr", {}, element("td"), ...columnNames.map((name) => head("col", name)));
  return element("table", { class: "course-table" }, element("caption", {}, caption),
    element("thead", {}, top), element("tbody", {}, ...rows));
}
