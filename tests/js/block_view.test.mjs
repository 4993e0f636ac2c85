import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aboutStep, cellText, describeNumber, lines, meanAndSize, nameOf, numberAt, sizeText, stageSize, stations, stepTo, stripsIn, summary,
} from "../../course_utils/widgets/static/block_layout.js";

const STRIPS = stripsIn(900, 16);

const STEPS = {
  "pre-LN": ["norm_1", "attention", "add_1", "norm_2", "feed_forward", "add_2"],
  "post-LN": ["attention", "add_1", "norm_1", "feed_forward", "add_2", "norm_2"],
};

test("the way goes from the bottom up, one station above the other", () => {
  for (const [order, steps] of Object.entries(STEPS)) {
    const places = stations(steps, order);
    assert.deepEqual(places.map(({ step }) => step), ["in", ...steps]);
    places.slice(1).forEach(({ y }, i) => assert.ok(y < places[i].y));
    const [, height] = stageSize(steps, STRIPS);
    assert.ok(places[0].y < height && places.at(-1).y > 0);
  }
});

test("where there is no room beside the strips, mean and size stand above them, and the picture fits", () => {
  for (const room of [376, 620, 740, 900, 1200]) {
    const strips = stripsIn(room, 16);
    assert.ok(stageSize(STEPS["pre-LN"], strips)[0] <= room, `${room} pixels`);
    assert.equal(strips.beside, room > 766);
  }
});

test("a norm stands on the branch in pre-LN and on the stream in post-LN", () => {
  for (const [order, onStream] of [["pre-LN", false], ["post-LN", true]]) {
    const places = stations(STEPS[order], order);
    const stream = places[0].x;
    const at = (step) => places.find((place) => place.step === step).x === stream;
    assert.deepEqual([at("norm_1"), at("norm_2"), at("add_1"), at("attention")], [onStream, onStream, true, false]);
  }
});

test("every station lies on a line, and the stream runs from the way in to the way out", () => {
  for (const [order, steps] of Object.entries(STEPS)) {
    const drawn = lines(steps, order);
    const passes = ({ x, y }) => drawn.some(({ points }) => points.slice(1).some(([toX, toY], i) => {
      const [fromX, fromY] = points[i];
      return fromX === x && toX === x && Math.min(fromY, toY) <= y && y <= Math.max(fromY, toY);
    }));
    assert.ok(stations(steps, order).every(passes));
    const stream = stations(steps, order)[0].x;
    const upright = drawn.map(({ points }) => points).filter((points) => points.every(([x]) => x === stream));
    upright.slice(1).forEach((points, i) => assert.equal(points[0][1], upright[i][1][1]));
    assert.deepEqual(drawn.map(({ of }) => of).filter(Boolean), ["add_1", "attention", "add_2", "feed_forward"]);
  }
});

test("a number is found again under the pointer", () => {
  for (const [order, steps] of Object.entries(STEPS)) {
    stations(steps, order).forEach(({ y }, row) => {
      for (const feature of [0, 7, 15]) {
        const x = STRIPS.x + (feature + 0.5) * STRIPS.cell;
        assert.deepEqual(numberAt(x, y, 7, 16, STRIPS), { row, feature });
      }
      assert.equal(numberAt(STRIPS.x - 1, y, 7, 16, STRIPS), null);
      assert.equal(numberAt(STRIPS.x + 16 * STRIPS.cell, y, 7, 16, STRIPS), null);
    });
    assert.equal(numberAt(STRIPS.x, 0, 7, 16, STRIPS), null);
  }
});

test("keys go up the block and along the numbers, and stop at the edges", () => {
  const spot = { row: 0, feature: 0 };
  assert.deepEqual(stepTo(spot, "ArrowUp", 7, 16), { row: 1, feature: 0 });
  assert.deepEqual(stepTo(spot, "ArrowDown", 7, 16), spot);
  assert.deepEqual(stepTo(spot, "End", 7, 16), { row: 0, feature: 15 });
  assert.deepEqual(stepTo({ row: 6, feature: 15 }, "ArrowUp", 7, 16), { row: 6, feature: 15 });
  assert.equal(stepTo(spot, "b", 7, 16), null);
});

test("numbers fit into a cell, small and huge", () => {
  const texts = [0, -0.04, 0.26, -1.5, 9.96, -12.4, 999.6, -4.2e5].map(cellText);
  assert.deepEqual(texts, ["0.0", "0.0", "0.3", "−1.5", "10", "−12", "1e3", "−4e5"]);
  assert.deepEqual([-0.001, 1, 12.3, 4.2e5].map(sizeText), ["0.00", "1.00", "12", "4e5"]);
});

test("mean and size are those of layer norm", () => {
  assert.deepEqual(meanAndSize([8, 2, 2, 0]), { mean: 3, size: 3 });
});

test("sentences", () => {
  assert.equal(describeNumber("bank", "in", 3, -0.5), "“bank” on the way in, number 3: −0.50");
  assert.equal(describeNumber("bank", "add_1", 0, 2), "“bank” after the +, number 0: 2.00");
  assert.match(aboutStep("norm_1", true), /^first layer norm \(off\): .*hands on what it gets\.$/);
  assert.match(aboutStep("attention", false), /^attention \(on\)/);
  assert.equal(nameOf("feed_forward"), "feed-forward");
  assert.match(summary({ blocks: 1, alike: 0.314 }), /^One block\. .* 0\.31 /);
  assert.match(summary({ blocks: 12, alike: 1 }), /^The last of 12 equal blocks\. .* 1\.00 /);
});
