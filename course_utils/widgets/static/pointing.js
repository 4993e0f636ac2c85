// How a picture is pointed at, with the mouse and with keys.

/**
 * Follows the pointer and the keys on a stage, an element that can have the focus.
 * at(x, y): the spot there, in pixels from the stage's corner; null if there is none.  next(key): the spot that a key leads to, or null.
 * point(spot): told what is pointed at, null for nothing; Escape is nothing.  choose(spot): told of a click on a spot; Enter and
 * the space bar choose what was pointed at last, so then spot is undefined.
 */
export function followPointing(stage, { at, next, point, choose }) {
  const under = ({ clientX, clientY }) => {
    const { left, top } = stage.getBoundingClientRect();
    return at(clientX - left, clientY - top);
  };
  stage.addEventListener("pointermove", (event) => point(under(event)));
  stage.addEventListener("pointerleave", () => point(null));
  if (choose) stage.addEventListener("click", (event) => under(event) && choose(under(event)));
  stage.addEventListener("keydown", (event) => {
    const spot = next(event.key);
    if (event.key === "Escape") point(null);
    else if (choose && (event.key === "Enter" || event.key === " ")) choose();
    else if (spot) point(spot);
    else return;
    event.preventDefault();
  });
}
