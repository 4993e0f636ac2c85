import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt } from "../../course_utils/widgets/static/attention_maths.js";
import { cellWidth, cutSentence, cutSize, featureX, mapsLayout, partRows } from "../../course_utils/widgets/static/heads_layout.js";

const D_MODELS = [[16, [1, 2, 4, 8, 16]], [20, [1, 2, 4, 5, 10]], [64, [1, 2, 4, 8, 16]]];

test("a cut moves cells apart at the edges of heads and nowhere else", () => {
  for (const [d_model, choices] of D_MODELS) {
    for (const n_heads of choices) {
      const width = cellWidth(d_model, 720);
      const x = (feature) => featureX(feature, d_model, n_heads, width);
      const steps = Array.from({ length: d_model - 1 }, (_, i) => x(i + 1) - x(i));
      const wider = steps.flatMap((step, i) => (step > width ? [i + 1] : []));
      const edges = Array.from({ length: n_heads - 1 }, (_, h) => (h + 1) * (d_model / n_heads));
      assert.deepEqual(wider, edges);
    }
  }
});

test("every strip fits into its picture, and the picture into its room unless cells would be too small", () => {
  for (const [d_model, choices] of D_MODELS)
    for (const room of [340, 720, 1400]) {
      const width = cellWidth(d_model, room);
      const [all] = cutSize(d_model, width);
      for (const n_heads of choices) assert.ok(featureX(d_model - 1, d_model, n_heads, width) + width <= all);
      assert.ok(all <= room || width === 5, `${d_model} numbers in ${room} pixels take ${all}`);
    }
});

test("maps do not overlap, stay in the picture, and are found again under the pointer", () => {
  for (const [length, room] of [[1, 720], [9, 720], [16, 720], [9, 340], [16, 1400]]) {
    for (const n_heads of [1, 2, 3, 5, 8, 12, 16]) {
      const place = mapsLayout(length, n_heads, room);
      assert.equal(place.boxes.length, n_heads);
      assert.ok(place.width <= room);
      for (const { head, x, y, width, height } of place.boxes) {
        assert.ok(x >= 0 && x + width <= place.width && y >= 0 && y + height <= place.height, `${length} words, ${n_heads} heads`);
        const last = { head, row: length - 1, column: length - 1 };
        assert.deepEqual(cellAt(place, x + width - 1, y + height - 1), last);
      }
      const corners = new Set(place.boxes.map(({ x, y }) => `${x} ${y}`));
      assert.equal(corners.size, n_heads);
    }
  }
});

test("the parts' rows lie below each other, with room before the sum", () => {
  for (const n_heads of [1, 4, 16]) {
    const rows = partRows(n_heads);
    assert.equal(rows.length, n_heads + 1);
    rows.slice(1).forEach(({ y }, i) => assert.ok(y >= rows[i].y + rows[i].height));
    assert.ok(rows.at(-1).y - rows.at(-2).y > rows[0].height + 1 && rows.at(-1).y + rows.at(-1).height <= 220);
  }
});

test("the sentence says what the cut makes", () => {
  assert.equal(cutSentence("sat", 16, 1), "Q, K and V of “sat”: one head has all 16 numbers");
  assert.equal(cutSentence("sat", 16, 4), "Q, K and V of “sat”: 4 heads, 4 numbers each");
  assert.equal(cutSentence("sat", 16, 16), "Q, K and V of “sat”: 16 heads, 1 number each");
});
