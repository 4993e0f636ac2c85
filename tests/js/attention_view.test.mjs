import assert from "node:assert/strict";
import { test } from "node:test";
import { attentionWeights, causalScores, cellAt, describe, layout, step } from "../../course_utils/widgets/static/attention_maths.js";

const NO_MARGIN = { left: 0, top: 0 };
const ROOM = 700;

test("causal: no query sees a later key, in any head; the scores themselves stay", () => {
  const scores = Float32Array.from({ length: 18 }, (_, i) => i);
  const no = -Infinity;
  assert.deepEqual([...causalScores(scores, [2, 3, 3])], [0, no, no, 3, 4, no, 6, 7, 8, 9, no, no, 12, 13, no, 15, 16, 17]);
  assert.equal(scores[1], 1);
});

test("causal: the first query can look only at itself, and every row still sums to 1", () => {
  const weights = attentionWeights(Float32Array.of(1, 9, 2, 2), [1, 2, 2], 0.5, true);
  assert.deepEqual([...weights], [1, 0, 0.5, 0.5]);
});

test("one head is shown large, behind its words", () => {
  const { boxes, cell, large } = layout([1, 2, 3], null, { left: 50, top: 30 }, ROOM);
  assert.deepEqual(boxes, [{ head: 0, x: 50, y: 30, width: 3 * cell.width, height: 2 * cell.height }]);
  assert.ok(large);
});

test("all heads: none covers another, none sticks out", () => {
  for (const shape of [[2, 3, 5], [8, 64, 64], [12, 5, 2], [64, 64, 64]]) {
    const { boxes, width, height, large } = layout(shape, null, NO_MARGIN, ROOM);
    assert.ok(!large && boxes.length === shape[0] && width <= ROOM);
    for (const a of boxes) {
      assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height);
      for (const b of boxes)
        assert.ok(a === b || a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y);
    }
  }
});

test("choosing a head shows that one large", () => {
  const { boxes, large } = layout([8, 4, 4], 5, NO_MARGIN, ROOM);
  assert.ok(large && boxes.length === 1 && boxes[0].head === 5);
});

test("64 words fit beside 64 cells of at least 6 pixels, and 500 pixels hold them", () => {
  const { cell, height } = layout([1, 64, 64], null, NO_MARGIN, ROOM);
  assert.ok(cell.height >= 6 && cell.width >= 6 && height <= 500);
});

test("the cell under the pointer, and none between heat maps", () => {
  const place = layout([3, 4, 2], null, NO_MARGIN, ROOM);
  const { x, y, width } = place.boxes[1];
  assert.deepEqual(cellAt(place, x + 1.5 * place.cell.width, y + 3.5 * place.cell.height), { head: 1, row: 3, column: 1 });
  assert.equal(cellAt(place, x + width + 1, y), null);
  assert.equal(cellAt(place, x, y - 1), null);
});

test("keys move by one, jump to the ends, change the head, and stop at the edges", () => {
  const shape = [2, 3, 4];
  const from = { head: 0, row: 1, column: 1 };
  const to = (key) => Object.values(step(from, key, shape)).join();
  const expected = {
    ArrowUp: "0,0,1", ArrowDown: "0,2,1", ArrowLeft: "0,1,0", ArrowRight: "0,1,2",
    Home: "0,1,0", End: "0,1,3", PageUp: "0,1,1", PageDown: "1,1,1",
  };
  for (const [key, place] of Object.entries(expected)) assert.equal(to(key), place, key);
  const corner = { head: 1, row: 2, column: 3 };
  for (const key of ["ArrowDown", "ArrowRight", "End", "PageDown"]) assert.deepEqual(step(corner, key, shape), corner);
  assert.equal(step(from, "b", shape), null);
});

test("a cell is said in words, with its score and weight", () => {
  const seen = {
    shape: [2, 2, 3], queries: ["did", "<b>"], keys: ["one", "two", "three"], causal: false,
    scores: Float32Array.from({ length: 12 }, (_, i) => -i), weights: Float32Array.from({ length: 12 }, (_, i) => i / 12),
  };
  const said = (head, row, column, change) => describe({ head, row, column }, { ...seen, ...change });
  assert.equal(said(1, 1, 0), "head 1: “<b>” looks at “one”: score q·k/√d_k −9.00, weight 0.750");
  assert.equal(said(0, 0, 2, { scores: null }), "head 0: “did” looks at “three”: weight 0.167");
  const masked = { shape: [1, 2, 3], causal: true };
  assert.equal(said(0, 0, 1, masked), "“did” may not look at “two”, which comes later: weight 0.083");
});
