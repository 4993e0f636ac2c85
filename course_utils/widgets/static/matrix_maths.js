// The numbers of MatrixPipeline: every stage from the four inputs, which cells made a cell, and the sum in words.

export const INPUTS = ["X", "W_Q", "W_K", "W_V"];
export const RESULTS = ["Q", "K", "V", "scores", "scaled", "masked", "weights", "out"];
const LARGEST_PLAIN_EXPONENT = 20; // beyond it the sum shows score − largest, as a stable softmax does

const dot = (a, b) => a.reduce((sum, x, n) => sum + x * b[n], 0);
export const column = (M, j) => M.map((row) => row[j]);
const multiply = (A, B) => A.map((row) => B[0].map((_, j) => dot(row, column(B, j))));
const transpose = (M) => M[0].map((_, j) => column(M, j));

const softmax = (row) => Array.from(softmaxRows(Float64Array.from(row), 1, row.length));

/** Every matrix from X to out. causal: a token may not look at later ones; scale: divide by √d_k. */
export function pipelineStages({ X, W_Q, W_K, W_V }, { causal, scale }) {
  const [Q, K, V] = [W_Q, W_K, W_V].map((W) => multiply(X, W));
  const divisor = scale ? Math.sqrt(Q[0].length) : 1;
  const scores = multiply(Q, transpose(K)); // (length, length)
  const scaled = scores.map((row) => row.map((s) => s / divisor));
  const masked = scaled.map((row, i) => row.map((s, j) => (causal && j > i ? -Infinity : s)));
  const weights = masked.map(softmax); // rows sum to 1
  return { X, W_Q, W_K, W_V, Q, K, V, scores, scaled, masked, weights, out: multiply(weights, V) };
}

/** The cells that made stage[i][j]: [{name, row, col, role}]; row or col null means all of them. */
export function sourcesOf(stage, i, j, causal) {
  const row = (name, n, role) => ({ name, row: n, col: null, role });
  const col = (name, n, role) => ({ name, row: null, col: n, role });
  const cell = (name) => [{ name, row: i, col: j, role: "a" }];
  switch (stage) {
    case "scores": return [row("Q", i, "a"), row("K", j, "b")];
    case "scaled": return cell("scores");
    case "masked": return cell("scaled");
    case "weights": return [row(causal ? "masked" : "scaled", i, "a")];
    case "out": return [row("weights", i, "a"), col("V", j, "b")];
    default: return [row("X", i, "a"), col(`W_${stage}`, j, "b")];
  }
}

/** A number in at most six characters: 0.25, −12.5, 300, 2e+14, −∞. */
export function short(x) {
  const size = Math.abs(x);
  if (!Number.isFinite(x)) return x < 0 ? "−∞" : "∞";
  if (size < 0.005) return "0.00"; // never −0.00
  if (size >= 99999.5) return x.toExponential(0).replace("-", "−");
  return fixed(x, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

const bracketed = (x) => (x < 0 ? `(${short(x)})` : short(x));

/** [text, role] pieces of a·b written out; the pieces of a carry role "a", those of b role "b". */
export function productPieces(a, b) {
  const pieces = a.flatMap((x, n) => [[n ? " + " : " = ", ""], [bracketed(x), "a"], ["·", ""], [bracketed(b[n]), "b"]]);
  return [...pieces, [" = ", ""], [short(dot(a, b)), "result"]];
}

export function softmaxPieces(row, j) {
  const largest = Math.max(...row);
  const shift = largest > LARGEST_PLAIN_EXPONENT || largest < -LARGEST_PLAIN_EXPONENT ? largest : 0;
  const exps = row.map((s) => Math.exp(s - shift));
  const power = (s) => `e^${short(s - shift)}`;
  const total = exps.reduce((sum, e) => sum + e, 0);
  const terms = row.flatMap((s, n) => [[n ? " + " : "", ""], [power(s), "a"]]);
  const note = shift ? ` (first taken away from the row: its largest, ${short(shift)})` : "";
  return [[" = ", ""], [power(row[j]), "a"], [" / (", ""], ...terms,
    [`) = ${short(exps[j])} / ${short(total)} = `, ""], [short(exps[j] / total), "result"], [note, ""]];
}

function maskedPieces(scaled, i, j, tokens, causal) {
  const [me, other] = [tokens[i], tokens[j]];
  if (causal && j > i) return [[" = ", ""], ["−∞", "result"], [`: “${me}” may not look at “${other}”, which comes later`, ""]];
  return [[` = scaled[${i}, ${j}] = `, ""], [short(scaled[i][j]), "result"], [`: “${me}” may look at “${other}”`, ""]];
}

/** The sum that made stage[i][j], as [text, role] pieces; role is "", "a", "b" (the two sources) or "result". */
export function sumPieces(stage, i, j, stages, { tokens, causal, scale }) {
  const { Q, K, V, X, scores, scaled, masked, weights } = stages;
  const start = `${stage}[${i}, ${j}]`;
  const d_k = Q[0].length;
  switch (stage) {
    case "scores":
      return [[`${start} = `, ""], [`q(${tokens[i]})`, "a"], ["·", ""], [`k(${tokens[j]})`, "b"], ...productPieces(Q[i], K[j])];
    case "scaled": {
      const how = scale ? ` ÷ √${d_k} = ${short(scores[i][j])} ÷ ${short(Math.sqrt(d_k))}` : "";
      return [[`${start} = `, ""], [`scores[${i}, ${j}]`, "a"], [`${how} = `, ""], [short(scaled[i][j]), "result"]];
    }
    case "masked": return [[start, ""], ...maskedPieces(scaled, i, j, tokens, causal)];
    case "weights": return [[start, ""], ...softmaxPieces(masked[i], j)];
    case "out":
      return [[`${start} = `, ""], [`weights(${tokens[i]})`, "a"], ["·", ""], [`V[:, ${j}]`, "b"],
        ...productPieces(weights[i], column(V, j))];
    default:
      return [[`${start} = `, ""], [`x(${tokens[i]})`, "a"], ["·", ""], [`W_${stage}[:, ${j}]`, "b"],
        ...productPieces(X[i], column(stages[`W_${stage}`], j))];
  }
}
