// The Transformer of lessons 08 and 09, reading a safetensors file: encoder, decoder with a cache, greedy and beam.

import { feedForward, inHeads, layerNorm, matmul, matmulTransposed, plus, rowsOf, sinusoids, softmax, stacked } from "./maths.js";

/** { name: Float64Array } of a safetensors file of 16- or 32-bit numbers, and its metadata: one kind of array, for speed. */
export function tensorsOf(buffer) {
  const view = new DataView(buffer);
  const size = Number(view.getBigUint64(0, true));
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, size)));
  const read = ({ dtype, data_offsets: [first, end] }) => {
    const bytes = buffer.slice(8 + size + first, 8 + size + end);
    return dtype === "F32" ? Float64Array.from(new Float32Array(bytes)) : widened(new Uint16Array(bytes));
  };
  return { metadata, tensors: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, read(entry)])) };
}

/** 16-bit floats as numbers. */
export function widened(bits) {
  const out = new Float64Array(bits.length);
  for (let i = 0; i < bits.length; i++) out[i] = half(bits[i]);
  return out;
}

/** A 16-bit float as a number. */
function half(bits) {
  const [sign, power, digits] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (power === 0) return sign * digits * 2 ** -24;
  if (power === 31) return digits ? NaN : sign * Infinity;
  return sign * (1 + digits / 1024) * 2 ** (power - 15);
}

/** One model. sizes: { d_model, n_heads, n_layers }. Symbols are whole numbers, as in Python. */
export class Transformer {
  constructor(tensors, { d_model, n_heads, n_layers }) {
    this.tensors = tensors;
    Object.assign(this, { d_model, n_heads, n_layers });
    this.n_target = this.table("target").length / d_model;
  }

  table(side) { return this.tensors[`${side}_embedding.weight`] ?? this.tensors["source_embedding.weight"]; }

  part(name) {
    const of = (kind) => this.tensors[`${name}.${kind}`];
    return { W_Q: of("W_Q"), W_K: of("W_K"), W_V: of("W_V"), W_O: of("W_O"), W_1: of("W_1"), b_1: of("b_1"), W_2: of("W_2"), b_2: of("b_2") };
  }

  norm(name, X, rows) { return layerNorm(X, this.tensors[`${name}.gain`], this.tensors[`${name}.bias`], rows); }

  embed(side, symbols, first = 0) {
    const [table, width] = [this.table(side), this.d_model];
    const places = sinusoids(symbols.length, width, first);
    return places.map((place, i) => place + Math.sqrt(width) * table[symbols[Math.floor(i / width)] * width + (i % width)]);
  }

  project(X, W, rows) { return matmul(X, W, rows, this.d_model, this.d_model); }

  /** What attention adds to the stream, and its weights; keys and values are made already. */
  look(X, part, K, V, queries, keys, mask = null) {
    const { joined, weights } = this.heads(this.project(X, part.W_Q, queries), K, V, queries, keys, mask);
    return { found: this.project(joined, part.W_O, queries), weights };
  }

  heads(Q, K, V, queries, keys, mask = null) {
    return inHeads(Q, K, V, { queries, keys, d_model: this.d_model, n_heads: this.n_heads }, mask);
  }

  /** The encoder's output for these symbols: (length × d_model). */
  encode(symbols) {
    const length = symbols.length;
    let X = this.embed("source", symbols);
    for (let layer = 0; layer < this.n_layers; layer++) {
      const name = `encoder.${layer}`;
      const part = this.part(`${name}.attention`);
      const normed = this.norm(`${name}.norm_1`, X, length);
      const [K, V] = [part.W_K, part.W_V].map((W) => this.project(normed, W, length));
      X = plus(X, this.look(normed, part, K, V, length, length).found);
      X = plus(X, feedForward(this.norm(`${name}.norm_2`, X, length), this.part(`${name}.feed_forward`), length));
    }
    return this.norm("encoder_norm", X, length);
  }

  /** Keys and values of the memory for each layer of the decoder. */
  memoryOf(source) {
    const memory = this.encode(source);
    return Array.from({ length: this.n_layers }, (_, layer) => {
      const part = this.part(`decoder.${layer}.cross_attention`);
      return [part.W_K, part.W_V].map((W) => this.project(memory, W, source.length));
    });
  }

  /**
   * One more symbol for each of some drafts of one length, together through the decoder. A draft has its last symbol and
   * past: for each layer [K, V] of those before it.
   * Returns for each { logs: log-probability of each next symbol, weights: [layer][head] over the source, past }.
   */
  step(drafts, place, memory, k_len) {
    const count = drafts.length;
    const after = drafts.map(() => ({ past: [], weights: [] }));
    let Y = stacked(drafts.map(({ last }) => this.embed("target", [last], place)));
    for (let layer = 0; layer < this.n_layers; layer++) {
      const name = `decoder.${layer}`;
      const own = this.part(`${name}.self_attention`);
      const normed = this.norm(`${name}.norm_1`, Y, count);
      const [Q, K, V] = [own.W_Q, own.W_K, own.W_V].map((W) => rowsOf(this.project(normed, W, count), count));
      const found = drafts.map(({ past }, i) => {
        const pair = past ? past[layer].map((before, j) => stacked([before, [K, V][j][i]])) : [K[i], V[i]];
        after[i].past.push(pair);
        return this.heads(Q[i], ...pair, 1, place + 1).joined;
      });
      Y = plus(Y, this.project(stacked(found), own.W_O, count));
      const cross = this.part(`${name}.cross_attention`);
      const seen = this.look(this.norm(`${name}.norm_2`, Y, count), cross, ...memory[layer], count, k_len);
      Y = plus(Y, seen.found);
      after.forEach(({ weights }, i) => weights.push(seen.weights.map((head) => rowsOf(head, count)[i])));
      Y = plus(Y, feedForward(this.norm(`${name}.norm_3`, Y, count), this.part(`${name}.feed_forward`), count));
    }
    const scores = matmulTransposed(this.norm("decoder_norm", Y, count), this.table("target"), count, this.d_model, this.n_target);
    const logs = rowsOf(softmax(scores, count, this.n_target).map(Math.log), count);
    return after.map((one, i) => ({ ...one, logs: logs[i] }));
  }

  /** Drafts for one input, the best first: width 1 is greedy. Each has written, log_probability, steps [{ logs, weights }]. */
  write(source, { start, end, longest, width }) {
    const memory = this.memoryOf(source);
    let drafts = [{ written: [], last: start, log_probability: 0, past: null, steps: [] }];
    for (let place = 0; place < longest && drafts.some(({ last }) => last !== end); place++) {
      const [longer, open] = [drafts.filter(({ last }) => last === end), drafts.filter(({ last }) => last !== end)];
      for (const [i, { logs, weights, past }] of this.step(open, place, memory, source.length).entries()) {
        const { written, log_probability, steps } = open[i];
        for (const last of best(logs, width)) {
          longer.push({ written: [...written, last], last, log_probability: log_probability + logs[last], past,
            steps: [...steps, { logs, weights }] });
        }
      }
      drafts = longer.sort((a, b) => b.log_probability - a.log_probability).slice(0, width);
    }
    return drafts;
  }
}

/** The places of the largest `count` numbers, the first of equal ones first. */
const best = (numbers, count) => [...numbers.keys()].sort((a, b) => numbers[b] - numbers[a] || a - b).slice(0, count);
