// @ts-check
// VanishingView: eigenvalues on the left move with the slider at once; the curve on the right is measured in Python.
import { controls, element, reachable, slider, svgElement } from "./elements.js";
import { clamp, fixed, floats } from "./numbers.js";
import { View, widget } from "./shared.js";

const PLANE = { size: 236, left: 34, top: 26, below: 22 };
const REACHES = [1.25, 3.25]; // how far the plane goes from 0: it changes once, where the radius no longer fits
const CHART = { left: 52, top: 26, width: 430, height: 204, low: -16, high: 8 }; // low, high: powers of 10
const TICKS = [-16, -12, -8, -4, 0, 4, 8];
const NOTABLE = 2; // powers of 10 up or down before we call it exploding or vanishing
const ZERO = -299; // Python sends -300 for the logarithm of 0

/** 10⁻⁷ from -7. */
export const power = (exponent) =>
  `10${String(exponent).replace("-", "⁻").replace(/\d/g, (figure) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(figure)])}`;

/** What became of the gradient, seen `back` steps back; logs are powers of 10. */
export function verdict(logs, back) {
  const change = logs[back] - logs[0];
  if (change < -NOTABLE) return "vanishing";
  return change > NOTABLE ? "exploding" : "neither vanishing nor exploding";
}

/** The line below the picture. */
export function spoken(radius, logs, back) {
  const size = logs[back] > ZERO ? `about ${power(Math.round(logs[back]))}` : "0";
  const steps = back === 1 ? "1 step" : `${back} steps`;
  return `Spectral radius ${fixed(radius)}. ${steps} back the gradient is ${size}: ${verdict(logs, back)}.`;
}

/** Place of a step and a power of 10 in the chart. */
export function place(step, log, length) {
  const share = (log - CHART.low) / (CHART.high - CHART.low);
  return [CHART.left + (CHART.width * step) / Math.max(length - 1, 1), CHART.top + CHART.height * (1 - share)];
}

const inside = (log) => log >= CHART.low && log <= CHART.high;

/** Points of a curve, which ends at the frame: one that went on along it would look like a gradient that stays. */
export function curvePoints(logs) {
  const points = [];
  for (let step = 0; step < logs.length; step++) {
    const log = clamp(logs[step], CHART.low, CHART.high);
    if (inside(logs[step])) points.push(place(step, log, logs.length));
    else if (step > 0 && inside(logs[step - 1])) points.push(edge(step, logs, log));
  }
  return points.map((point) => point.map((v) => v.toFixed(1)).join(",")).join(" ");
}

/** Where the line from the step before leaves the chart, at a height of `log`. */
function edge(step, logs, log) {
  const share = (log - logs[step - 1]) / (logs[step] - logs[step - 1]);
  return place(step - 1 + share, log, logs.length);
}

const text = (x, y, content, attributes = {}) => svgElement("text", { x, y, ...attributes }, content);

function picture(kind, width, height, ...children) {
  return svgElement("svg", { viewBox: `0 0 ${width} ${height}`, class: kind, "aria-hidden": "true" }, ...children);
}

/** The eigenvalues, and the circle in which they must lie for a gradient to shrink. */
function plane(eigenvalues, radius) {
  const { size, left, top, below } = PLANE;
  const reach = REACHES.find((one) => radius < one) ?? REACHES[1];
  const scale = size / 2 / reach;
  const [x0, y0] = [left + size / 2, top + size / 2];
  const line = (x1, y1, x2, y2) => svgElement("line", { x1, y1, x2, y2, class: "vanish-grid" });
  const made = picture("vanish-plane", size + left + 8, top + size + below,
    text(left, 15, "Eigenvalues of W_hh", { class: "vanish-title" }), line(left, y0, left + size, y0), line(x0, top, x0, top + size),
    svgElement("rect", { x: left, y: top, width: size, height: size, class: "vanish-frame" }),
    svgElement("circle", { cx: x0, cy: y0, r: scale, class: "vanish-circle" }));
  for (const number of reach < 2 ? [-1, 0, 1] : [-3, -2, -1, 0, 1, 2, 3]) {
    made.append(text(x0 + number * scale, top + size + 16, fixed(number, 0), { "text-anchor": "middle" }));
    made.append(text(left - 6, y0 - number * scale + 4, number ? `${fixed(number, 0)}i` : "0", { "text-anchor": "end" }));
  }
  for (let n = 0; n < eigenvalues.length; n += 2) {
    const [x, y] = [eigenvalues[n] * radius, eigenvalues[n + 1] * radius];
    const kind = Math.hypot(x, y) > 1 ? "vanish-dot vanish-outside" : "vanish-dot";
    made.append(svgElement("circle", { cx: x0 + x * scale, cy: y0 - y * scale, r: 3, class: kind }));
  }
  return made;
}

function grid() {
  return TICKS.flatMap((exponent) => {
    const [, y] = place(0, exponent, 2);
    const kind = exponent === 0 ? "vanish-grid vanish-one" : "vanish-grid";
    return [
      svgElement("line", { x1: CHART.left, x2: CHART.left + CHART.width, y1: y, y2: y, class: kind }),
      text(CHART.left - 6, y + 4, exponent === 0 ? "1" : power(exponent), { "text-anchor": "end" }),
    ];
  });
}

/** The measured gradient, and what the radius alone would make of it. */
function chart(logs, radius, back) {
  const { left, top, width, height } = CHART;
  const [x, y] = place(back, clamp(logs[back], CHART.low, CHART.high), logs.length);
  const alone = Array.from(logs, (_, step) => logs[0] + step * Math.log10(radius));
  const ends = [0, Math.round((logs.length - 1) / 2), logs.length - 1];
  return picture("vanish-chart", left + width + 16, top + height + 34,
    text(left, 15, "Size of the gradient (dashed: radius to the power of the steps)", { class: "vanish-title" }),
    ...grid(),
    ...ends.map((step) => text(place(step, 0, logs.length)[0], top + height + 16, step, { "text-anchor": "middle" })),
    text(left + width / 2, top + height + 30, "steps back", { "text-anchor": "middle" }),
    svgElement("polyline", { points: curvePoints(alone), class: "vanish-power" }),
    svgElement("polyline", { points: curvePoints(logs), class: "vanish-curve" }),
    svgElement("line", { x1: x, x2: x, y1: top, y2: top + height, class: "vanish-marker" }),
    svgElement("circle", { cx: x, cy: y, r: 5, class: "vanish-dot vanish-outside" }));
}

class VanishingPicture extends View {
  constructor(props) {
    super(props, "vanishing-view");
    this.sliders = {
      radius: this.slider("spectral radius of W_hh", "radius", { step: 0.05, show: fixed }),
      back: this.slider("steps back", "back", {}),
    };
    this.stage = reachable(element("div", { class: "vanish-stage" }));
    this.follow(["radius", "back"]);
    this.mount(controls(this.sliders.radius.node, this.sliders.back.node), this.stage);
  }

  slider(label, name, options) {
    const [min, max] = this.get("limits")[name];
    return slider(label, { min, max, value: this.get(name), ...options }, (value) => this.set({ [name]: value }));
  }

  draw() {
    const [radius, back, result] = [this.get("radius"), this.get("back"), this.get("result")];
    const logs = floats(result.logs);
    this.sliders.radius.set(radius);
    this.sliders.back.set(back);
    const pictures = [plane(floats(this.get("eigen_bytes")), radius), chart(logs, result.radius, back)];
    this.stage.replaceChildren(...pictures); // the curve is of the radius that was measured
    this.say(spoken(result.radius, logs, back));
  }
}

export default widget(VanishingPicture);
