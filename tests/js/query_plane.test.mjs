import assert from "node:assert/strict";
import { test } from "node:test";
import { PlaneDrawing } from "../../course_utils/widgets/static/query_drawing.js";
import { lookUp, lookUpSentence, lookUpSums, moved, nearest, reach, spacing } from "../../course_utils/widgets/static/query_maths.js";

const K = [[1, 0], [0, 2]];
const WORDS = ["cat", "<b>"];

test("a look-up by hand: scores ln 3 and 0 make weights 3/4 and 1/4", () => {
  const { scores, weights, blend } = lookUp([Math.log(3), 0], K, K);
  assert.deepEqual(scores, [Math.log(3), 0]);
  [0.75, 0.25].forEach((weight, n) => assert.ok(Math.abs(weights[n] - weight) < 1e-12));
  [0.75, 0.5].forEach((value, axis) => assert.ok(Math.abs(blend[axis] - value) < 1e-12));
});

test("values that are numbers blend to a number", () => {
  assert.deepEqual(lookUp([0, 0], K, [[4], [8]]).blend, [6]);
});

test("a low temperature sharpens, a high one levels", () => {
  const first = (temperature) => lookUp([1, 0], K, K, temperature).weights[0];
  assert.ok(first(0.1) > 0.99 && first(10) < 0.53 && first(1) > first(2));
});

test("huge scores do not overflow", () => {
  assert.deepEqual(lookUp([1000, 0], [[1000, 0], [999, 0]], [[1], [2]]).weights, [1, 0]);
});

test("grid lines: few, at round numbers", () => {
  for (const size of [0.3, 1, 1.84, 7, 12, 99, 1000, 1150]) {
    const lines = size / spacing(size);
    assert.ok(lines > 1.5 && lines <= 4, `${lines} lines up to ${size}`);
  }
  assert.equal(spacing(2), 0.5);
});

test("the plane holds all points, not right at its edge, and is never flat", () => {
  for (const points of [[[1.6, 0.4], [-1.2, 1.9]], [[100, 3]], [[0, 0]], [[-999, 1000]]]) {
    const largest = Math.max(...points.flat().map(Math.abs));
    assert.ok(reach(points) >= 1.1 * largest && reach(points) >= 0.5);
  }
});

test("a tip moves on a fine grid and stays in the plane", () => {
  assert.deepEqual(moved([1, 0.5], [0.05, -0.5], 2), [1.05, 0]);
  assert.deepEqual(moved([1.9, 0], [5, -5], 2), [2, -2]);
  assert.deepEqual(moved([0.123456, 0], [0, 0], 2), [0.12, 0]);
});

test("the nearest tip is taken hold of, if any is near", () => {
  const places = [[0, 0], [10, 0]];
  assert.equal(nearest([7, 0], places, 5), 1);
  assert.equal(nearest([5.5, 30], places, 5), -1);
});

test("what the picture says", () => {
  const found = { weights: [0.75, 0.25], blend: [0.75, 0.5] };
  assert.equal(lookUpSentence([1, -0.5], WORDS, found), "q = (1.00, −0.50). “cat” gets the largest weight, 0.75. The blend is (0.75, 0.50).");
  assert.match(lookUpSentence([0, 0], WORDS, { ...found, blend: [6] }), /The blend is 6\.00\.$/);
  assert.doesNotMatch(lookUpSentence([0, 0], WORDS, { ...found, blend: undefined }), /blend/);
});

test("the sums of a key are written out", () => {
  const q = [1, 0.5];
  const lines = lookUpSums(1, q, K, WORDS, lookUp(q, K, K, 2), 2).map((pieces) => pieces.map(([text]) => text).join(""));
  assert.deepEqual(lines, [
    "score = q·k(<b>) = 1.00·0.00 + 0.50·2.00 = 1.00",
    "weight = e^0.50 / (e^0.50 + e^0.50) = 1.65 / 3.30 = 0.50 (scores ÷ 2.00)",
    "blend = 0.50·v(cat) + 0.50·v(<b>) = (0.50, 1.00)",
  ]);
});

test("pixels and points of the plane are each other's inverse, up is up", () => {
  const drawing = Object.assign(Object.create(PlaneDrawing.prototype), { limit: 2 });
  const [x, y] = drawing.pixels([1, 1.5]);
  const [x0, y0] = drawing.pixels([0, 0]);
  assert.ok(x > x0 && y < y0);
  assert.deepEqual(drawing.point([x, y]), [1, 1.5]);
});
