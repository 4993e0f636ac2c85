// @ts-check
// Light or dark? Measured from the background on which the widget stands, in whatever page that is, and followed.
import { luminance } from "./colours.js";

/**
 * @typedef {object} Theme
 * @property {boolean} dark
 * @property {import("./colours.js").Colour} background what is behind the widget, as [red, green, blue]
 * @property {string} ink text
 * @property {string} quiet text that may stand back; on all of these words have a contrast of at least 4.5
 * @property {string} line borders of what can be used
 * @property {string} faint grid lines
 * @property {string} surface of a button
 * @property {string} accent what is chosen, and arrows of keys
 * @property {string} onAccent text on it
 * @property {string} mark where one is, and the second of two
 * @property {string} a the first source of a sum: the query
 * @property {string} b the second
 * @property {string} error
 */

const LIGHT = {
  ink: "#1b1b1b", quiet: "#595959", line: "#767676", faint: "#d4d4d4", surface: "#f2f2f2", accent: "#1565c0", onAccent: "#fff",
  mark: "#b84300", a: "#b0004e", b: "#1b7a2f", error: "#b3261e",
};
const DARK = {
  ink: "#ececec", quiet: "#b0b0b0", line: "#8f8f8f", faint: "#444", surface: "#303030", accent: "#7cbcff", onAccent: "#000",
  mark: "#ffa657", a: "#ff8ab8", b: "#7fe08f", error: "#ff9a90",
};
const FORCED = { // the reader's own colours, where the system has been told to use no others
  ink: "CanvasText", quiet: "CanvasText", line: "CanvasText", faint: "GrayText", surface: "ButtonFace", accent: "Highlight",
  onAccent: "HighlightText", mark: "LinkText", a: "CanvasText", b: "CanvasText", error: "CanvasText",
};
const ASKED = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];
const MIDDLE = 0.18; // luminance on which black and white can be read equally well

const asks = (query) => matchMedia(query).matches;

/**
 * What is painted behind a node: its own and its ancestors' backgrounds, the outermost first, on the empty page.
 * @returns {import("./colours.js").Colour}
 */
function backgroundBehind(node) {
  const layers = [];
  const above = (at) => at.parentElement ?? at.getRootNode().host; // out of a shadow tree
  for (let at = node; at instanceof Element; at = above(at)) layers.unshift(getComputedStyle(at).backgroundColor);
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  const isDark = scheme.includes("dark") && (!scheme.includes("light") || asks(ASKED[0]));
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  for (const layer of [isDark ? "#121212" : "#fff", ...layers]) {
    context.fillStyle = layer;
    context.fillRect(0, 0, 1, 1);
  }
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}

/** @returns {Theme} */
function themeBehind(node) {
  const background = backgroundBehind(node);
  const dark = luminance(background) < MIDDLE;
  return { dark, background, ...(asks(ASKED[1]) ? FORCED : dark ? DARK : LIGHT) };
}

/** Gives the root the colours of its theme, as CSS variables. */
function wear(root, theme) {
  root.style.colorScheme = theme.dark ? "dark" : "light";
  root.style.setProperty("--background", `rgb(${theme.background})`);
  for (const name of Object.keys(LIGHT)) root.style.setProperty(`--${name}`, theme[name]);
}

/**
 * Measures now and whenever something may have changed, until the signal ends; tells of each new theme, the first too.
 * Returns a function that measures again.
 */
export function followTheme(root, tell, signal) {
  let last = "";
  const measure = () => {
    const theme = themeBehind(root);
    if (JSON.stringify(theme) === last) return;
    last = JSON.stringify(theme);
    wear(root, theme);
    tell(theme);
  };
  const soon = () => requestAnimationFrame(measure); // when styles have been worked out anew
  const observer = new MutationObserver(soon);
  const attributes = { attributes: true, attributeFilter: ["class", "style", "data-theme", "data-jp-theme-name", "theme"] };
  for (const node of [document.documentElement, document.body]) observer.observe(node, attributes);
  observer.observe(document.head, { childList: true }); // a theme may be another style sheet
  for (const query of ASKED) matchMedia(query).addEventListener("change", soon, { signal });
  for (const event of ["load", "transitionend"]) document.addEventListener(event, soon, { signal, capture: true });
  signal?.addEventListener("abort", () => observer.disconnect());
  measure();
  return measure;
}
