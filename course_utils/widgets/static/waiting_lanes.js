// @ts-check
// The picture of WaitingView: in the upper lane a state is made step by step, in the lower one all happens at once.
import { css, signedColour } from "./colours.js";
import { svgElement } from "./elements.js";

const CELL = { wide: 70, state: 34, tall: 66, word: 22, gap: 26 };
const LEFT = 8;
const RNN_TOP = 24;
const ATTENTION_TOP = RNN_TOP + CELL.tall + CELL.gap + CELL.word + 40;
const QUERIES_TOP = ATTENTION_TOP + CELL.word + 84;

const middle = (place) => LEFT + place * CELL.wide + CELL.wide / 2;

/** A token in its box. */
function word(text, place, top, chosen) {
  const box = { x: middle(place) - CELL.wide / 2 + 3, y: top, width: CELL.wide - 6, height: CELL.word, rx: 4 };
  const short = text.length > 8 ? `${text.slice(0, 7)}…` : text;
  const label = svgElement("text", { x: middle(place), y: top + 15, "text-anchor": "middle" }, short);
  return svgElement("g", { class: chosen ? "wait-word wait-chosen" : "wait-word" }, svgElement("rect", box), label);
}

/** A column of coloured cells, one for each number of the state; or an empty frame while it is not made yet. */
function stateColumn(state, place, done, theme) {
  const x = middle(place) - CELL.state / 2;
  const height = CELL.tall / state.length;
  const cells = [...state].map((value, n) => {
    const fill = css(signedColour(value, 1, theme));
    return svgElement("rect", { x, y: RNN_TOP + n * height, width: CELL.state, height: height + 0.5, fill });
  });
  const kind = done ? "wait-frame" : "wait-empty";
  const frame = svgElement("rect", { x, y: RNN_TOP, width: CELL.state, height: CELL.tall, class: kind });
  return svgElement("g", {}, ...(done ? cells : []), frame);
}

function line(x1, y1, x2, y2, attributes) {
  return svgElement("line", { x1, y1, x2, y2, ...attributes });
}

function arrow(x1, y1, x2, y2, kinds = []) {
  const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  const tip = svgElement("polygon", { points: "7,0 -2,-4 -2,4", transform: `translate(${x2} ${y2}) rotate(${angle})` });
  return svgElement("g", { class: ["wait-arrow", ...kinds].join(" ") }, line(x1, y1, x2, y2, {}), tip);
}

/** The arrow that carries a state to the next token; the way from source to target stands out. */
function carry(place, { step, source, target }) {
  const y = RNN_TOP + CELL.tall / 2;
  const kinds = [place >= step && "wait-later", source < place && place <= target && "wait-way"].filter(Boolean);
  return arrow(middle(place - 1) + CELL.state / 2 + 1, y, middle(place) - CELL.state / 2 - 7, y, kinds);
}

/** A state for each token, made of the token below and the state on the left. */
function recurrentLane(shown) {
  const { tokens, states, step, source, target, theme } = shown;
  const below = RNN_TOP + CELL.tall;
  const lane = svgElement("g", {});
  tokens.forEach((text, place) => {
    if (place > 0) lane.append(carry(place, shown));
    lane.append(
      arrow(middle(place), below + CELL.gap, middle(place), below + 8),
      stateColumn(states[place], place, place < step, theme),
      word(text, place, below + CELL.gap, place === source || place === target),
    );
  });
  return lane;
}

/** Every query and every key, joined by a line as strong as the weight. */
function attentionLane({ tokens, weights, step, source, target }) {
  const lane = svgElement("g", {});
  const ends = (query, key) => [middle(key), ATTENTION_TOP + CELL.word, middle(query), QUERIES_TOP];
  if (step > 0) {
    tokens.forEach((_token, query) => tokens.forEach((_, key) => {
      const weight = weights[query * tokens.length + key];
      lane.append(line(...ends(query, key), { class: "wait-look", "stroke-opacity": weight }));
    }));
    lane.append(line(...ends(target, source), { class: "wait-way" }));
  }
  tokens.forEach((text, place) => {
    lane.append(word(text, place, ATTENTION_TOP, place === source));
    lane.append(word(text, place, QUERIES_TOP, place === target));
  });
  return lane;
}

function caption(text, y) {
  return svgElement("text", { x: LEFT, y, class: "wait-caption" }, text);
}

/** Both lanes as an SVG; `shown` has tokens, states, weights, step, source, target and theme. */
export function drawing(shown) {
  const width = 2 * LEFT + shown.tokens.length * CELL.wide;
  const height = QUERIES_TOP + CELL.word + 8;
  return svgElement("svg", { viewBox: `0 0 ${width} ${height}`, style: `--width: ${width}px`, "aria-hidden": "true" },
    caption("RNN: each state waits for the one before", RNN_TOP - 9),
    caption("Attention: keys above, queries below; the stronger the line, the larger the weight", ATTENTION_TOP - 9),
    recurrentLane(shown), attentionLane(shown));
}
