// HeadsMap's part of the kernel: the maps of all stored sentences, which come in one file when another one is chosen.

import { bytes } from "./maths.js";
import { InputError, runs } from "./runs.js";

const files = new Map();

/** The weights of all sentences, one after the other, in steps of 1/255: a Uint8Array. */
async function stored({ model: name, megabytes }, meanwhile) {
  const { words, later } = window.course;
  meanwhile(words.loading_maps.replace("{size}", megabytes));
  if (!files.has(name)) files.set(name, later(name).then((buffer) => new Uint8Array(buffer)));
  try {
    return await files.get(name);
  } catch {
    files.delete(name);
    throw new InputError(words.no_maps);
  }
}

export const HeadsMap = runs(["sentence"], async ({ sentence, sentences }, kept, meanwhile) => {
  const steps = await stored(kept, meanwhile);
  const { tokens, shape, start, end } = kept.places[sentences.indexOf(sentence)];
  return { tokens, shape, weights: bytes(Array.from(steps.subarray(start, end), (step) => step / 255)) };
});
