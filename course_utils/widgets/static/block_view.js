// BlockView: the block as a diagram whose parts are switches, and beside each station the chosen word's numbers.

const BLOCK_HINT = "Click a part to switch it off or on. Point at a number, or use the arrow keys on the strips.";

class BlockPicture {
  constructor(model, root, signal) {
    Object.assign(this, { model, root, tokens: model.get("tokens"), spot: null, about: null, switches: {} });
    this.redraw = onceAFrame(() => this.draw());
    this.summary = element("div", { class: "block-summary" });
    this.status = statusLine();
    root.append(this.controls(), this.summary, this.stage(), this.status);
    model.on("change:result change:token change:problem", this.redraw);
    model.on("change:order change:off change:blocks", () => this.press());
    onThemeChange(this.redraw, signal);
    this.press();
    this.draw();
  }

  set(name, value) {
    this.model.set(name, value);
    this.model.save_changes();
  }

  // ---------- controls ----------

  controls() {
    this.orders = ["pre-LN", "post-LN"].map((order) => button(order, () => this.set("order", order)));
    this.words = this.tokens.map((token, i) => button(token, () => this.set("token", i)));
    this.slider = slider("blocks", { min: 1, max: 24, step: 1, value: this.model.get("blocks") }, (n) => this.set("blocks", n));
    const everythingOn = button("everything on", () => this.set("off", []));
    return element("div", { class: "course-controls" }, group("where the norms stand", ...this.orders), this.slider.node,
      everythingOn, group("the word that is shown", ...this.words));
  }

  press() {
    const [order, token, off] = ["order", "token", "off"].map((name) => this.model.get(name));
    this.orders.forEach((made) => made.setAttribute("aria-pressed", made.textContent === order));
    this.words.forEach((made, i) => made.setAttribute("aria-pressed", i === token));
    for (const [step, made] of Object.entries(this.switches)) made.setAttribute("aria-pressed", !off.includes(step));
    this.slider.set(this.model.get("blocks"));
  }

  stage() {
    this.wires = svgElement("svg", { class: "block-wires", "aria-hidden": "true" });
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.strips = keepKeys(element("div", {
      class: "block-strips", tabindex: 0, role: "application", "aria-roledescription": "numbers at each station",
      "aria-label": "The word's numbers at each station. Up and down go from station to station, left and right from number to number.",
    }, this.canvas));
    followPointing(this.strips, {
      at: (x, y) => numberAt(x, y, this.count, this.d_model),
      next: (key) => stepTo(this.spot ?? { row: 0, feature: -1 }, key, this.count, this.d_model),
      point: (spot) => this.point(spot),
    });
    for (const step of this.model.get("result").steps) this.switches[step] = this.partSwitch(step);
    this.wayIn = element("span", { class: "block-in" }, "in");
    return element("div", { class: "block-stage" }, this.strips, this.wires, this.wayIn, ...Object.values(this.switches));
  }

  partSwitch(step) {
    const name = aboutStep(step, false).split(" (")[0];
    const made = button(nameOf(step), () => this.flip(step), { class: `block-part ${kind(step)}`, "aria-label": name });
    const tell = (about) => () => {
      this.about = about;
      this.say();
    };
    for (const event of ["focus", "pointerenter"]) made.addEventListener(event, tell(step));
    for (const event of ["blur", "pointerleave"]) made.addEventListener(event, tell(null));
    return made;
  }

  flip(step) {
    const off = this.model.get("off");
    this.set("off", off.includes(step) ? off.filter((other) => other !== step) : [...off, step]);
  }

  point(spot) {
    this.spot = spot;
    this.redraw();
  }

  // ---------- what is seen ----------

  draw() {
    const result = this.model.get("result");
    this.steps = result.steps;
    this.count = this.steps.length + 1;
    this.values = floats(result.values);
    this.d_model = this.values.length / this.count / this.tokens.length;
    const [width, height] = stageSize(this.steps, this.d_model);
    Object.assign(this.strips.style, { width: `${width}px`, height: `${height}px` });
    this.drawDiagram(result, width, height);
    this.drawStrips(sizeCanvas(this.canvas, width, height));
    this.summary.textContent = summary(result);
    this.press();
    this.say();
  }

  drawDiagram({ order, off }, width, height) {
    for (const { step, x, y } of stations(this.steps, order))
      Object.assign((this.switches[step] ?? this.wayIn).style, { left: `${x}px`, top: `${y}px` });
    const line = ({ points, of }) => svgElement("polyline", { points: points.join(" "), class: off.includes(of) ? "off" : "on" });
    for (const [name, value] of Object.entries({ width, height })) this.wires.setAttribute(name, value);
    const drawn = lines(this.steps, order);
    const [x, y] = drawn.at(-1).points[1];
    const arrow = svgElement("path", { d: `M ${x - 6} ${y + 8} L ${x} ${y} L ${x + 6} ${y + 8}` });
    this.wires.replaceChildren(...drawn.map(line), arrow);
  }

  /** The numbers of the chosen word at a station. */
  numbersAt(row) {
    const first = (row * this.tokens.length + this.model.get("token")) * this.d_model;
    return this.values.subarray(first, first + this.d_model);
  }

  drawStrips(context) {
    const style = getComputedStyle(this.root);
    const dark = isDark();
    stations(this.steps, this.model.get("result").order).forEach(({ y }, row) => {
      const numbers = this.numbersAt(row);
      numbers.forEach((value, feature) => drawNumber(context, value, STRIPS.x + feature * STRIPS.cell, y, style, dark));
      const { mean, size } = meanAndSize(numbers);
      Object.assign(context, { fillStyle: style.color, font: `11px ${style.fontFamily}`, textAlign: "left", textBaseline: "middle" });
      const right = STRIPS.x + this.d_model * STRIPS.cell + 10;
      context.fillText(`mean ${sizeText(mean)}, size ${sizeText(size)}`, right, y);
      if (this.spot?.row !== row) return;
      Object.assign(context, { strokeStyle: style.getPropertyValue("--jp-warn-color0") || "#e65100", lineWidth: 2 });
      context.strokeRect(STRIPS.x + this.spot.feature * STRIPS.cell, y - STRIPS.height / 2, STRIPS.cell - 1, STRIPS.height);
    });
  }

  say() {
    const { model, spot, about } = this;
    const problem = model.get("problem");
    this.status.classList.toggle("course-problem", problem !== "");
    this.status.textContent = problem || (spot ? this.aboutNumber(spot) : about ? aboutStep(about, model.get("off").includes(about)) : BLOCK_HINT);
  }

  aboutNumber({ row, feature }) {
    return describeNumber(this.tokens[this.model.get("token")], ["in", ...this.steps][row], feature, this.numbersAt(row)[feature]);
  }
}

/** One number as a coloured cell. */
function drawNumber(context, value, x, y, style, dark) {
  const colour = signedColour(value / (2 + Math.abs(value)), 1, dark);
  context.fillStyle = css(colour);
  context.fillRect(x, y - STRIPS.height / 2, STRIPS.cell - 1, STRIPS.height);
  Object.assign(context, { fillStyle: inkOn(colour), font: `10px ${style.fontFamily}`, textAlign: "center", textBaseline: "middle" });
  context.fillText(cellText(value), x + STRIPS.cell / 2, y);
}

function render({ model, el, signal }) {
  const root = element("div", { class: "course-widget block-view" });
  el.append(root);
  new BlockPicture(model, root, signal);
}

export default { render };
