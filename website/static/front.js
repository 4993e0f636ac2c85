// The front page: the sentence's words can be replaced by the reader's own.

import { mount } from "./host.js";
import { bytes, matmulTransposed } from "./maths.js";
import { widened } from "./transformer.js";

const WIDTH = 16; // numbers of a word
const MOST_WORDS = 24; // more would be too small to point at
let table;

/** { word: its 16 numbers }, loaded when somebody first types. */
async function vectors() {
  const data = new Uint8Array(await window.course.later("words"));
  const end = data.indexOf(0);
  const words = new TextDecoder().decode(data.subarray(0, end)).split("\n");
  const numbers = widened(new Uint16Array(data.slice(end + 1).buffer));
  return new Map(words.map((word, n) => [word, numbers.subarray(n * WIDTH, (n + 1) * WIDTH)]));
}

/** Words in small letters without the punctuation around them. */
const wordsOf = (text) => text.toLowerCase().split(/\s+/).map((word) => word.replace(/^\p{P}+|\p{P}+$/gu, "")).filter(Boolean);

/** The traits that another sentence changes: every word asks every other, divided by the root of 16. */
function sentenceState(state, tokens, rows) {
  const X = rows.flatMap((row) => [...row]);
  const scores = matmulTransposed(X, X, rows.length, WIDTH, rows.length).map((score) => score / Math.sqrt(WIDTH));
  const shape = [1, rows.length, rows.length];
  const limits = { ...state.limits, query: [0, rows.length - 1] };
  return { ...state, tokens, key_tokens: tokens, shape, limits, query: null, score_bytes: bytes(scores) };
}

/** Listens to the field and draws its sentence. */
export function front() {
  const form = document.querySelector("form.words");
  if (!form) return;
  const [field, said] = [form.querySelector("input"), form.querySelector("[role=status]")];
  const figure = document.querySelector("figure[data-widget]");
  const { words, widgets } = window.course;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!table) said.textContent = words.front_loading;
    const known = await (table ??= vectors());
    const tokens = wordsOf(field.value);
    const unknown = tokens.filter((token) => !known.has(token));
    said.textContent = unknown.length ? `${unknown.join(", ")}: ${words.front_unknown}`
      : tokens.length > MOST_WORDS || !tokens.length ? words.front_length : "";
    if (said.textContent) return;
    figure.querySelector(":scope > div")?.remove();
    const stored = widgets[figure.id];
    mount(figure, { ...stored, state: sentenceState(stored.state, tokens, tokens.map((token) => known.get(token))) });
  });
}
