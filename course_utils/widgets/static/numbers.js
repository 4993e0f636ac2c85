// @ts-check
// Numbers as they come from Python, are computed with, and are written.

/** Float32Array of the bytes of a trait. Copied: a DataView may begin off a 4-byte boundary. */
export function floats(view) {
  const bytes = new Uint8Array(view.byteLength);
  bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return new Float32Array(bytes.buffer);
}

/** Softmax of `count` rows of `width` scores, each divided by the temperature; -Infinity gets weight 0. */
export function softmaxRows(scores, count, width, temperature = 1) {
  const weights = new scores.constructor(count * width); // as exact as what came in
  for (let row = 0; row < count; row++) {
    const start = row * width;
    let top = -Infinity;
    for (let k = 0; k < width; k++) top = Math.max(top, scores[start + k]);
    let sum = 0;
    for (let k = 0; k < width; k++) sum += weights[start + k] = Math.exp((scores[start + k] - top) / temperature);
    for (let k = 0; k < width; k++) weights[start + k] /= sum;
  }
  return weights;
}

export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
export const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);

/** The largest size among numbers. */
export const largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** −1.26: with a true minus sign, and never −0.00. */
export function fixed(value, digits = 2) {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/** A number in at most six characters: 0.25, −12.5, 300, 2e+14, −∞. */
export function short(x) {
  const size = Math.abs(x);
  if (!Number.isFinite(x)) return x < 0 ? "−∞" : "∞";
  if (size < 0.005) return "0.00";
  if (size >= 99999.5) return x.toExponential(0).replace("-", "−");
  return fixed(x, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}
