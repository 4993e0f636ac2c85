import assert from "node:assert/strict";
import { test } from "node:test";
import { css, inkOn, luminance, signedColour, weightColour } from "../../course_utils/widgets/static/colours.js";
import { fixed, floats, softmaxRows } from "../../course_utils/widgets/static/numbers.js";

const [LIGHT, DARK] = [{ dark: false, background: [255, 255, 255] }, { dark: true, background: [17, 17, 17] }];
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
  assert.deepEqual(weightColour(0, LIGHT), [255, 255, 255]);
  assert.deepEqual(weightColour(0, DARK), [17, 17, 17]);
  const onLight = steps.map((value) => brightness(weightColour(value, LIGHT)));
  const onDark = steps.map((value) => brightness(weightColour(value, DARK)));
  for (let i = 1; i < steps.length; i++) assert.ok(onLight[i] < onLight[i - 1] && onDark[i] > onDark[i - 1]);
});

test("viridis and cividis grow brighter with the weight, so that they survive grey print", () => {
  for (const scale of ["viridis", "cividis"]) {
    const seen = steps.map((value) => brightness(weightColour(value, LIGHT, scale)));
    for (let i = 1; i < steps.length; i++) assert.ok(seen[i] >= seen[i - 1], `${scale} at ${steps[i]}`);
  }
});

test("weights outside 0 to 1 get the colour of the nearer end", () => {
  assert.deepEqual(weightColour(7, LIGHT, "viridis"), weightColour(1, LIGHT, "viridis"));
  assert.deepEqual(weightColour(-7, LIGHT, "viridis"), weightColour(0, LIGHT, "viridis"));
});

test("signed colours: background at 0, blue above, orange below, full at the limit", () => {
  assert.deepEqual(signedColour(0, 2, LIGHT), [255, 255, 255]);
  const [blue, orange] = [signedColour(2, 2, LIGHT), signedColour(-2, 2, LIGHT)];
  assert.ok(blue[2] > blue[0] && orange[0] > orange[2]);
  assert.deepEqual(signedColour(9, 2, LIGHT), blue);
});

test("signed colours of a matrix of zeros do not divide by zero", () => {
  assert.deepEqual(signedColour(0, 0, LIGHT), [255, 255, 255]);
});

test("0 looks like nothing on any background", () => {
  for (const background of [[255, 255, 255], [30, 30, 30], [38, 50, 56], [250, 244, 230]])
    for (const dark of [false, true]) {
      assert.deepEqual(weightColour(0, { dark, background }), background);
      assert.deepEqual(signedColour(0, 1, { dark, background }), background);
    }
});

test("numbers can be read on every colour of every scale", () => {
  const looks = [[LIGHT, "page"], [DARK, "page"], [LIGHT, "viridis"], [LIGHT, "cividis"]];
  const colours = looks.flatMap(([theme, scale]) => steps.map((value) => weightColour(value, theme, scale)));
  for (const theme of [LIGHT, DARK]) colours.push(...steps.map((value) => signedColour(value - 0.5, 0.5, theme)));
  for (const colour of colours) {
    const ink = inkOn(colour) === "#000" ? 0 : 1;
    const [low, high] = [ink, luminance(colour)].sort((a, b) => a - b);
    assert.ok((high + 0.05) / (low + 0.05) >= 4.5, css(colour));
  }
});

test("fixed writes a true minus sign", () => {
  assert.equal(fixed(-1.256), "−1.26");
  assert.equal(fixed(0.5, 3), "0.500");
  assert.equal(fixed(-0.001), "0.00");
});
