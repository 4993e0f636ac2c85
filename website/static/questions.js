// What `check` says to a number or a letter, in its own words.

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

/** A sentence as HTML: escaped, `code` as code, and *words* in italics, as engine/display.py shows it. */
const rich = (text) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]).split("`")
  .map((piece, i) => (i % 2 ? `<code>${piece}</code>` : piece.replace(/(\*\*?)([\p{L}\p{N}_][^*]*)\1/gu, "<em>$2</em>"))).join("");

/** The text with its {places} filled. */
const say = (text, values) => rich(text.replace(/\{(\w+)\}/g, (_, name) => values[name]));

/** A number as Python's :g writes it. */
export function general(number) {
  if (!Number.isFinite(number)) return String(number).replace("Infinity", "inf").replace("NaN", "nan");
  if (number === 0) return Object.is(number, -0) ? "-0" : "0";
  const [digits, power] = number.toExponential(5).split("e");
  if (power < -4 || power >= 6) {
    const size = String(Math.abs(power)).padStart(2, "0");
    return `${digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits}e${power < 0 ? "-" : "+"}${size}`;
  }
  const plain = number.toFixed(Math.max(0, 5 - power));
  return plain.includes(".") ? plain.replace(/\.?0+$/, "") : plain;
}

/** A text as Python's repr shows it, its first 40 characters. */
export function quoted(text) {
  const first = [...text].slice(0, 40).join("");
  const mark = first.includes("'") && !first.includes('"') ? '"' : "'";
  return mark + first.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll(mark, `\\${mark}`) + mark;
}

/** A decimal digit of any script as one of 0 to 9: in each script ten of them stand in a row. */
function digit(sign) {
  let place = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(sign.codePointAt(0) - place - 1))) place++;
  return String(place % 10);
}

/** The number that Python's float() reads in a text; null if it reads none. */
export function numberIn(given) {
  const text = given.replace(/\p{Nd}/gu, digit);
  const found = /^\s*([+-]?)(\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?(?:e[+-]?\d+(?:_\d+)*)?|\.\d+(?:_\d+)*(?:e[+-]?\d+(?:_\d+)*)?|inf|infinity|nan)\s*$/i.exec(text);
  if (!found) return null;
  const size = found[2].toLowerCase();
  const value = size.startsWith("inf") ? Infinity : size === "nan" ? NaN : Number(size.replaceAll("_", ""));
  return found[1] === "-" ? -value : value;
}

/** What `check` says to this answer, as [status, HTML]. */
export function verdict(asked, answer, words) {
  if (answer === "") return ["todo", words.not_answered];
  return asked.kind === "choice" ? ofChoice(asked, answer, words) : ofNumber(asked, answer, words);
}

function ofChoice({ options }, answer, words) {
  const key = answer.trim().replace(/^[().]+|[().]+$/g, "").toLowerCase();
  if (!Object.hasOwn(options, key)) {
    return ["fail", say(words.no_option, { options: Object.keys(options).join(", "), value: quoted(answer) })];
  }
  const { right, why } = options[key];
  return right ? ["pass", `${words.right} ${why}`] : ["fail", why];
}

function ofNumber({ answer: wanted, tolerance, explanation, mistakes }, answer, words) {
  const guess = numberIn(answer);
  if (guess === null) return ["fail", say(words.no_number, { value: quoted(answer) })];
  if (Math.abs(guess - wanted) <= tolerance) return ["pass", `${words.right} ${explanation}`];
  const known = mistakes.find(({ value }) => Math.abs(guess - value) <= tolerance);
  return ["fail", known ? known.hint : say(words.wrong_number, { value: general(guess) })];
}

