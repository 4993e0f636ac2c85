// @ts-check
// What SampleView needs apart from a screen: which rows are shown, what a throw draws, and what is said.
import { share } from "./decode_maths.js";
import { fixed } from "./numbers.js";

export const ROWS = 12;

/** The symbols with the best scores as [{ symbol, score, heated, kept }], the best first; then what the others come to. */
export function bestSymbols({ scores, heated, kept }, count = ROWS) {
  const order = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b);
  const row = (symbol) => ({ symbol, score: scores[symbol], heated: heated[symbol], kept: kept[symbol] });
  const sum = (values, symbols) => symbols.reduce((total, symbol) => total + values[symbol], 0);
  const rest = order.slice(count);
  return { best: order.slice(0, count).map(row), rest: { count: rest.length, heated: sum(heated, rest), kept: sum(kept, rest) } };
}

/** The place whose share of the line from 0 to 1 a throw falls into. */
export function drawn(probabilities, throwOf) {
  let sum = 0;
  let last = 0;
  for (let place = 0; place < probabilities.length; place++) {
    sum += probabilities[place];
    if (probabilities[place] > 0) last = place;
    if (sum > throwOf) return place;
  }
  return last;
}

/** Where the bar of a score begins and how long it is, in per cent of a track on which the best and the worst shown have their ends. */
export function scoreBar(score, best) {
  const highest = Math.max(0, ...best.map((row) => row.score));
  const lowest = Math.min(0, ...best.map((row) => row.score));
  const size = highest - lowest || 1;
  const zero = (100 * (0 - lowest)) / size;
  const length = (100 * Math.abs(score)) / size;
  return { left: score < 0 ? zero - length : zero, width: length };
}

/** A text as it is written: the names of its symbols, the end as a box. */
export const spelled = (written, symbols, end) => written.map((symbol) => (symbol === end ? "□" : symbols[symbol])).join("");

/** What the present state says in a sentence. */
export function sentence(text, ended, { best }, kept, name) {
  if (ended) return `“${text}” is at its end. Undo, or start over.`;
  const many = kept.filter((probability) => probability > 0).length;
  const after = text ? `After “${text}”` : "At the beginning";
  return `${after} ${name(best[0].symbol)} is the most probable, ${share(best[0].kept)}; ${many} of ${kept.length} symbols may come.`;
}

/** What a row says: its score, its probability, and what is kept of it. */
export const rowSentence = ({ score, heated, kept }, name) =>
  `${name}: score ${fixed(score)}, probability ${share(heated)} at this temperature, kept ${kept === 0 ? "0" : share(kept)}.`;
