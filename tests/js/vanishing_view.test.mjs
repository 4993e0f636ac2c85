import assert from "node:assert/strict";
import { test } from "node:test";
import { curvePoints, place, power, spoken, verdict } from "../../course_utils/widgets/static/vanishing_view.js";

test("powers of 10 are written with raised figures", () => {
  assert.equal(power(-17), "10⁻¹⁷");
  assert.equal(power(8), "10⁸");
});

test("a gradient is vanishing or exploding beyond a factor of 100", () => {
  const logs = Float32Array.of(1, -0.9, -1.1, 2.9, 3.1);
  const said = [0, 1, 2, 3, 4].map((back) => verdict(logs, back));
  const neither = "neither vanishing nor exploding";
  assert.deepEqual(said, [neither, neither, "vanishing", neither, "exploding"]);
});

test("the line says radius, steps, size and verdict; a gradient of 0 has no power of 10", () => {
  const logs = Float32Array.of(0, -7.2, -300);
  assert.equal(spoken(0.5, logs, 1), "Spectral radius 0.50. 1 step back the gradient is about 10⁻⁷: vanishing.");
  assert.match(spoken(0.5, logs, 2), /the gradient is 0: vanishing/);
});

test("later steps lie to the right, larger gradients higher", () => {
  assert.ok(place(1, 0, 50)[0] > place(0, 0, 50)[0]);
  assert.ok(place(0, 1, 50)[1] < place(0, 0, 50)[1]);
  assert.ok(Number.isFinite(place(0, 0, 1)[0]), "one step alone");
});

test("a curve ends where it leaves the chart, and not along its frame", () => {
  const points = (logs) => curvePoints(logs).split(" ").map((point) => point.split(",").map(Number));
  const inside = points([0, -4, -8]);
  assert.equal(inside.length, 3);
  const [, [x, y]] = points([0, -32, -64]); // half way to the first step it is at the lower edge
  assert.ok(Math.abs(x - (inside[0][0] + inside[1][0]) / 2) < 0.1 && Math.abs(y - place(0, -16, 3)[1]) < 0.1);
});
