// DecodeView's part of the kernel: a text becomes symbols, the model writes, and what it saw is sent.

import { bytes } from "./maths.js";
import { fetched } from "./models.js";
import { repr } from "./python.js";
import { InputError, runs } from "./runs.js";
import { Transformer } from "./transformer.js";

const LONGEST_INPUT = 24; // characters, as in widgets/decode_view.py

/** Letters as the model reads them, END behind; InputError as the lesson's own function raises it. */
function readIn(text, { source_symbols, most_letters }) {
  const letters = [...text.trim()];
  if (!letters.length) throw new InputError("type at least one letter.");
  if (letters.length > LONGEST_INPUT) {
    throw new InputError(`that is ${letters.length} characters; this picture has room for ${LONGEST_INPUT}.`);
  }
  const known = source_symbols.slice(3);
  const unknown = letters.find((letter) => !known.includes(letter.toLowerCase()));
  if (most_letters) refuse(letters, unknown, most_letters);
  else if (unknown) {
    throw new InputError(`${repr(unknown.toLowerCase())} is not one of the ${known.length} symbols: ${known.join(" ")}.`);
  }
  return [...letters.map((letter) => source_symbols.indexOf(letter.toLowerCase())), 2];
}

/** The sentences of g2p.task.readable. */
function refuse(letters, unknown, most) {
  const shown = repr(letters.slice(0, most).join("") + (letters.length > most ? "…" : ""));
  if (unknown) throw new InputError(`${shown} has ${repr(unknown)} in it, and the model knows only the letters a to z.`);
  if (letters.length > most) {
    throw new InputError(`${shown} has ${letters.length} letters, and the model has never seen more than ${most}.`);
  }
}

const [START, END] = [1, 2];

export const DecodeView = runs(["text", "width", "draft"], async (state, kept, meanwhile) => {
  const source = readIn(state.text, kept);
  const { target_symbols: names, width, text } = state;
  if (state.result?.text === text.trim() && state.result.width === width) return state.result; // another draft is only looked at
  const writer = await fetched(kept, meanwhile, (tensors, sizes) => new Transformer(tensors, sizes));
  const drafts = writer.write(source, { start: START, end: END, longest: kept.longest, width });
  const sent = drafts.map((draft) => ({
    written: draft.written.map((symbol) => names[symbol]),
    choices: draft.written,
    log_probability: draft.log_probability,
    probabilities: bytes(draft.steps.flatMap(({ logs }) => [...logs.map(Math.exp)])),
    weights: bytes(rows(draft.steps, kept.sizes)),
    shape: [kept.sizes.n_layers, kept.sizes.n_heads, draft.written.length, source.length],
  }));
  return { text: text.trim(), width, source: source.map((symbol) => kept.source_symbols[symbol]), drafts: sent };
}, (state, result) => {
  const fresh = result !== state.result;
  const draft = fresh ? 0 : state.draft;
  const [n_layers, n_heads, steps] = result.drafts[draft].shape;
  const within = (name, size) => Math.min(state[name], size - 1);
  return { draft, step: fresh ? 0 : within("step", steps), layer: within("layer", n_layers), head: within("head", n_heads) };
});

/** Weights in the order [layer][head][step][source]. */
function rows(steps, { n_layers, n_heads }) {
  const all = [];
  for (let layer = 0; layer < n_layers; layer++) {
    for (let head = 0; head < n_heads; head++) for (const { weights } of steps) all.push(...weights[layer][head]);
  }
  return all;
}
