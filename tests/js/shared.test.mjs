import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./join.mjs";

const { css, fixed, floats, inkOn, signedColour, softmaxRows, weightColour } = await load();

const near = (actual, expected) =>
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-6, `${value} is not ${expected[i]}`));
const brightness = ([r, g, b]) => 0.299 * r + 0.587 * g + 0.114 * b;
const steps = Array.from({ length: 101 }, (_, i) => i / 100);

test("floats reads little-endian numbers, also off a 4-byte boundary", () => {
  const bytes = new Uint8Array([9, 0, 0, 128, 63, 0, 0, 0, 192]); // one byte of something else, then 1 and -2
  assert.deepEqual([...floats(new DataView(bytes.buffer, 1))], [1, -2]);
});

test("softmax makes every row sum to 1", () => {
  near(softmaxRows([0, Math.log(3), 5, 5], 2, 2), [0.25, 0.75, 0.5, 0.5]);
});

test("softmax divides by the temperature", () => {
  near(softmaxRows([0, 2 * Math.log(3)], 1, 2, 2), [0.25, 0.75]);
});

test("softmax of scores of 1000 neither overflows nor vanishes", () => {
  near(softmaxRows([1000, 1000 + Math.log(3)], 1, 2), [0.25, 0.75]);
  near(softmaxRows([-1000, -1000 + Math.log(3)], 1, 2), [0.25, 0.75]);
});

test("softmax gives weight 0 where the score is -Infinity", () => {
  assert.deepEqual([...softmaxRows([3, -Infinity, 3], 1, 3)], [0.5, 0, 0.5]);
});

test("softmax leaves its scores alone and keeps their kind", () => {
  const scores = Float64Array.of(0, 1);
  assert.ok(softmaxRows(scores, 1, 2) instanceof Float64Array);
  assert.deepEqual([...scores], [0, 1]);
});

test("the default scale begins at the page's background, and only ever moves away from it", () => {
  assert.deepEqual(weightColour(0, "page", false), [255, 255, 255]);
  assert.deepEqual(weightColour(0, "page", true), [17, 17, 17]);
  const onLight = steps.map((value) => brightness(weightColour(value, "page", false)));
  const onDark = steps.map((value) => brightness(weightColour(value, "page", true)));
  for (let i = 1; i < steps.length; i++) assert.ok(onLight[i] < onLight[i - 1] && onDark[i] > onDark[i - 1]);
});

test("viridis and cividis grow brighter with the weight, so that they survive grey print", () => {
  for (const scale of ["viridis", "cividis"]) {
    const seen = steps.map((value) => brightness(weightColour(value, scale, false)));
    for (let i = 1; i < steps.length; i++) assert.ok(seen[i] >= seen[i - 1], `${scale} at ${steps[i]}`);
  }
});

test("weights outside 0 to 1 get the colour of the nearer end", () => {
  assert.deepEqual(weightColour(7, "viridis", false), weightColour(1, "viridis", false));
  assert.deepEqual(weightColour(-7, "viridis", false), weightColour(0, "viridis", false));
});

test("signed colours: background at 0, blue above, orange below, full at the limit", () => {
  assert.deepEqual(signedColour(0, 2, false), [255, 255, 255]);
  const [blue, orange] = [signedColour(2, 2, false), signedColour(-2, 2, false)];
  assert.ok(blue[2] > blue[0] && orange[0] > orange[2]);
  assert.deepEqual(signedColour(9, 2, false), blue);
});

test("signed colours of a matrix of zeros do not divide by zero", () => {
  assert.deepEqual(signedColour(0, 0, false), [255, 255, 255]);
});

test("numbers can be read on every colour of every scale", () => {
  const linear = (channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  for (const [scale, dark] of [["page", false], ["page", true], ["viridis", false], ["cividis", false]])
    for (const value of steps) {
      const colour = weightColour(value, scale, dark);
      const ink = luminance(inkOn(colour) === "#111" ? [17, 17, 17] : [255, 255, 255]);
      const [low, high] = [ink, luminance(colour)].sort((a, b) => a - b);
      assert.ok((high + 0.05) / (low + 0.05) >= 4, `${scale}, dark ${dark}, at ${value}: ${css(colour)}`);
    }
});

test("fixed writes a true minus sign", () => {
  assert.equal(fixed(-1.256), "−1.26");
  assert.equal(fixed(0.5, 3), "0.500");
});
