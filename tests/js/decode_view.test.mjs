import assert from "node:assert/strict";
import { test } from "node:test";
import {
  columns, headline, headsAt, keyMove, mapPlace, share, spotAt, stepSentence, stepsOf, topSymbols,
} from "../../course_utils/widgets/static/decode_maths.js";

const NAMES = ["<start>", "<end>", "A", "B", "C", "D"];
const SHAPE = [2, 3, 4, 5]; // layers, heads, steps, letters
const WEIGHTS = Float32Array.from({ length: 2 * 3 * 4 * 5 }, (_, i) => i);
const weightAt = (layer, head, step, k) => ((layer * 3 + head) * 4 + step) * 5 + k;
const DRAFT = {
  written: ["B", "<end>"],
  choices: [3, 1],
  probabilities: Float32Array.of(0.0625, 0.0625, 0.25, 0.5, 0.125, 0, 0, 0.125, 0.75, 0.0625, 0.0625, 0),
  weights: Float32Array.of(0.75, 0.25, 0.5, 0.5, 0.125, 0.875, 0.25, 0.75),
  shape: [1, 2, 2, 2],
  log_probability: Math.log(0.5 * 0.125),
};

test("bars show the most probable symbols first, and mark the one that was written", () => {
  const bars = topSymbols(DRAFT, NAMES, 0, 3);
  assert.deepEqual(bars, [
    { name: "B", probability: 0.5, written: true },
    { name: "A", probability: 0.25, written: false },
    { name: "C", probability: 0.125, written: false },
  ]);
});

test("the symbol that was written has a bar, however improbable", () => {
  const unlikely = { ...DRAFT, choices: [5, 5] };
  assert.deepEqual(topSymbols(unlikely, NAMES, 1, 2).map(({ name }) => name), ["A", "D"]);
  assert.equal(topSymbols(unlikely, NAMES, 1, 2)[1].written, true);
});

test("of few symbols all have a bar, each once", () => {
  for (const choices of [[0, 0], [3, 1], [5, 5]])
    assert.deepEqual(topSymbols({ ...DRAFT, choices }, NAMES, 1, 9).map(({ name }) => name).sort(), [...NAMES].sort());
});

test("the decoder reads what it wrote, one place later; what comes later is told apart", () => {
  const cells = columns(["B", "A", "<end>"], "go", 1);
  assert.deepEqual(cells.map(({ reads }) => reads), ["go", "B", "A"]);
  assert.deepEqual(cells.map(({ writes }) => writes), ["B", "A", "<end>"]);
  assert.deepEqual(cells.map(({ state }) => state), ["past", "now", "later"]);
});

test("every head at one step", () => {
  const map = headsAt(WEIGHTS, SHAPE, 2);
  assert.equal(map.length, 6 * 5);
  for (let layer = 0; layer < 2; layer++)
    for (let head = 0; head < 3; head++)
      for (let k = 0; k < 5; k++) assert.equal(map[(layer * 3 + head) * 5 + k], weightAt(layer, head, 2, k));
});

test("one head at every step", () => {
  const map = stepsOf(WEIGHTS, SHAPE, 1, 2);
  assert.equal(map.length, 4 * 5);
  for (let step = 0; step < 4; step++)
    for (let k = 0; k < 5; k++) assert.equal(map[step * 5 + k], weightAt(1, 2, step, k));
});

test("a cell of a map is found again under the pointer, and nothing beside it", () => {
  for (const [rows, k_len] of [[1, 1], [12, 7], [48, 25], [40, 40]]) {
    const place = mapPlace(rows, k_len, 700, 50);
    const { box, cell } = place;
    for (const [row, column] of [[0, 0], [rows - 1, k_len - 1]]) {
      const spot = spotAt(place, box.x + (column + 0.5) * cell.width, box.y + (row + 0.5) * cell.height);
      assert.deepEqual(spot, { row, column });
    }
    assert.equal(spotAt(place, box.x - 1, box.y + 1), null);
    assert.equal(spotAt(place, box.x + 1, box.y - 1), null);
    assert.equal(spotAt(place, box.x + box.width, box.y + 1), null);
    assert.equal(spotAt(place, box.x + 1, box.y + box.height), null);
    assert.ok(place.width > box.x + box.width && place.height > box.y + box.height, "the frame is inside");
  }
});

test("the longest input still fits into a window of 700 pixels", () => {
  for (let k_len = 1; k_len <= 25; k_len++) assert.ok(mapPlace(12, k_len, 584, 50).width <= 584);
});

test("keys go through the steps and, across layers, through the heads", () => {
  const at = (step, layer, head) => ({ step, layer, head });
  const moves = [
    ["ArrowRight", at(1, 0, 0), at(2, 0, 0)],
    ["ArrowLeft", at(1, 0, 0), at(0, 0, 0)],
    ["Home", at(2, 1, 1), at(0, 1, 1)],
    ["End", at(1, 1, 1), at(3, 1, 1)],
    ["ArrowDown", at(1, 0, 2), at(1, 1, 0)],
    ["ArrowUp", at(1, 1, 0), at(1, 0, 2)],
  ];
  for (const [key, from, to] of moves) assert.deepEqual(keyMove(key, from, SHAPE), to, key);
});

test("keys stop at the edges; other keys are none of ours", () => {
  const [first, last] = [{ step: 0, layer: 0, head: 0 }, { step: 3, layer: 1, head: 2 }];
  for (const key of ["ArrowLeft", "Home", "ArrowUp"]) assert.deepEqual(keyMove(key, first, SHAPE), first);
  for (const key of ["ArrowRight", "End", "ArrowDown"]) assert.deepEqual(keyMove(key, last, SHAPE), last);
  for (const key of ["b", "Enter", "Tab", "PageUp"]) assert.equal(keyMove(key, first, SHAPE), null);
});

test("no probability reads as 0 or 1", () => {
  const texts = [0, 0.00004, 0.0004, 0.004, 0.29, 0.994, 0.9964, 0.99996, 1].map(share);
  assert.deepEqual(texts, ["< 0.0001", "< 0.0001", "0.0004", "0.0040", "0.29", "0.99", "0.9964", "> 0.9999", "> 0.9999"]);
  for (let i = 0; i <= 2000; i++) assert.ok(!/^(0\.0*|1\.0*)$/.test(share(i / 2000)), `${i / 2000} reads ${share(i / 2000)}`);
});

test("sentences", () => {
  const place = { step: 1, layer: 0, head: 1, start: "<start>" };
  assert.equal(stepSentence(DRAFT, ["b", "<end>"], NAMES, place),
    "Step 2 of 2: reads up to “B”, writes “<end>” with probability 0.13. Layer 0, head 1 looks most at “<end>”: 0.75.");
  assert.match(stepSentence(DRAFT, ["b", "<end>"], NAMES, { ...place, step: 0, head: 0 }),
    /^Step 1 of 2: reads up to “<start>”, writes “B” with probability 0\.50\. .* looks most at “b”: 0\.75\.$/);
  assert.equal(headline({ text: "b", width: 1 }, DRAFT), "“b” → B <end> · greedy · probability 0.06 (log −2.77)");
  assert.match(headline({ text: "b", width: 4 }, DRAFT), / · beam of 4 · /);
});
