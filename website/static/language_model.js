// The decoder-only model of lesson 10, reading a safetensors file.

import { feedForward, inHeads, layerNorm, matmul, matmulTransposed, plus, sinusoids } from "./maths.js";

const mayLook = (query, key) => key <= query;

/** sizes: { d_model, n_heads, n_layers }. Symbols are whole numbers, as in Python. */
export class LanguageModel {
  constructor(tensors, { d_model, n_heads, n_layers }) {
    this.tensors = tensors;
    Object.assign(this, { d_model, n_heads, n_layers, n_symbols: tensors["embedding.weight"].length / d_model });
  }

  norm(name, X, rows) { return layerNorm(X, this.tensors[`${name}.gain`], this.tensors[`${name}.bias`], rows); }

  /** Scores of what comes after these symbols: (n_symbols). */
  nextScores(symbols) {
    const { tensors, d_model } = this;
    const length = symbols.length;
    const table = tensors["embedding.weight"];
    let X = sinusoids(length, d_model).map((place, i) =>
      place + Math.sqrt(d_model) * table[symbols[Math.floor(i / d_model)] * d_model + (i % d_model)]);
    for (let layer = 0; layer < this.n_layers; layer++) {
      const name = `blocks.${layer}`;
      X = plus(X, this.attended(this.norm(`${name}.norm_1`, X, length), `${name}.attention`, length));
      const part = Object.fromEntries(["W_1", "b_1", "W_2", "b_2"].map((kind) => [kind, tensors[`${name}.feed_forward.${kind}`]]));
      X = plus(X, feedForward(this.norm(`${name}.norm_2`, X, length), part, length));
    }
    const last = this.norm("norm", X.subarray((length - 1) * d_model), 1);
    return matmulTransposed(last, table, 1, d_model, this.n_symbols);
  }

  attended(X, name, length) {
    const { tensors, d_model, n_heads } = this;
    const project = (rows, kind) => matmul(rows, tensors[`${name}.${kind}`], length, d_model, d_model);
    const [Q, K, V] = ["W_Q", "W_K", "W_V"].map((kind) => project(X, kind));
    return project(inHeads(Q, K, V, { queries: length, keys: length, d_model, n_heads }, mayLook).joined, "W_O");
  }
}
