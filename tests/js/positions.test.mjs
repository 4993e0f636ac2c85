import assert from "node:assert/strict";
import { test } from "node:test";
import * as clocks from "../../course_utils/widgets/static/clock_view.js";
import * as shuffle from "../../course_utils/widgets/static/shuffle_view.js";
import * as turn from "../../course_utils/widgets/static/turn_view.js";

test("a word that moves right or left takes its new place, and the others keep their order", () => {
  assert.deepEqual(shuffle.moved([5, 6, 7, 8], 0, 2), [6, 7, 5, 8]);
  assert.deepEqual(shuffle.moved([5, 6, 7, 8], 3, 0), [8, 5, 6, 7]);
  assert.deepEqual(shuffle.moved([5, 6, 7, 8], 1, 1), [5, 6, 7, 8]);
});

test("shuffling keeps every word once, follows the random numbers, and never gives the same order back", () => {
  const order = [0, 1, 2, 3, 4];
  assert.deepEqual(shuffle.shuffled(order).sort(), order);
  assert.deepEqual(shuffle.shuffled(order, () => 0), [1, 2, 3, 4, 0]);
  assert.deepEqual(shuffle.shuffled(order, () => 0.999), [1, 2, 3, 4, 0]);
  assert.deepEqual(order, [0, 1, 2, 3, 4]);
});

test("the line on a word says where it went and what became of its output", () => {
  const say = (place, change) => shuffle.describe(["cat", "sat"], [1, 0], change, place);
  assert.equal(say(0, [0.004, 0]), "“sat” went from position 1 to position 0; its output did not change.");
  assert.equal(say(1, [0, 0.256]), "“cat” went from position 0 to position 1; its output changed by up to 0.26.");
  assert.match(shuffle.describe(["cat"], [0], [0], 0), /stands at position 0, as before/);
});

test("a clock's hand points up at angle 0 and turns to the right", () => {
  const code = [0, 1, 1, 0]; // sine and cosine of 0, and of a quarter turn
  assert.deepEqual(clocks.handEnd(code, 0, 10), { x: 0, y: -10 });
  assert.deepEqual(clocks.handEnd(code, 1, 10), { x: 10, y: -0 });
});

test("a code is a row of the table, and the line gives the dot product of two", () => {
  const table = Float32Array.of(1, 2, 3, 4, 5, 6);
  assert.deepEqual(clocks.codeOf(table, 2, 1), [3, 4]);
  assert.equal(clocks.describeClocks(table, 2, 0, 2), "Positions 0 and 2: the dot product of their codes is 17.00.");
});

test("pixels and plane are each other's inverse, and the plane has an edge", () => {
  for (const point of [[0, 0], [1, -0.5], [-2, 2]]) assert.deepEqual(turn.toPlane(...turn.toPixels(point)), point);
  assert.ok(turn.toPixels([0, 1])[1] < turn.toPixels([0, 0])[1], "up is up");
  assert.deepEqual(turn.toPlane(9999, -9999), [2, 2]);
  assert.deepEqual(turn.toPlane(...turn.toPixels([0.11, 0.13])), [0.1, 0.15]);
});

test("the curve has the score at each distance, for k where it stands", () => {
  const q = Float32Array.of(1, 0, 2, 0, 3, 0, 4, 0);
  const k = Float32Array.of(1, 9, 10, 9, 0, 0, 0, 0);
  assert.deepEqual(turn.scoresByDistance(q, k, 0), [1, 2]);
  assert.deepEqual(turn.scoresByDistance(q, k, 1), [20, 30]);
});
