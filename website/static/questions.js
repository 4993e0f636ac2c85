// What `check` says to a number or a letter, in its own words.

import { general, numberIn, repr } from "./python.js";

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

/** A sentence as HTML: escaped, `code` as code, and *words* in italics, as engine/display.py shows it. */
const rich = (text) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]).split("`")
  .map((piece, i) => (i % 2 ? `<code>${piece}</code>` : piece.replace(/(\*\*?)([\p{L}\p{N}_][^*]*)\1/gu, "<em>$2</em>"))).join("");

/** The text with its {places} filled. */
const say = (text, values) => rich(text.replace(/\{(\w+)\}/g, (_, name) => values[name]));

const LONGEST_QUOTE = 40; // characters
const quoted = (text) => repr([...text].slice(0, LONGEST_QUOTE).join(""));

/** What `check` says to this answer, as [status, HTML]. */
export function verdict(asked, answer, words) {
  if (answer === "") return ["todo", words.not_answered];
  return asked.kind === "choice" ? ofChoice(asked, answer, words) : ofNumber(asked, answer, words);
}

function ofChoice({ options }, answer, words) {
  const key = answer.trim().replace(/^[().]+|[().]+$/g, "").toLowerCase();
  if (!Object.hasOwn(options, key)) {
    return ["fail", say(words.no_option, { options: Object.keys(options).join(", "), value: quoted(answer) })];
  }
  const { right, why } = options[key];
  return right ? ["pass", `${words.right} ${why}`] : ["fail", why];
}

function ofNumber({ answer: wanted, tolerance, explanation, mistakes }, answer, words) {
  const guess = numberIn(answer);
  if (guess === null) return ["fail", say(words.no_number, { value: quoted(answer) })];
  if (Math.abs(guess - wanted) <= tolerance) return ["pass", `${words.right} ${explanation}`];
  const known = mistakes.find(({ value }) => Math.abs(guess - value) <= tolerance);
  return ["fail", known ? known.hint : say(words.wrong_number, { value: general(guess) })];
}

