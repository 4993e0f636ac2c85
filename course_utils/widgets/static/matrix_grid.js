// @ts-check
// A small matrix as a grid of numbers with colours: name and formula above, words or indices beside, shape below.
import { css, inkOn, openColour, weightColour } from "./colours.js";
import { element } from "./elements.js";

/** Nodes for a formula: what follows a _ is set lower. */
export function formula(text) {
  return text.split(/(_\w+)/).map((part) => (part.startsWith("_") ? element("sub", {}, part.slice(1)) : part));
}

/** Background of a cell: weights in one hue from 0 to 1; others by sign, ever slower towards full colour. */
function cellColour(name, x, theme) {
  return name === "weights" || x === -Infinity ? weightColour(Math.max(x, 0), theme) : openColour(x, theme);
}

export class MatrixGrid {
  /**
   * rowLabels, columnLabels: texts.  about: {formula, axes}, what stands beside the name and the shape.
   * makeCell(i, j) gives {node, show(number)}: what stands in a cell.
   */
  constructor(name, rowLabels, columnLabels, about, makeCell) {
    this.name = name;
    this.cells = rowLabels.map((_row, i) => columnLabels.map((_, j) => makeCell(i, j)));
    this.formula = element("span", {}, ...formula(about.formula));
    this.table = this.makeTable(rowLabels, columnLabels);
    const size = `(${rowLabels.length}, ${columnLabels.length}) `;
    this.node = element("section", { class: `matrix of-${name}`, "aria-label": name },
      element("div", { class: "matrix-title" }, element("b", {}, ...formula(name)), " ", this.formula),
      this.table, element("div", { class: "matrix-shape" }, size, element("span", {}, ...formula(about.axes))));
    this.table.addEventListener("focusin", ({ target }) => this.makeOnlyStop(target));
    this.makeOnlyStop(this.cells[0][0].node);
  }

  makeTable(rowLabels, columnLabels) {
    const head = (role, text) => element("span", { role, title: text }, text);
    const corner = element("span", { role: "gridcell" });
    const rows = this.cells.map((row, i) => element("div", { role: "row" }, head("rowheader", rowLabels[i]),
      ...row.map(({ node }) => element("div", { role: "gridcell" }, node))));
    return element("div", {
      class: "matrix-cells", role: "grid", style: `--rows: ${rowLabels.length}; --columns: ${columnLabels.length}`,
      "aria-label": `${this.name}, ${rowLabels.length} by ${columnLabels.length}`,
    }, element("div", { role: "row" }, corner, ...columnLabels.map((text) => head("columnheader", text))), ...rows);
  }

  /** One stop for Tab in each matrix: the cell where the cursor was last. */
  makeOnlyStop(chosen) {
    for (const { node } of this.cells.flat()) node.tabIndex = node === chosen ? 0 : -1;
  }

  /** Shows these numbers and takes all frames away. */
  paint(values, theme) {
    this.cells.forEach((row, i) => row.forEach(({ node, show }, j) => {
      const colour = cellColour(this.name, values[i][j], theme);
      show(values[i][j]);
      node.style.background = css(colour);
      node.style.color = inkOn(colour);
    }));
    for (const frame of this.table.querySelectorAll(".matrix-frame")) frame.remove();
  }

  /** Puts a frame round a row, a column or a cell (row or col null means all of them). */
  mark(row, col, kind) {
    const span = (n, all) => (n === null ? `2 / ${all + 2}` : `${n + 2} / ${n + 3}`); // the labels come first
    const rows = span(row, this.cells.length);
    const columns = span(col, this.cells[0].length);
    const style = `grid-row: ${rows}; grid-column: ${columns}`;
    this.table.append(element("div", { class: `matrix-frame ${kind}`, style, "aria-hidden": "true" }));
  }

  /** Puts the cursor into a cell; false where there is none. */
  focus(i, j) {
    const cell = this.cells[i]?.[j];
    cell?.node.focus();
    return cell !== undefined;
  }
}
