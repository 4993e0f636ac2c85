import assert from "node:assert/strict";
import { test } from "node:test";
import { bestSymbols, drawn, rowSentence, scoreBar, sentence, spelled } from "../../course_utils/widgets/static/sample_maths.js";

const numbers = { scores: [1, 3, 2, 3], heated: [0.1, 0.4, 0.1, 0.4], kept: [0, 0.5, 0, 0.5] };

test("the best scores come first, of equal ones the first; the others are added up", () => {
  const { best, rest } = bestSymbols(numbers, 2);
  assert.deepEqual(best.map(({ symbol }) => symbol), [1, 3]);
  assert.equal(rest.count, 2);
  assert.ok(Math.abs(rest.heated - 0.2) < 1e-12 && rest.kept === 0);
});

test("a throw draws the symbol into whose share it falls, and never one with probability 0", () => {
  const shares = [0, 0.25, 0, 0.75, 0];
  assert.deepEqual([0, 0.2, 0.25, 0.9, 0.9999999].map((one) => drawn(shares, one)), [1, 1, 3, 3, 3]);
  assert.equal(drawn([0.5, 0.4999, 0], 0.99999), 1, "rounding left a gap at the end");
});

test("many throws draw each symbol as often as it should come", () => {
  const counts = [0, 0, 0];
  for (let i = 0; i < 1000; i++) counts[drawn([0.2, 0.5, 0.3], (i + 0.5) / 1000)] += 1;
  assert.deepEqual(counts, [200, 500, 300]);
});

test("score bars go right from 0, or left if they are negative, and stay in the track", () => {
  const best = [{ score: 3 }, { score: -1 }];
  assert.deepEqual(scoreBar(3, best), { left: 25, width: 75 });
  assert.deepEqual(scoreBar(-1, best), { left: 0, width: 25 });
  assert.deepEqual(scoreBar(0, [{ score: 0 }]), { left: 0, width: 0 });
});

test("what is said", () => {
  const shown = bestSymbols(numbers);
  const name = (symbol) => `“${"wxyz"[symbol]}”`;
  assert.equal(sentence("ba", false, shown, numbers.kept, name), "After “ba” “x” is the most probable, 0.50; 2 of 4 symbols may come.");
  assert.match(sentence("", false, shown, numbers.kept, name), /^At the beginning/);
  assert.match(sentence("ba□", true, shown, numbers.kept, name), /at its end/);
  assert.match(rowSentence(shown.best[3], "“w”"), /kept 0\.$/);
  assert.equal(spelled([1, 0, 3], "wxyz", 3), "xw□");
});
