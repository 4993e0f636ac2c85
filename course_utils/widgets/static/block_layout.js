// @ts-check
// BlockView's places, numbers and sentences, without a screen. The way goes from the bottom up, as in the paper.
import { clamp, fixed } from "./numbers.js";
import { gridMove } from "./pointing.js";

const ROW = 46; // pixels from station to station
const TOP = 34; // room for the arrow that leaves
const STREAM = 30; // x of the residual stream
const BRANCH = 122; // x of what leaves it and comes back
const FORK = 23; // how far above a station the branch leaves
const STRIPS = { x: 200, height: 26, least: 8, readable: 26, widest: 46 }; // the numbers beside the diagram
const SIZES = 150; // room for mean and size on the right of a strip; where there is none, they stand above it

const NAMES = { norm: "layer norm", attention: "attention", feed: "feed-forward", add: "+" };
const ABOUT = {
  norm: "brings each word to mean 0 and size 1; off: hands on what it gets",
  attention: "each word's average of all words; off: brings only zeros",
  feed: "each word worked on by itself; off: brings only zeros",
  add: "the residual: adds the stream to what the part brings; off: what the part brings goes on alone",
};

export const kind = (step) => step.split("_")[0];

/** What a step is called on its button. */
export const nameOf = (step) => NAMES[kind(step)];

/** "first layer norm": what a step is called among others of its kind. */
export function fullName(step) {
  const place = step.endsWith("_1") ? "first " : step.endsWith("_2") ? "second " : "";
  return `${place}${nameOf(step)}`;
}

/** One sentence about a step and what its switch does. */
export const aboutStep = (step, isOff) => `${fullName(step)} (${isOff ? "off" : "on"}): ${ABOUT[kind(step)]}.`;

/** Left edge, height and width of the strips' cells in a picture that may be so wide; `beside`: mean and size on the right. */
export function stripsIn(room, d_model) {
  const { x, height, least, readable, widest } = STRIPS;
  const beside = room - x - SIZES >= d_model * readable;
  const cell = clamp(Math.floor((room - x - (beside ? SIZES : 0)) / d_model), least, widest);
  return { x, height, cell, right: x + d_model * cell, beside };
}

/** Width and height of the whole. */
export const stageSize = (steps, { right, beside }) => [right + (beside ? SIZES : 0), TOP + (steps.length + 1) * ROW];

/** Middle of each station, "in" first: {step, x, y}. In post-LN the norms stand on the stream itself. */
export function stations(steps, order) {
  const rows = ["in", ...steps];
  const onStream = (step) => step === "in" || kind(step) === "add" || (kind(step) === "norm" && order === "post-LN");
  return rows.map((step, i) => ({ step, x: onStream(step) ? STREAM : BRANCH, y: TOP + (rows.length - i - 0.5) * ROW }));
}

/** The lines between them: {points, of}; `of` names the steps whose being off leaves the line without anything. */
export function lines(steps, order) {
  const [first, ...places] = stations(steps, order);
  const found = [];
  let from = first.y; // of the last station on the stream
  let part = null;
  for (const { step, x, y } of places) {
    if (kind(step) === "add") {
      const fork = from - FORK;
      found.push({ points: [[STREAM, from], [STREAM, fork]], of: null });
      found.push({ points: [[STREAM, fork], [STREAM, y]], of: step });
      found.push({ points: [[STREAM, fork], [BRANCH, fork], [BRANCH, y], [STREAM, y]], of: part });
    } else if (x === STREAM) found.push({ points: [[STREAM, from], [STREAM, y]], of: null });
    if (x === STREAM) from = y;
    else if (kind(step) !== "norm") part = step;
  }
  found.push({ points: [[STREAM, from], [STREAM, from - FORK - 8]], of: null });
  return found;
}

/** The cell under a point: {row, feature}, row 0 at the bottom; or null. */
export function numberAt(x, y, count, d_model, strips) {
  const feature = Math.floor((x - strips.x) / strips.cell);
  const row = count - 1 - Math.floor((y - TOP) / ROW);
  return feature >= 0 && feature < d_model && row >= 0 && row < count ? { row, feature } : null;
}

/** Where a key leads from a cell; null if the key is none of ours. Up is up the block. */
export function stepTo({ row, feature }, key, count, d_model) {
  const upsideDown = { ArrowUp: "ArrowDown", ArrowDown: "ArrowUp" };
  const to = gridMove(upsideDown[key] ?? key, [row, feature], [count, d_model]);
  return to && { row: to[0], feature: to[1] };
}

/** A number short enough for a cell: 0.3, −12, 4e5. */
export function cellText(value) {
  const size = Math.abs(value);
  if (size < 9.95) return fixed(value, 1);
  return size < 999.5 ? fixed(value, 0) : value.toExponential(0).replace("-", "−").replace("+", "");
}

/** Mean and standard deviation of numbers. */
export function meanAndSize(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, size: Math.sqrt(variance) };
}

/** A mean or a size beside a strip: 1.00, 12, 4e5. */
export const sizeText = (value) => (Math.abs(value) < 9.95 ? fixed(value) : cellText(value));

/** What the strip of a station is called in a sentence. */
const stationName = (step) =>
  (step === "in" ? "on the way in" : `after ${kind(step) === "add" ? "the +" : nameOf(step)}`);

/** The sentence about one number. */
export function describeNumber(token, step, feature, value) {
  return `“${token}” ${stationName(step)}, number ${feature}: ${Math.abs(value) < 1000 ? fixed(value) : cellText(value)}`;
}

/** The sentence about the whole. */
export function summary({ blocks, alike }) {
  const where = blocks === 1 ? "One block" : `The last of ${blocks} equal blocks`;
  return `${where}. On the way out the words are alike to ${fixed(alike)} (mean cosine; 1: all the same).`;
}
