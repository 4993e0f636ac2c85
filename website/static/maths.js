// The course's formulas in plain JavaScript. A matrix is a flat array, row after row; its sizes go beside it.

/** a (rows × inner) times b (inner × columns). Eight rows of b at once: the sums are fetched and stored an eighth as often. */
export function matmul(a, b, rows, inner, columns) {
  const out = new Float64Array(rows * columns);
  const fours = inner % 4 ? 0 : rows - (rows % 4);
  for (let r = 0; r < fours; r += 4) addFourRows(out, a, b, r, inner, columns);
  for (let r = fours; r < rows; r++) addRow(out, a, b, r, inner, columns);
  return out;
}

function addRow(out, a, b, r, inner, columns) {
  const [from, to, eights] = [r * inner, r * columns, inner - (inner % 8)];
  for (let i = 0; i < eights; i += 8) {
    const [s, t, u, v] = [a[from + i], a[from + i + 1], a[from + i + 2], a[from + i + 3]];
    const [w, x, y, z] = [a[from + i + 4], a[from + i + 5], a[from + i + 6], a[from + i + 7]];
    const first = i * columns;
    const [second, third, fourth] = [first + columns, first + 2 * columns, first + 3 * columns];
    const [fifth, sixth, seventh, eighth] = [fourth + columns, fourth + 2 * columns, fourth + 3 * columns, fourth + 4 * columns];
    for (let c = 0; c < columns; c++) {
      out[to + c] += s * b[first + c] + t * b[second + c] + u * b[third + c] + v * b[fourth + c]
        + w * b[fifth + c] + x * b[sixth + c] + y * b[seventh + c] + z * b[eighth + c];
    }
  }
  for (let i = eights; i < inner; i++) for (let c = 0; c < columns; c++) out[to + c] += a[from + i] * b[i * columns + c];
}

/** Four rows of a, and of b: each number of b serves four times. inner is a multiple of 4. */
function addFourRows(out, a, b, r, inner, columns) {
  const [p, q, s, t] = [r * columns, (r + 1) * columns, (r + 2) * columns, (r + 3) * columns]; // where the sums begin
  for (let i = 0; i < inner; i += 4) {
    const [f, g, h, k] = [r * inner + i, (r + 1) * inner + i, (r + 2) * inner + i, (r + 3) * inner + i];
    const [f0, f1, f2, f3] = [a[f], a[f + 1], a[f + 2], a[f + 3]];
    const [g0, g1, g2, g3] = [a[g], a[g + 1], a[g + 2], a[g + 3]];
    const [h0, h1, h2, h3] = [a[h], a[h + 1], a[h + 2], a[h + 3]];
    const [k0, k1, k2, k3] = [a[k], a[k + 1], a[k + 2], a[k + 3]];
    const first = i * columns;
    const [second, third, fourth] = [first + columns, first + 2 * columns, first + 3 * columns];
    for (let c = 0; c < columns; c++) {
      const w = b[first + c], x = b[second + c], y = b[third + c], z = b[fourth + c];
      out[p + c] += f0 * w + f1 * x + f2 * y + f3 * z;
      out[q + c] += g0 * w + g1 * x + g2 * y + g3 * z;
      out[s + c] += h0 * w + h1 * x + h2 * y + h3 * z;
      out[t + c] += k0 * w + k1 * x + k2 * y + k3 * z;
    }
  }
}

/** a (rows × inner) times the transpose of b (columns × inner). */
export function matmulTransposed(a, b, rows, inner, columns) {
  const out = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      for (let i = 0; i < inner; i++) sum += a[r * inner + i] * b[c * inner + i];
      out[r * columns + c] = sum;
    }
  }
  return out;
}

/** Softmax of each row, in place. A row of nothing but -Infinity becomes NaN: 0 divided by 0. */
export function softmax(scores, rows, columns) {
  for (let r = 0; r < rows; r++) {
    const row = scores.subarray(r * columns, (r + 1) * columns);
    const top = row.reduce((most, score) => Math.max(most, score), -Infinity);
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += row[c] = Math.exp(row[c] - top);
    for (let c = 0; c < columns; c++) row[c] /= sum;
  }
  return scores;
}

/** Scaled dot-product attention. mask: (query, key) -> may it look? Returns { out, weights }. */
export function attention(Q, K, V, { queries, keys, d_k, d_v }, mask = null) {
  const weights = matmulTransposed(Q, K, queries, d_k, keys);
  for (let i = 0; i < weights.length; i++) {
    const allowed = !mask || mask(Math.floor(i / keys), i % keys);
    weights[i] = allowed ? weights[i] / Math.sqrt(d_k) : -Infinity;
  }
  softmax(weights, queries, keys);
  return { out: matmul(weights, V, queries, keys, d_v), weights };
}

/** Matrices of one width, one below the other. */
export function stacked(matrices) {
  const out = new Float64Array(matrices.reduce((size, matrix) => size + matrix.length, 0));
  let start = 0;
  for (const matrix of matrices) {
    out.set(matrix, start);
    start += matrix.length;
  }
  return out;
}

/** The rows of a matrix, each an array. */
export const rowsOf = (matrix, rows) => {
  const width = matrix.length / rows;
  return Array.from({ length: rows }, (_, r) => matrix.subarray(r * width, (r + 1) * width));
};

/** Columns from `first` on, `count` of them, of each row. */
export function cut(matrix, rows, width, first, count) {
  const out = new Float64Array(rows * count);
  for (let r = 0; r < rows; r++) out.set(matrix.subarray(r * width + first, r * width + first + count), r * count);
  return out;
}

/** Attention in heads over projected Q, K, V: { joined: (queries × d_model), weights: one array a head }. */
export function inHeads(Q, K, V, { queries, keys, d_model, n_heads }, mask = null) {
  const d_k = d_model / n_heads;
  const joined = new Float64Array(queries * d_model);
  const weights = Array.from({ length: n_heads }, (_, head) => {
    const own = (matrix, rows) => cut(matrix, rows, d_model, head * d_k, d_k);
    const found = attention(own(Q, queries), own(K, keys), own(V, keys), { queries, keys, d_k, d_v: d_k }, mask);
    for (let r = 0; r < queries; r++) joined.set(found.out.subarray(r * d_k, (r + 1) * d_k), r * d_model + head * d_k);
    return found.weights;
  });
  return { joined, weights };
}

/** Each row shifted to mean 0 and divided by its standard deviation, then gain and bias. */
export function layerNorm(X, gain, bias, rows) {
  const width = gain.length;
  const out = new Float64Array(rows * width);
  for (let r = 0; r < rows; r++) {
    const row = X.subarray(r * width, (r + 1) * width);
    const mean = row.reduce((sum, x) => sum + x, 0) / width;
    const variance = row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / width;
    const size = Math.sqrt(variance + 0.00001);
    for (let c = 0; c < width; c++) out[r * width + c] = ((row[c] - mean) / size) * gain[c] + bias[c];
  }
  return out;
}

/** Widened, negative numbers set to 0, and narrowed again. */
export function feedForward(X, { W_1, b_1, W_2, b_2 }, rows) {
  const [width, hidden] = [b_2.length, b_1.length];
  const wide = matmul(X, W_1, rows, width, hidden);
  for (let i = 0; i < wide.length; i++) wide[i] = Math.max(0, wide[i] + b_1[i % hidden]);
  const out = matmul(wide, W_2, rows, hidden, width);
  for (let i = 0; i < out.length; i++) out[i] += b_2[i % width];
  return out;
}

/** a + b, number by number. */
export const plus = (a, b) => Float64Array.from(a).map((x, i) => x + b[i]);

/** The angle of a pair of columns at a position: position · 10000^(-2 pair / width). */
export const angle = (position, pair, width) => position * 10000 ** ((-2 * pair) / width);

/** Sines at even columns and cosines at odd ones: (length × width), from position `first`. */
export function sinusoids(length, width, first = 0) {
  const out = new Float64Array(length * width);
  for (let i = 0; i < out.length; i++) {
    const turn = angle(first + Math.floor(i / width), Math.floor((i % width) / 2), width);
    out[i] = i % 2 ? Math.cos(turn) : Math.sin(turn); // width is even
  }
  return out;
}

/** A point turned anticlockwise by an angle. */
export const turned = ([x, y], by) => [x * Math.cos(by) - y * Math.sin(by), x * Math.sin(by) + y * Math.cos(by)];

/** The mean cosine between two rows; a row of zeros is like no other. */
export function meanCosine(X, rows, width) {
  if (rows < 2) return 1;
  const total = new Float64Array(width);
  let own = 0;
  for (let r = 0; r < rows; r++) {
    const row = X.subarray(r * width, (r + 1) * width);
    const size = Math.hypot(...row) || 1;
    row.forEach((x, c) => { total[c] += x / size; own += (x / size) ** 2; });
  }
  return (total.reduce((sum, x) => sum + x * x, 0) - own) / (rows * (rows - 1));
}

/** Numbers as a trait holds them: little-endian float32 bytes. */
export const bytes = (numbers) => new DataView(Float32Array.from(numbers).buffer);
