// SampleView's part of the kernel: scores of the next symbol, what the knobs make of them, and whole words from dice.

import { drawn } from "../../course_utils/widgets/static/sample_maths.js";
import { LanguageModel } from "./language_model.js";
import { bytes, softmax } from "./maths.js";
import { fetched } from "./models.js";
import { runs } from "./runs.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** The course's own next_probabilities. topK: null lets all come. */
export function nextProbabilities(scores, temperature, topK) {
  const worst = topK === null ? -Infinity : Float64Array.from(scores).sort().at(-topK);
  return softmax(Float64Array.from(scores, (score) => (score < worst ? -Infinity : score / temperature)), 1, scores.length);
}

/** The most probable that together reach topP, brought to the sum 1. */
export function nucleus(probabilities, topP) {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a] || a - b);
  const kept = new Float64Array(probabilities.length);
  let before = 0;
  for (const place of order) {
    if (before >= topP) break;
    before += kept[place] = probabilities[place];
  }
  return kept.map((one) => one / before);
}

export const SampleView = runs(["written", "temperature", "top_k", "top_p", "dice"], async (state, kept, meanwhile) => {
  const { written, temperature, top_k, top_p, dice, symbols, start, end, result = {}, limits } = state;
  const model = await fetched(kept, meanwhile, (tensors, sizes) => new LanguageModel(tensors, sizes));
  const topK = top_k < symbols.length ? top_k : null;
  const keeps = (scores) => nucleus(nextProbabilities(scores, temperature, topK), top_p);
  const scores = model.nextScores([start, ...written]);
  const shown = { scores: bytes(scores), heated: bytes(nextProbabilities(scores, temperature, null)), kept: bytes(keeps(scores)) };
  const asked = { written, temperature, top_k, top_p, dice };
  if (same(dice, result.dice ?? [])) return { ...asked, ...shown, words: result.words ?? [], how: result.how ?? "" };
  const size = limits.written[1] + 1;
  const words = Array.from({ length: Math.ceil(dice.length / size) }, (_, i) =>
    word(dice.slice(i * size, (i + 1) * size), (sofar) => keeps(model.nextScores([start, ...sofar])), symbols, end));
  const how = `temperature ${temperature.toFixed(2)}, top-k ${topK ?? "all"}, top-p ${top_p.toFixed(2)}`;
  return { ...asked, ...shown, words, how };
});

/** One word from its dice; with … behind it, if they were over before the end came. */
function word(dice, probabilitiesAfter, symbols, end) {
  const written = [];
  const text = () => written.map((symbol) => symbols[symbol]).join("");
  for (const throwOf of dice) {
    const symbol = drawn(probabilitiesAfter(written), throwOf);
    if (symbol === end) return text();
    written.push(symbol);
  }
  return `${text()}…`;
}
