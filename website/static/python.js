// Numbers and texts as Python writes and reads them.

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

/** A text as Python's repr shows it. */
export function repr(text) {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return mark + escaped.replaceAll(mark, `\\${mark}`) + mark;
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
