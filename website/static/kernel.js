// The page plays the kernel: for each widget class, what Python observes and what it would answer, in the same traits.
// state: the widget's traits.  kept: numbers that Python keeps to itself, which the builder asked for (kept.py).

import { attentionWeights } from "../../course_utils/widgets/static/attention_maths.js";
import { maskedWeights } from "../../course_utils/widgets/static/mask_view.js";
import { pipelineStages } from "../../course_utils/widgets/static/matrix_maths.js";
import { floats } from "../../course_utils/widgets/static/numbers.js";
import { lookUp } from "../../course_utils/widgets/static/query_maths.js";
import { HeadsMap } from "./maps.js";
import { angle, attention, bytes, feedForward, inHeads, layerNorm, matmul, meanCosine, plus, turned } from "./maths.js";
import { runs } from "./runs.js";
import { SampleView } from "./sampler.js";
import { DecodeView } from "./writer.js";

// ---------- formulas alone ----------

const AttentionView = runs(["temperature", "causal"], ({ score_bytes, shape, temperature, causal }) =>
  ({ weights: bytes(attentionWeights(floats(score_bytes), shape, temperature, causal)) }));

const QueryPlane = runs(["q_vector", "key_vectors", "value_vectors", "temperature"], (state) => {
  const { q_vector, key_vectors, value_vectors, temperature } = state;
  const V = value_vectors.length ? value_vectors : key_vectors;
  return { blend: lookUp(q_vector, key_vectors, V, temperature).blend, remark: "" };
});

const MaskView = runs(["causal", "length", "forbidden"], ({ score_bytes, tokens, causal, length, forbidden }) => {
  const state = { causal, length, forbidden };
  return { ...state, weights: bytes(maskedWeights(floats(score_bytes), tokens.length, state)) };
});

const VISIBLE = 0.005; // as in widgets/matrix_pipeline.py

const MatrixPipeline = runs(["inputs", "causal", "scale"], ({ inputs, causal, scale, compute_name: name }) => {
  const { weights, out } = pipelineStages(inputs, { causal, scale: true }); // the course's attention always divides
  const drawn = pipelineStages(inputs, { causal, scale }).weights;
  const apart = Math.max(...weights.flatMap((row, i) => row.map((weight, j) => Math.abs(weight - drawn[i][j]))));
  const stage = causal ? "masked" : "scaled";
  const remark = `The weights of ${name} differ from softmax(${stage}) by up to ${apart.toFixed(2)}.`;
  return { inputs, causal, scale, out, weights, remark: apart > VISIBLE ? remark : "" };
});

const TurnView = runs(["q", "k", "pair"], ({ q, k, pair, n_pairs, length }) => {
  const everywhere = (arrow) => bytes(Array.from({ length }, (_, place) => turned(arrow, angle(place, pair, 2 * n_pairs))).flat());
  return { q: everywhere(q), k: everywhere(k) };
});

// ---------- formulas with matrices of the lesson ----------

const HeadsView = runs(["n_heads"], ({ tokens, n_heads }, { X, W_Q, W_K, W_V, W_O }) => {
  const [length, d_model] = X.shape;
  const [Q, K, V] = [W_Q, W_K, W_V].map((W) => matmul(X.data, W.data, length, d_model, d_model));
  const { joined, weights } = inHeads(Q, K, V, { queries: tokens.length, keys: tokens.length, d_model, n_heads });
  const parts = Array.from({ length: n_heads }, (_, head) => {
    const own = joined.map((x, i) => (Math.floor((i % d_model) / (d_model / n_heads)) === head ? x : 0));
    return [...matmul(own, W_O.data, length, d_model, d_model)];
  });
  const out = matmul(joined, W_O.data, length, d_model, d_model);
  return { n_heads, weights: bytes(weights.flatMap((one) => [...one])), parts: bytes(parts.flat()), out: bytes(out) };
});

const ShuffleView = runs(["order", "with_positions"], ({ order, with_positions }, { X, positions, W_Q, W_K, W_V }) => {
  const [length, d_model] = X.shape;
  const [d_k, d_v] = [W_K.shape[1], W_V.shape[1]];
  const attend = (words) => {
    const moved = words.flatMap((word, place) => [...X.data.subarray(word * d_model, (word + 1) * d_model)]
      .map((x, c) => x + (with_positions ? positions.data[place * d_model + c] : 0)));
    const [Q, K, V] = [W_Q, W_K, W_V].map((W) => matmul(moved, W.data, length, d_model, W.shape[1]));
    return attention(Q, K, V, { queries: length, keys: length, d_k, d_v });
  };
  const first = attend([...order.keys()]).out;
  const { out, weights } = attend(order);
  const change = order.map((word, place) => Math.max(...Array.from({ length: d_v }, (_, c) =>
    Math.abs(out[place * d_v + c] - first[word * d_v + c]))));
  return { order, weights: bytes(weights), change: bytes(change) };
});

const ORDERS = {
  "pre-LN": ["norm_1", "attention", "add_1", "norm_2", "feed_forward", "add_2"],
  "post-LN": ["attention", "add_1", "norm_1", "feed_forward", "add_2", "norm_2"],
};

const BlockView = runs(["order", "off", "blocks"], ({ order, off, blocks }, kept) => {
  const [length, d_model] = kept.X.shape;
  let stations = [Float64Array.from(kept.X.data)];
  for (let block = 0; block < blocks; block++) stations = oneBlock(stations.at(-1), order, off, kept, length, d_model);
  const alike = meanCosine(stations.at(-1), length, d_model);
  return { order, steps: ORDERS[order], off, blocks, values: bytes(stations.flatMap((one) => [...one])), alike };
});

/** What stands at each station of one block, the way in first. */
function oneBlock(X, order, off, kept, length, d_model) {
  const stations = [X];
  let stream = X;
  for (const step of ORDERS[order]) {
    let now = stations.at(-1);
    if (step.startsWith("norm")) {
      if (!off.includes(step)) now = layerNorm(now, kept.gain.data, kept.bias.data, length);
      if (order === "post-LN") stream = now;
    } else if (step.startsWith("add")) {
      now = stream = off.includes(step) ? now : plus(stream, now);
    } else if (off.includes(step)) now = new Float64Array(now.length);
    else now = step === "attention" ? attended(now, kept, length, d_model) : feedForward(now, flat(kept), length);
    stations.push(now);
  }
  return stations;
}

function attended(X, { W_Q, W_K, W_V, W_O, n_heads }, length, d_model) {
  const [Q, K, V] = [W_Q, W_K, W_V].map((W) => matmul(X, W.data, length, d_model, d_model));
  return matmul(inHeads(Q, K, V, { queries: length, keys: length, d_model, n_heads }).joined, W_O.data, length, d_model, d_model);
}

const flat = ({ W_1, b_1, W_2, b_2 }) => ({ W_1: W_1.data, b_1: b_1.data, W_2: W_2.data, b_2: b_2.data });

// ---------- recorded, where the formula needs a gradient ----------

const VanishingView = runs(["radius"], ({ radius }, recorded) => {
  const nearest = recorded.reduce((a, b) => (Math.abs(b.radius - radius) < Math.abs(a.radius - radius) ? b : a));
  return { ...nearest, radius };
});

export const KERNEL = {
  AttentionView, BlockView, DecodeView, HeadsMap, HeadsView, MaskView, MatrixPipeline, QueryPlane, SampleView, ShuffleView,
  TurnView, VanishingView,
};
