// @ts-check
// What ClockView and TurnView share: two sliders, and a way to draw an arrow.
import { put, slider, svgElement } from "./elements.js";

/** Sliders for `position` and `distance`: {nodes, set()}; each runs over half of the length, so that both always fit. */
export function positionSliders(view, labels) {
  const made = Object.entries(labels).map(([name, label]) => {
    const [min, max] = view.get("limits")[name];
    return { name, ...slider(label, { min, max, value: view.get(name) }, (value) => view.set({ [name]: value })) };
  });
  return { nodes: made.map(({ node }) => node), set: () => made.forEach(({ name, set }) => set(view.get(name))) };
}

/** An arrow of SVG with its head at the end; place(x1, y1, x2, y2) puts it somewhere. */
export function arrow(kind) {
  const shaft = svgElement("line");
  const head = svgElement("polygon", { points: "0,0 -9,-4 -9,4" });
  const place = (x1, y1, x2, y2) => {
    const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
    put(shaft, { x1, y1, x2, y2 });
    put(head, { transform: `translate(${x2} ${y2}) rotate(${angle})` });
  };
  return { node: svgElement("g", { class: kind }, shaft, head), place };
}
