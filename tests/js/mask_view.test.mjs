import assert from "node:assert/strict";
import { test } from "node:test";
import { maskedWeights, reason, sentence, toggled } from "../../course_utils/widgets/static/mask_view.js";
import { gridMove } from "../../course_utils/widgets/static/pointing.js";

const everything = { length: 3, causal: false, forbidden: [] };

test("a cell is forbidden as padding, as later, or by the reader, in this order", () => {
  const state = { length: 2, causal: true, forbidden: [[1, 0], [0, 2]] };
  const table = [0, 1, 2].map((row) => [0, 1, 2].map((column) => reason(row, column, state)));
  assert.deepEqual(table, [["", "later", "padding"], ["yours", "", "padding"], ["", "", "padding"]]);
});

test("what is forbidden gets weight 0 and the rest of its row shares it out", () => {
  const scores = Float64Array.of(0, Math.log(3), 5, 1, 1, 1, 2, 2, 2);
  const weights = maskedWeights(scores, 3, { ...everything, forbidden: [[0, 2]] });
  [0.25, 0.75, 0, 1 / 3, 1 / 3, 1 / 3].forEach((wanted, i) => assert.ok(Math.abs(weights[i] - wanted) < 1e-9));
});

test("a row that sees nothing is NaN, and no other row", () => {
  const weights = maskedWeights(new Float64Array(9), 3, { length: 3, causal: true, forbidden: [[0, 0]] });
  assert.ok(weights.subarray(0, 3).every(Number.isNaN));
  assert.ok(!weights.subarray(3).some(Number.isNaN));
});

test("a click forbids a cell and the next one allows it again", () => {
  const once = toggled([[0, 1]], 2, 2);
  assert.deepEqual(once, [[0, 1], [2, 2]]);
  assert.deepEqual(toggled(once, 2, 2), [[0, 1]]);
});

test("arrow keys stay inside the table; other keys are not ours", () => {
  assert.deepEqual(gridMove("ArrowUp", [0, 1], [3, 3]), [0, 1]);
  assert.deepEqual(gridMove("ArrowRight", [0, 1], [3, 3]), [0, 2]);
  assert.deepEqual(gridMove("ArrowDown", [2, 2], [3, 3]), [2, 2]);
  assert.deepEqual(gridMove("End", [1, 0], [3, 3]), [1, 2]);
  assert.equal(gridMove("b", [1, 1], [3, 3]), null);
});

test("the line below says weight, reason, and the weight without a mask", () => {
  const tokens = ["the", "cat", "sat"];
  const free = Float32Array.from({ length: 9 }, () => 1 / 3);
  const say = (row, column, state, weight) => sentence(row, column, tokens, state, new Float32Array(9).fill(weight), free);
  assert.equal(say(2, 1, everything, 0.5), "“sat” looks at “cat”: weight 0.500; with no mask 0.333");
  assert.match(say(0, 1, { ...everything, causal: true }, 0), /“the” may not look at “cat”, “cat” comes later: weight 0.000/);
  assert.match(say(0, 2, { ...everything, length: 2 }, 0), /“sat” is padding now/);
  assert.match(say(1, 1, { ...everything, forbidden: [[1, 1]] }, 0), /you have forbidden it/);
  assert.match(say(1, 1, everything, NaN), /“cat” may look at nobody/);
});
