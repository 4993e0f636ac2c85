// @ts-check
// The two drawings of QueryPlane: arrows in a plane, and values on a number line.
import { css, weightColour } from "./colours.js";
import { svgElement } from "./elements.js";
import { short } from "./numbers.js";
import { spacing } from "./query_maths.js";

export const SIZE = 380; // of the plane in its own units, both ways; the page shows it larger or smaller
const LINE = { width: 420, height: 74, left: 30, y: 36 };

/** Colour of a key's arrow and bar: one hue, never so pale that the arrow is lost. */
export const keyColour = (weight, theme) => css(weightColour(0.55 + 0.45 * weight, theme));

const shortened = (word) => (word.length > 14 ? `${word.slice(0, 13)}…` : word);
const diamond = (x, y, r) => `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`;

export class PlaneDrawing {
  /** limit: how far the plane reaches from its middle, in units of the vectors. */
  constructor(limit) {
    this.limit = limit;
    this.line = spacing(limit);
    this.links = svgElement("g");
    this.keys = svgElement("g");
    this.values = svgElement("g");
    this.query = svgElement("g");
    this.ticks = svgElement("g"); // above all others
    this.node = svgElement("g", {}, this.grid(), this.links, this.keys, this.values, this.query, this.ticks);
  }

  /** Pixels of a point, and the point at some pixels. */
  pixels([x, y]) { return [x, -y].map((a) => SIZE / 2 + (a / this.limit) * (SIZE / 2)); }
  point([x, y]) { return [x - SIZE / 2, SIZE / 2 - y].map((a) => (a / (SIZE / 2)) * this.limit); }

  /** Lines, and along the lower and the left edge their numbers, where no arrow hides them. */
  grid() {
    const group = svgElement("g");
    const count = Math.floor(this.limit / this.line + 1e-6);
    for (let n = -count; n <= count; n++) {
      const [at, mirrored] = this.pixels([n * this.line, n * this.line]);
      const kind = n === 0 ? "plane-axis" : "plane-grid";
      group.append(svgElement("path", { class: kind, d: `M${at} 0V${SIZE}M0 ${mirrored}H${SIZE}` }));
      if (Math.abs(n) === count) continue;
      const text = Number((n * this.line).toFixed(6)).toString().replace("-", "−");
      const tick = (x, y, anchor) => svgElement("text", { class: "plane-tick", x, y, "text-anchor": anchor }, text);
      this.ticks.append(tick(at, SIZE - 4, "middle"), tick(4, mirrored + 4, "start"));
    }
    return group;
  }

  /** An arrow from the middle, with a head of its own size. */
  arrow(to, width, attributes) {
    const [x, y] = this.pixels(to);
    const [dx, dy] = [x - SIZE / 2, y - SIZE / 2];
    const length = Math.hypot(dx, dy);
    const head = Math.min(6 + 2 * width, length);
    if (length < 1) return svgElement("path", attributes);
    const [ux, uy] = [dx / length, dy / length];
    const [bx, by] = [x - ux * head, y - uy * head];
    const [sx, sy] = [uy * head * 0.45, -ux * head * 0.45];
    const d = `M${SIZE / 2} ${SIZE / 2}L${bx} ${by}M${x} ${y}L${bx - sx} ${by - sy}L${bx + sx} ${by + sy}Z`;
    return svgElement("path", { ...attributes, "stroke-width": width, d });
  }

  /** A word beyond the tip of its arrow, so many pixels away. */
  label(text, at, attributes, away = 9) {
    const [x, y] = this.pixels(at);
    const length = Math.hypot(x - SIZE / 2, y - SIZE / 2) || 1;
    const [ux, uy] = [(x - SIZE / 2) / length, (y - SIZE / 2) / length];
    const anchor = ux > 0.3 ? "start" : ux < -0.3 ? "end" : "middle";
    const place = { x: x + ux * away, y: y + uy * (away + 3) + 4, "text-anchor": anchor };
    return svgElement("text", { ...attributes, ...place }, shortened(text));
  }

  drawKeys(K, tokens, weights, selected, theme) {
    this.keys.replaceChildren(...K.flatMap((key, n) => {
      const colour = keyColour(weights[n], theme);
      const kind = n === selected ? "plane-word selected" : "plane-word";
      const arrow = this.arrow(key, 1.5 + 3 * weights[n], { stroke: colour, fill: colour });
      return [arrow, this.label(tokens[n], key, { class: kind })];
    }));
  }

  /** The shadow of the selected key on the line through q: the dot product is its length times that of q. */
  drawShadow(q, key) {
    const square = q[0] ** 2 + q[1] ** 2;
    if (square === 0) return this.links.replaceChildren();
    const share = (q[0] * key[0] + q[1] * key[1]) / square;
    const foot = this.pixels([q[0] * share, q[1] * share]);
    const d = `M${this.pixels(key).join(" ")}L${foot.join(" ")}L${SIZE / 2} ${SIZE / 2}`;
    this.links.replaceChildren(svgElement("path", { class: "plane-shadow", d }));
  }

  drawQuery(q) {
    const name = this.label("q", q, { class: "plane-query-word" }, 16);
    this.query.replaceChildren(this.arrow(q, 3, { class: "plane-query" }), name);
  }

  /** Values as hollow diamonds, unless they are the keys themselves, and the blend as a full one, if it is known. */
  drawValues(V, tokens, blend, valuesAreKeys) {
    const marks = valuesAreKeys ? [] : V.flatMap((value, n) => [
      svgElement("path", { class: "plane-value", d: diamond(...this.pixels(value), 5) }),
      this.label(tokens[n], value, { class: "plane-value-word" }),
    ]);
    this.values.replaceChildren(...marks, ...(blend ? this.blend(blend) : []));
  }

  blend(blend) {
    const [x, y] = this.pixels(blend);
    const name = svgElement("text", { class: "plane-blend-text", x, y: y + 22, "text-anchor": "middle" }, "blend");
    return [svgElement("path", { class: "plane-blend", d: diamond(x, y, 8) }), name];
  }
}

/** Values as numbers on a line, each with its word, and the blend among them, if it is known. */
export function drawNumberLine(svg, values, tokens, weights, blend) {
  const all = blend === undefined ? values : [...values, blend];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const at = (value) => LINE.left + ((value - low) / (high - low || 1)) * (LINE.width - 2 * LINE.left);
  const text = (x, y, kind, said) => svgElement("text", { x: at(x), y, class: kind, "text-anchor": "middle" }, said);
  const marks = values.flatMap((value, n) => [
    svgElement("circle", { cx: at(value), cy: LINE.y, r: 3 + 8 * weights[n], class: "plane-number" }),
    text(value, n % 2 ? 12 : 24, "plane-word", shortened(tokens[n])),
  ]);
  const found = blend === undefined ? [] : [
    svgElement("path", { class: "plane-blend", d: diamond(at(blend), LINE.y, 8) }),
    text(blend, LINE.y + 28, "plane-blend-text", short(blend)),
  ];
  svg.setAttribute("viewBox", `0 0 ${LINE.width} ${LINE.height}`);
  svg.replaceChildren(svgElement("path", { class: "plane-axis", d: `M10 ${LINE.y}H${LINE.width - 10}` }), ...marks, ...found);
}
