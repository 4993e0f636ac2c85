// @ts-check
// The numbers of MatrixPipeline: every stage from the four inputs, which cells made a cell, and the sum in words.
import { element } from "./elements.js";
import { dot, short, softmaxRows } from "./numbers.js";

export const INPUTS = ["X", "W_Q", "W_K", "W_V"];
export const RESULTS = ["Q", "K", "V", "scores", "scaled", "masked", "weights", "out"];
const LARGEST_PLAIN_EXPONENT = 20; // beyond it the sum shows score − largest, as a stable softmax does

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

/** The cells that made a cell of a matrix: [{name, row, col, role}]; row or col null means all of them. */
export function sourcesOf(matrix, i, j, causal) {
  const row = (name, n, role) => ({ name, row: n, col: null, role });
  const col = (name, n, role) => ({ name, row: null, col: n, role });
  const cell = (name) => [{ name, row: i, col: j, role: "a" }];
  switch (matrix) {
    case "scores": return [row("Q", i, "a"), row("K", j, "b")];
    case "scaled": return cell("scores");
    case "masked": return cell("scaled");
    case "weights": return [row(causal ? "masked" : "scaled", i, "a")];
    case "out": return [row("weights", i, "a"), col("V", j, "b")];
    default: return [row("X", i, "a"), col(`W_${matrix}`, j, "b")];
  }
}

const bracketed = (x) => (x < 0 ? `(${short(x)})` : short(x));
export const plain = (text) => [text, ""];
const result = (x) => [short(x), "result"];

/** [text, role] pieces of a·b written out; the numbers of a have role "a", those of b role "b". */
export function productPieces(a, b) {
  const product = (x, y) => [[bracketed(x), "a"], plain("·"), [bracketed(y), "b"]];
  const terms = a.flatMap((x, n) => [plain(n ? " + " : " = "), ...product(x, b[n])]);
  return [...terms, plain(" = "), result(dot(a, b))];
}

/** Pieces of the softmax of one row of scores, at column j. */
export function softmaxPieces(row, j) {
  const largest = Math.max(...row);
  const shift = Math.abs(largest) > LARGEST_PLAIN_EXPONENT ? largest : 0;
  const exps = row.map((s) => Math.exp(s - shift));
  const total = exps.reduce((sum, e) => sum + e, 0);
  const power = (s) => [`e^${short(s - shift)}`, "a"];
  const terms = row.flatMap((s, n) => [plain(n ? " + " : ""), power(s)]);
  const note = shift ? ` (first taken away from the row: its largest, ${short(shift)})` : "";
  const quotient = plain(`) = ${short(exps[j])} / ${short(total)} = `);
  return [plain(" = "), power(row[j]), plain(" / ("), ...terms, quotient, result(exps[j] / total), plain(note)];
}

function scaledPieces(i, j, { scores, scaled, K }, { scale }) {
  const d_k = K[0].length;
  const how = scale ? ` ÷ √${d_k} = ${short(scores[i][j])} ÷ ${short(Math.sqrt(d_k))}` : "";
  return [plain(" = "), [`scores[${i}, ${j}]`, "a"], plain(`${how} = `), result(scaled[i][j])];
}

function maskedPieces(i, j, { scaled }, { tokens, causal }) {
  const reason = (verb, end) => plain(`: “${tokens[i]}” ${verb} look at “${tokens[j]}”${end}`);
  if (causal && j > i) return [plain(" = "), result(-Infinity), reason("may not", ", which comes later")];
  return [plain(" = "), [`scaled[${i}, ${j}]`, "a"], plain(" = "), result(scaled[i][j]), reason("may", "")];
}

/** What is multiplied to make a cell of a matrix product: the names and the numbers of both sides. */
function factors(name, i, j, stages, tokens) {
  const { X, Q, K, V, weights } = stages;
  if (name === "scores") return [`q(${tokens[i]})`, Q[i], `k(${tokens[j]})`, K[j]];
  if (name === "out") return [`weights(${tokens[i]})`, weights[i], `V[:, ${j}]`, column(V, j)];
  return [`x(${tokens[i]})`, X[i], `W_${name}[:, ${j}]`, column(stages[`W_${name}`], j)];
}

/** The sum that made a cell, as [text, role] pieces: role "a" and "b" for its two sources, "result" or "". */
export function sumPieces(name, i, j, stages, settings) {
  const start = plain(`${name}[${i}, ${j}]`);
  if (name === "scaled") return [start, ...scaledPieces(i, j, stages, settings)];
  if (name === "masked") return [start, ...maskedPieces(i, j, stages, settings)];
  if (name === "weights") return [start, ...softmaxPieces(stages.masked[i], j)];
  const [left, a, right, b] = factors(name, i, j, stages, settings.tokens);
  return [start, plain(" = "), [left, "a"], plain("·"), [right, "b"], ...productPieces(a, b)];
}

/** Pieces as elements with the look of their role; what follows a ^ is raised. */
export function pieceNodes(pieces) {
  return pieces.map(([text, role]) => {
    const [base, exponent] = text.split("^");
    return element("span", role ? { class: `sum-${role}` } : {}, base, ...(exponent ? [element("sup", {}, exponent)] : []));
  });
}
