// @ts-check
// The numbers of QueryPlane: the look-up itself, how large a plane is needed, and what the status line says.
import { plain, productPieces, softmaxPieces } from "./matrix_maths.js";
import { clamp, dot, short, softmaxRows } from "./numbers.js";

const NICE = [1, 2, 2.5, 5, 10]; // a grid line every so many units, times a power of ten

/** scores K q, weights softmax(scores / temperature), blend weights V. V has rows of one or two numbers. */
export function lookUp(q, K, V, temperature = 1) {
  const scores = K.map((key) => dot(key, q));
  const weights = [...softmaxRows(Float64Array.from(scores), 1, scores.length, temperature)];
  const blend = V[0].map((_, axis) => weights.reduce((sum, weight, n) => sum + weight * V[n][axis], 0));
  return { scores, weights, blend };
}

/** The distance of grid lines for which at most `most` of them lie between 0 and a size. */
export function spacing(size, most = 4) {
  const power = 10 ** Math.floor(Math.log10(size / most));
  return NICE.find((nice) => nice * power * most >= size) * power;
}

/** How far the plane reaches from its middle, so that all points lie well inside. */
export function reach(points) {
  const largest = Math.max(0.5, ...points.flat().map(Math.abs)) * 1.15;
  const line = spacing(largest);
  return Math.ceil(largest / line) * line;
}

/** A place moved by (dx, dy), kept inside the plane and on a grid of a fiftieth of its lines. */
export function moved([x, y], [dx, dy], limit) {
  const grain = spacing(limit) / 50;
  const settle = (a) => Number((Math.round(clamp(a, -limit, limit) / grain) * grain).toFixed(6));
  return [settle(x + dx), settle(y + dy)];
}

/** Which of the places is nearest to a point, if one lies within a distance; else -1. */
export function nearest(point, places, within) {
  const distances = places.map(([x, y]) => Math.hypot(x - point[0], y - point[1]));
  const best = Math.min(...distances);
  return best <= within ? distances.indexOf(best) : -1;
}

/** A point as text, or a single number as it is; … as long as it is not known. */
export const pointText = (point) => (!point ? "…" : point.length === 1 ? short(point[0]) : `(${point.map(short).join(", ")})`);

/** What the picture says, in one line. */
export function lookUpSentence(q, tokens, { weights, blend }) {
  const best = weights.indexOf(Math.max(...weights));
  const most = `“${tokens[best]}” gets the largest weight, ${short(weights[best])}.`;
  return `q = ${pointText(q)}. ${most}${blend ? ` The blend is ${pointText(blend)}.` : ""}`;
}

/** Score and weight of one key, and the blend, written out: three lines of [text, role] pieces. */
export function lookUpSums(n, q, K, tokens, { scores, weights, blend }, temperature) {
  const score = [plain("score = "), ["q", "a"], plain("·"), [`k(${tokens[n]})`, "b"], ...productPieces(q, K[n])];
  const how = temperature === 1 ? "" : ` (scores ÷ ${short(temperature)})`;
  const weight = [plain("weight"), ...softmaxPieces(scores.map((s) => s / temperature), n), plain(how)];
  const part = (m) => [[short(weights[m]), m === n ? "result" : ""], [`·v(${tokens[m]})`, "b"]];
  const parts = tokens.flatMap((_, m) => [plain(m ? " + " : " = "), ...part(m)]);
  return [score, weight, [plain("blend"), ...parts, plain(" = "), [pointText(blend), "result"]]];
}
