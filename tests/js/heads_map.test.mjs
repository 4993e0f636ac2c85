import assert from "node:assert/strict";
import { test } from "node:test";
import { bestOf, headAt, headSentence, wall } from "../../course_utils/widgets/static/heads_map_layout.js";

const SHAPES = [[6, 12], [1, 1], [2, 3], [12, 16]];

test("small maps do not overlap, stay in the picture, and are found again under the pointer", () => {
  for (const shape of SHAPES)
    for (const room of [340, 592, 720, 1400]) {
      const place = wall(shape, room);
      assert.equal(place.boxes.length, shape[0] * shape[1]);
      assert.ok(place.width <= room, `${shape} in ${room} take ${place.width}`);
      assert.equal(new Set(place.boxes.map(({ x, y }) => `${x} ${y}`)).size, place.boxes.length);
      for (const { layer, head, x, y, width, height } of place.boxes) {
        assert.ok(x >= 0 && x + width <= place.width && y >= 0 && y + height <= place.height);
        for (const [dx, dy] of [[0, 0], [width - 1, height - 1], [width / 2, height / 2]])
          assert.deepEqual(headAt(place, x + dx, y + dy), { layer, head });
      }
    }
});

test("beside the maps there is no head", () => {
  const place = wall([6, 12], 720);
  assert.equal(headAt(place, 2, 100), null);
  assert.equal(headAt(place, 100, 2), null);
  assert.equal(headAt(place, place.width + 30, 100), null);
});

test("numbers count layer after layer", () => {
  assert.deepEqual(wall([6, 12], 720).boxes.map(({ number, layer, head }) => number - 12 * layer - head), Array(72).fill(0));
});

test("the best are named with their weights, the largest first", () => {
  assert.deepEqual(bestOf([0.1, 0.6, 0.3], 2), [[1, 0.6], [2, 0.3]]);
  const table = Float32Array.from([1, 0, 0, 0.25, 0.25, 0.5, 0.75, 0.25, 0]);
  const tokens = ["[CLS]", "the", "<b>"];
  assert.equal(headSentence({ layer: 3, head: 1 }, table, tokens), "layer 3, head 1: most of its weight goes to “[CLS]” (token 0), 0.67 on average");
  assert.equal(headSentence({ layer: 3, head: 1, row: 1 }, table, tokens), "layer 3, head 1: “the” looks most at “<b>” 0.50, “[CLS]” 0.25, “the” 0.25");
});
