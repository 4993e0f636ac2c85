// @ts-check
// How a picture is pointed at, with the mouse, a finger and with keys.
import { clamp } from "./numbers.js";

const MOVES = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -Infinity], End: [0, Infinity],
};

/** Where a key leads in a grid, as [row, column]; null if the key is none of ours. It stops at the edges. */
export function gridMove(key, [row, column], [rows, columns]) {
  const move = MOVES[key];
  return move ? [clamp(row + move[0], 0, rows - 1), clamp(column + move[1], 0, columns - 1)] : null;
}

const ignore = (/** @type {any} */ _spot) => {};

/**
 * Follows the pointer and the keys on a stage, an element that can have the focus.
 * at(x, y): the spot there, in pixels from the stage's corner; null if there is none.  next(key): the spot that a key
 * leads to, or null.  point(spot): told what is pointed at, null when the stage is left.  go(spot): the same for a key.
 * choose(spot): told of a click on a spot; Enter and the space bar choose what was pointed at last, so then spot is
 * undefined.  leave(): Escape.
 */
export function followPointing(stage, { at, next, point, go = point, choose = ignore, leave = () => point(null) }) {
  const under = ({ clientX, clientY }) => {
    const { left, top } = stage.getBoundingClientRect();
    return at(clientX - left, clientY - top);
  };
  stage.addEventListener("pointermove", (event) => event.pointerType !== "touch" && point(under(event)));
  stage.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && point(null));
  stage.addEventListener("blur", () => point(null));
  stage.addEventListener("click", (event) => {
    const spot = under(event);
    point(spot); // a finger points by a tap
    if (spot) choose(spot);
  });
  stage.addEventListener("keydown", (event) => {
    const spot = next(event.key);
    if (event.key === "Escape") leave();
    else if (event.key === "Enter" || event.key === " ") choose(undefined);
    else if (spot) go(spot);
    else return;
    event.preventDefault();
  });
}

/**
 * A handle that is pulled over a picture. to(x, y): told where the pointer is, in fractions of the picture's width and
 * height.  by(dx, dy, isLarge): told of an arrow key, 1 to the right, 1 up; shift makes it large.
 */
export function followHandle(handle, picture, { to, by }) {
  const place = ({ clientX, clientY }) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    to((clientX - left) / width, (clientY - top) / height);
  };
  const grab = (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
  };
  handle.addEventListener("pointerdown", grab);
  handle.addEventListener("pointermove", (event) => handle.hasPointerCapture(event.pointerId) && place(event));
  handle.addEventListener("keydown", (event) => {
    const [down, right] = MOVES[event.key] ?? [];
    if (!Number.isFinite(right)) return;
    event.preventDefault();
    by(right, -down, event.shiftKey);
  });
  return { grab: (event) => { grab(event); place(event); } };
}
