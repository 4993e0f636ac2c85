import assert from "node:assert/strict";
import { test } from "node:test";
import { pipelineStages, sourcesOf, sumPieces } from "../../course_utils/widgets/static/matrix_maths.js";
import { readNumber } from "../../course_utils/widgets/static/number_cell.js";
import { short } from "../../course_utils/widgets/static/numbers.js";

const LIMITS = [-1000, 1000];
const IDENTITY = [[1, 0], [0, 1]];
const INPUTS = { X: [[1, 0.5], [0, -2], [3, 1]], W_Q: [[0.5, -1], [1, 0]], W_K: IDENTITY, W_V: [[2], [-1]] };
const TOKENS = ["the", "cat", "<b>sat</b>"];
const settings = (causal, scale = true) => ({ tokens: TOKENS, causal, scale });
const sum = (name, i, j, { causal = false, scale = true, inputs = INPUTS } = {}) =>
  sumPieces(name, i, j, pipelineStages(inputs, settings(causal, scale)), settings(causal, scale)).map(([text]) => text).join("");

test("projections and scores, by hand", () => {
  const { Q, K, V, scores } = pipelineStages(INPUTS, settings(false));
  assert.deepEqual(Q, [[1, -1], [-2, 0], [2.5, -3]]);
  assert.deepEqual(K, INPUTS.X);
  assert.deepEqual(V, [[1.5], [2], [5]]);
  assert.deepEqual(scores, [[0.5, 2, 2], [-2, 0, -6], [1, 6, 4.5]]);
});

test("scaled divides by √d_k, and only while the box is ticked", () => {
  const [scaled, plain] = [true, false].map((scale) => pipelineStages(INPUTS, settings(false, scale)).scaled);
  assert.ok(Math.abs(scaled[0][1] - Math.SQRT2) < 1e-12);
  assert.equal(plain[0][1], 2);
});

test("causal: no weight on later tokens, and rows still sum to 1", () => {
  const { masked, weights } = pipelineStages(INPUTS, settings(true));
  assert.deepEqual(masked[0].slice(1), [-Infinity, -Infinity]);
  assert.deepEqual(weights[0], [1, 0, 0]);
  assert.equal(weights[1][2], 0);
  weights.forEach((row) => assert.ok(Math.abs(row.reduce((a, b) => a + b) - 1) < 1e-12));
});

test("scores of 1000 and more do not overflow", () => {
  const { weights } = pipelineStages({ X: [[1000, 0], [0, 1]], W_Q: IDENTITY, W_K: IDENTITY, W_V: IDENTITY }, settings(false));
  assert.deepEqual(weights[0], [1, 0]);
});

test("the sum of a cell is written out with the numbers of its row and column", () => {
  assert.equal(sum("Q", 2, 1), "Q[2, 1] = x(<b>sat</b>)·W_Q[:, 1] = 3.00·(−1.00) + 1.00·0.00 = −3.00");
  assert.equal(sum("scores", 0, 1), "scores[0, 1] = q(the)·k(cat) = 1.00·0.00 + (−1.00)·(−2.00) = 2.00");
  assert.equal(sum("scaled", 0, 1), "scaled[0, 1] = scores[0, 1] ÷ √2 = 2.00 ÷ 1.41 = 1.41");
  assert.equal(sum("scaled", 0, 1, { scale: false }), "scaled[0, 1] = scores[0, 1] = 2.00");
  assert.equal(sum("masked", 0, 1, { causal: true }), "masked[0, 1] = −∞: “the” may not look at “cat”, which comes later");
  assert.equal(sum("masked", 1, 0, { causal: true }), "masked[1, 0] = scaled[1, 0] = −1.41: “cat” may look at “the”");
  assert.equal(sum("weights", 0, 0), "weights[0, 0] = e^0.35 / (e^0.35 + e^1.41 + e^1.41) = 1.42 / 9.65 = 0.15");
  assert.equal(sum("weights", 1, 2, { causal: true }), "weights[1, 2] = e^−∞ / (e^−1.41 + e^0.00 + e^−∞) = 0.00 / 1.24 = 0.00");
  assert.equal(sum("out", 0, 0, { causal: true }), "out[0, 0] = weights(the)·V[:, 0] = 1.00·1.50 + 0.00·2.00 + 0.00·5.00 = 1.50");
});

test("the sum of a weight says when the largest score was taken away first", () => {
  const inputs = { ...INPUTS, X: [[30, 0], [0, 1], [0, 0]], W_Q: IDENTITY };
  assert.equal(sum("weights", 0, 0, { inputs, scale: false }),
    "weights[0, 0] = e^0.00 / (e^0.00 + e^−900 + e^−900) = 1.00 / 1.00 = 1.00 (first taken away from the row: its largest, 900)");
});

test("the cells that made a cell", () => {
  const marks = (name, causal) => sourcesOf(name, 1, 2, causal).map(({ name: from, row, col }) => `${from} ${row} ${col}`);
  const expected = {
    K: ["X 1 null", "W_K null 2"], scores: ["Q 1 null", "K 2 null"], scaled: ["scores 1 2"], masked: ["scaled 1 2"],
    weights: ["scaled 1 null"], out: ["weights 1 null", "V null 2"],
  };
  for (const [name, sources] of Object.entries(expected)) assert.deepEqual(marks(name, false), sources);
  assert.deepEqual(marks("weights", true), ["masked 1 null"]);
});

test("a number never takes more room than a cell has", () => {
  const shown = { 0: "0.00", "-0.001": "0.00", 9.994: "9.99", 9.996: "10.0", "-12.34": "−12.3", 123.4: "123", 99999: "99999", "-2.5e14": "−3e+14" };
  for (const [x, text] of Object.entries(shown)) assert.equal(short(Number(x)), text);
  assert.equal(short(-Infinity), "−∞");
});

test("what is typed is read as a person means it", () => {
  for (const [text, value] of [["0.5", 0.5], [" -2 ", -2], ["−2", -2], ["0,25", 0.25], [".5", 0.5], ["3.", 3], ["1e2", 100], ["+4", 4]])
    assert.deepEqual(readNumber(text, LIMITS), { value });
});

test("what is no number is refused with a reason", () => {
  for (const text of ["", "  ", "-", "abc", "1 2", "NaN", "Infinity", "0x10", "1e", "1,2,3", "<b>", "1001", "-1e9"]) {
    const { value, problem } = readNumber(text, LIMITS);
    assert.equal(value, undefined, text);
    assert.match(problem, /is not a number$|is too large \(−1000 to 1000\)$/);
  }
});
