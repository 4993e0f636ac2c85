// VanishingView: eigenvalues on the left move with the slider at once; the curve on the right is measured in Python.

const PLANE = { size: 230, left: 8, top: 26, reach: 3.2 }; // reach: the largest number on either axis
const CHART = { left: 52, top: 26, width: 420, height: 204, low: -16, high: 8 }; // low, high: powers of 10
const TICKS = [-16, -12, -8, -4, 0, 4, 8];
const NOTABLE = 2; // powers of 10 up or down before we call it exploding or vanishing
const ZERO = -299; // Python sends -300 for the logarithm of 0

/** 10⁻⁷ from -7. */
export function power(exponent) {
  return `10${String(exponent).replace("-", "⁻").replace(/\d/g, (figure) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[figure])}`;
}

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
  return `Spectral radius ${radius.toFixed(2)}. ${steps} back the gradient is ${size}: ${verdict(logs, back)}.`;
}

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** Place of a step and a power of 10 in the chart. */
export function place(step, log, length) {
  const share = (log - CHART.low) / (CHART.high - CHART.low);
  return [CHART.left + (CHART.width * step) / Math.max(length - 1, 1), CHART.top + CHART.height * (1 - share)];
}

function curve(logs, kind) {
  const points = Array.from(logs, (log, step) => place(step, log, logs.length).map((v) => v.toFixed(1)).join(","));
  return svgElement("polyline", { points: points.join(" "), class: kind, "clip-path": "url(#vanish-inside)" });
}

/** Curves end at the frame: one that went on along it would look like a gradient that stays. */
function frame() {
  const { left: x, top: y, width, height } = CHART;
  return svgElement("clipPath", { id: "vanish-inside" }, svgElement("rect", { x, y, width, height }));
}

function text(x, y, content, attributes = {}) {
  return svgElement("text", { x, y, ...attributes }, content);
}

/** An SVG in which the system's own colours, too, follow JupyterLab's theme. */
function picture(width, height, ...children) {
  const style = `color-scheme:${isDark() ? "dark" : "light"}`;
  return svgElement("svg", { width, height, style, "aria-hidden": "true" }, ...children);
}

/** The eigenvalues, and the circle in which they must lie for a gradient to shrink. */
function plane(eigenvalues, radius) {
  const { size, left, top, reach } = PLANE;
  const scale = size / 2 / reach;
  const [x0, y0] = [left + size / 2, top + size / 2];
  const made = picture(size + 2 * left, top + size + 8,
    text(left, 15, "Eigenvalues of W_hh", { class: "vanish-title" }),
    svgElement("rect", { x: left, y: top, width: size, height: size, class: "vanish-frame" }),
    svgElement("circle", { cx: x0, cy: y0, r: scale, class: "vanish-circle" }),
    text(x0, y0 + scale + 13, "radius 1", { "text-anchor": "middle" }));
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
  return picture(left + width + 16, top + height + 34,
    text(left, 15, "Size of the gradient (dashed: radius to the power of the steps)", { class: "vanish-title" }),
    frame(),
    ...grid(),
    ...ends.map((step) => text(place(step, 0, logs.length)[0], top + height + 16, step, { "text-anchor": "middle" })),
    text(left + width / 2, top + height + 30, "steps back", { "text-anchor": "middle" }),
    curve(alone, "vanish-power"),
    curve(logs, "vanish-curve"),
    svgElement("line", { x1: x, x2: x, y1: top, y2: top + height, class: "vanish-marker" }),
    svgElement("circle", { cx: x, cy: y, r: 5, class: "vanish-dot vanish-outside" }));
}

class VanishingPicture {
  constructor(model, root, signal) {
    this.model = model;
    this.radius = this.slider("spectral radius of W_hh", "radius", { min: 0.1, max: 3, step: 0.05, show: fixed });
    this.back = this.slider("steps back", "back", { min: 0, max: model.get("length") - 1, step: 1 });
    this.stage = element("div", { class: "vanish-stage" });
    this.status = statusLine();
    const controls = element("div", { class: "course-controls" }, this.radius.node, this.back.node);
    root.append(controls, this.stage, this.status);
    const draw = onceAFrame(() => this.draw());
    for (const name of ["radius", "back", "log_bytes", "measured", "problem"]) model.on(`change:${name}`, draw);
    onThemeChange(draw, signal);
    draw();
  }

  slider(label, name, options) {
    return slider(label, { value: this.model.get(name), ...options }, (value) => {
      this.model.set(name, value);
      this.model.save_changes();
    });
  }

  draw() {
    const values = ["radius", "measured", "back", "problem"].map((name) => this.model.get(name));
    const [radius, measured, back, problem] = values; // the curve is of the radius that was measured
    const logs = floats(this.model.get("log_bytes"));
    this.radius.set(radius);
    this.back.set(back);
    this.stage.replaceChildren(plane(floats(this.model.get("eigen_bytes")), radius), chart(logs, measured, back));
    this.status.textContent = problem || spoken(measured, logs, back);
    this.status.classList.toggle("course-problem", Boolean(problem));
  }
}

function render({ model, el, signal }) {
  const root = element("div", { class: "course-widget vanishing-view" });
  el.append(root);
  new VanishingPicture(model, root, signal);
}

export default { render };
