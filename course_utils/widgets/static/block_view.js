// @ts-check
// BlockView: the block as a diagram whose parts are switches, and beside each station the chosen word's numbers.
import {
  aboutStep, cellText, describeNumber, fullName, kind, lines, meanAndSize, nameOf, numberAt, sizeText, stageSize, stations, stepTo,
  stripsIn, summary,
} from "./block_layout.js";
import { drawCell, drawFrame, fontOf, sizeCanvas } from "./canvas.js";
import { openColour } from "./colours.js";
import { button, choice, controls, dataTable, element, keepKeys, put, scroller, slider, svgElement, write } from "./elements.js";
import { fixed, floats } from "./numbers.js";
import { followPointing } from "./pointing.js";
import { View, widget } from "./shared.js";

const HINT = "Click a part to switch it off or on. Point at a number, or use the arrow keys on the strips.";
const SPOKEN = "The word's numbers at each station. Up and down go from station to station, left and right from number to number.";

class BlockPicture extends View {
  constructor(props) {
    super(props, "block-view");
    this.tokens = this.get("tokens");
    this.spot = null; // the number that is pointed at
    this.about = null; // the switch that is
    this.summary = element("div", { class: "course-caption", role: "status" });
    this.follow(["result", "position", "order", "off", "blocks"]);
    this.asTable(() => this.table());
    this.mount(this.controls(), scroller(this.stage()), this.summary);
  }

  // ---------- controls ----------

  controls() {
    this.order = choice("norms", ["pre-LN", "post-LN"], (order) => this.set({ order }));
    const positions = this.tokens.map((_, position) => position);
    const text = (position) => this.tokens[position];
    this.words = choice("word", positions, (position) => this.set({ position }), { text });
    const [min, max] = this.get("limits").blocks;
    this.blocks = slider("blocks", { min, max, value: this.get("blocks") }, (blocks) => this.set({ blocks }));
    const everythingOn = button("everything on", () => this.set({ off: [] }));
    return controls(this.order.node, this.blocks.node, everythingOn, this.words.node);
  }

  stage() {
    this.wires = svgElement("svg", { class: "block-wires", "aria-hidden": "true" });
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.strips = keepKeys(element("div", {
      class: "block-strips", tabindex: 0, role: "application", "aria-roledescription": "numbers at each station",
      "aria-label": SPOKEN,
    }, this.canvas));
    followPointing(this.strips, {
      at: (x, y) => numberAt(x, y, this.count, this.d_model, this.cells),
      next: (key) => stepTo(this.spot ?? { row: 0, feature: -1 }, key, this.count, this.d_model),
      point: (spot) => this.point(spot),
    });
    const steps = this.get("result").steps;
    this.switches = new Map(steps.map((step) => [step, this.partSwitch(step)]));
    this.wayIn = element("span", { class: "block-in" }, "in");
    return element("div", { class: "block-stage" }, this.wires, this.wayIn, ...this.switches.values(), this.strips);
  }

  partSwitch(step) {
    const made = button(nameOf(step), () => this.flip(step), { class: `block-part ${kind(step)}`, "aria-label": fullName(step) });
    const tell = (about) => () => {
      this.about = about;
      this.redraw();
    };
    for (const event of ["focus", "pointerenter"]) made.addEventListener(event, tell(step));
    for (const event of ["blur", "pointerleave"]) made.addEventListener(event, tell(null));
    return made;
  }

  flip(step) {
    const off = this.get("off");
    this.set({ off: off.includes(step) ? off.filter((other) => other !== step) : [...off, step] });
  }

  point(spot) {
    this.spot = spot;
    this.redraw();
  }

  // ---------- what is seen ----------

  draw() {
    const result = this.get("result");
    this.steps = result.steps;
    this.count = this.steps.length + 1;
    this.values = floats(result.values);
    this.d_model = this.values.length / this.count / this.tokens.length;
    this.cells = stripsIn(this.room, this.d_model);
    const [width, height] = stageSize(this.steps, this.cells);
    Object.assign(this.strips.style, { width: `${width}px`, height: `${height}px` });
    this.drawDiagram(result, width, height);
    this.drawStrips(sizeCanvas(this.canvas, width, height), result.order);
    write(this.summary, summary(result));
    this.press();
    this.say(this.sentence());
  }

  press() {
    const off = this.get("off");
    this.order.set(this.get("order"));
    this.words.set(this.get("position"));
    this.blocks.set(this.get("blocks"));
    for (const [step, made] of this.switches) made.setAttribute("aria-pressed", String(!off.includes(step)));
  }

  drawDiagram({ order, off }, width, height) {
    for (const { step, x, y } of stations(this.steps, order))
      Object.assign((this.switches.get(step) ?? this.wayIn).style, { left: `${x}px`, top: `${y}px` });
    put(this.wires, { width, height });
    const drawn = lines(this.steps, order);
    const [x, y] = drawn[drawn.length - 1].points[1];
    const line = ({ points, of }) => svgElement("polyline", { points: points.join(" "), class: off.includes(of) ? "off" : "on" });
    const arrow = svgElement("path", { d: `M ${x - 6} ${y + 8} L ${x} ${y} L ${x + 6} ${y + 8}` });
    this.wires.replaceChildren(...drawn.map(line), arrow);
  }

  /** The numbers of the chosen word at a station. */
  numbersAt(row) {
    const first = (row * this.tokens.length + this.get("position")) * this.d_model;
    return this.values.subarray(first, first + this.d_model);
  }

  drawStrips(context, order) {
    const [small, font, { x, cell, height, right, beside }] = [fontOf(this.root, 11), fontOf(this.root), this.cells];
    stations(this.steps, order).forEach(({ y }, row) => {
      const [values, top] = [this.numbersAt(row), y - height / 2];
      values.forEach((value, feature) =>
        drawCell(context, openColour(value, this.theme), cellText(value), { x: x + feature * cell, y: top, width: cell - 1, height }, small));
      const { mean, size } = meanAndSize(values);
      Object.assign(context, { fillStyle: this.theme.ink, font: beside ? font : small, textAlign: "left", textBaseline: "middle" });
      context.fillText(`mean ${sizeText(mean)}, size ${sizeText(size)}`, ...(beside ? [right + 10, y] : [x, top - 8]));
      if (this.spot?.row !== row) return;
      drawFrame(context, { x: x + this.spot.feature * cell, y: top, width: cell - 1, height }, this.theme);
    });
  }

  sentence() {
    const { spot, about } = this;
    if (about) return aboutStep(about, this.get("off").includes(about));
    if (!spot) return HINT;
    return describeNumber(this.tokens[this.get("position")], ["in", ...this.steps][spot.row], spot.feature, this.numbersAt(spot.row)[spot.feature]);
  }

  table() {
    const features = Array.from({ length: this.d_model }, (_, feature) => String(feature));
    const caption = `the numbers of “${this.tokens[this.get("position")]}”, from the way in to the way out`;
    return dataTable(caption, ["in", ...this.steps], features, (row, feature) => fixed(this.numbersAt(row)[feature], 3));
  }
}

export default widget(BlockPicture);
