import assert from "node:assert/strict";
import { test } from "node:test";
import { counts, spoken } from "../../course_utils/widgets/static/waiting_view.js";

const WORDS = ["the", "cat", "sat"];

test("a recurrent net needs a step for each token, attention one for all", () => {
  const ends = { length: 9, source: 1, target: 8 };
  assert.deepEqual(counts({ ...ends, step: 0 }).attention, { done: 0, all: 1, path: 1 });
  assert.deepEqual(counts({ ...ends, step: 4 }).attention, { done: 1, all: 1, path: 1 });
  assert.deepEqual(counts({ ...ends, step: 4 }).rnn, { done: 4, all: 9, path: 7 });
});

test("the path is the distance, and no way leads back", () => {
  const path = (source, target) => counts({ step: 0, length: 9, source, target }).rnn.path;
  assert.equal(path(2, 3), 1);
  assert.equal(path(3, 3), 0);
  assert.equal(path(3, 2), null);
});

test("the counters are said in words", () => {
  assert.equal(
    spoken(WORDS, { step: 2, source: 0, target: 1 }),
    "RNN: 2 of 3 steps. Attention: 1 of 1. The RNN needs 1 step from “the” to “cat”, attention 1.",
  );
  assert.match(spoken(WORDS, { step: 0, source: 2, target: 0 }), /no way leads back from “sat” to “the”, attention 1/);
});
