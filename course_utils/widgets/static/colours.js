// @ts-check
// Colours of numbers, as [red, green, blue].

/** @typedef {[number, number, number]} Colour */

// Stops of each scale from 0 to 1. The page's own begin at the background on which the widget stands: 0 looks like nothing.
const SCALES = {
  light: [[198, 219, 239], [107, 174, 214], [33, 113, 181], [8, 48, 107]],
  dark: [[22, 50, 79], [31, 95, 153], [73, 153, 214], [201, 229, 255]],
  viridis: [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]],
  cividis: [[0, 34, 78], [65, 77, 107], [124, 123, 120], [188, 175, 111], [254, 232, 56]],
};
const MINUS = { light: [178, 74, 20], dark: [255, 158, 102] };

/** @returns {Colour} */
function between(a, b, t) {
  const [r, g, bl] = a.map((channel, i) => Math.round(channel + (b[i] - channel) * t));
  return [r, g, bl];
}

const named = ({ dark }) => (dark ? "dark" : "light");

/** The colour of a weight from 0 to 1. */
export function weightColour(value, theme, scale = "page") {
  const stops = scale === "page" ? [theme.background, ...SCALES[named(theme)]] : SCALES[scale];
  const place = Math.min(Math.max(value, 0), 1) * (stops.length - 1);
  const first = Math.min(Math.floor(place), stops.length - 2);
  return between(stops[first], stops[first + 1], place - first);
}

/** The colour of a signed number: blue above 0, orange below, the background at 0; `limit` is full colour. */
export function signedColour(value, limit, theme) {
  const share = Math.min(Math.abs(value) / (limit || 1), 1) * 0.75;
  return value >= 0 ? weightColour(share, theme) : between(theme.background, MINUS[named(theme)], share);
}

/** The same for numbers of any size: ever slower towards full colour. */
export const openColour = (value, theme) => signedColour(value / (2 + Math.abs(value)), 1, theme);

export const css = (/** @type {Colour} */ [r, g, b]) => `rgb(${r},${g},${b})`;

/** Luminance as WCAG has it: 0 is black, 1 is white. */
export function luminance(colour) {
  const linear = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = colour.map((channel) => linear(channel / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The text colour that can be read better on this background; contrast is at least 4.58. */
export const inkOn = (colour) => (luminance(colour) > 0.179 ? "#000" : "#fff");

const tables = new Map();

/** 256 colours of a scale as 32-bit pixels, so that a large heat map is one look-up per cell. */
export function colourTable(theme, scale) {
  const name = `${scale} ${theme.dark} ${theme.background}`;
  if (!tables.has(name)) {
    const bytes = new Uint8ClampedArray(256 * 4);
    for (let i = 0; i < 256; i++) bytes.set([...weightColour(i / 255, theme, scale), 255], 4 * i);
    tables.set(name, new Uint32Array(bytes.buffer));
  }
  return tables.get(name);
}
