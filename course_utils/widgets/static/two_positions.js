// What ClockView and TurnView share: two sliders, and a way to draw an arrow.

/** Sliders for `position` and `distance`; each runs over half of the length, so that both always fit. */
export function positionSliders(model, names) {
  const last = Math.floor(model.get("length") / 2) - 1;
  const made = ["position", "distance"].map((trait) => {
    const moved = (value) => {
      model.set(trait, value);
      model.save_changes();
    };
    const one = slider(names[trait], { min: 0, max: last, step: 1, value: model.get(trait) }, moved);
    model.on(`change:${trait}`, () => one.set(model.get(trait)));
    return one.node;
  });
  return element("div", { class: "course-controls" }, ...made);
}

/** An arrow of SVG with its head at the end; place(x1, y1, x2, y2) puts it somewhere. */
export function arrow(kind) {
  const shaft = svgElement("line", {});
  const head = svgElement("polygon", { points: "0,0 -9,-4 -9,4" });
  const node = svgElement("g", { class: kind }, shaft, head);
  const place = (x1, y1, x2, y2) => {
    const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
    put(shaft, { x1, y1, x2, y2 });
    head.setAttribute("transform", `translate(${x2} ${y2}) rotate(${angle})`);
  };
  return { node, place };
}

/** Sets attributes of an element. */
export function put(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

/** Dot product of two lists of the same length. */
export const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
