// In the page: watches the picture of one cell's output, frame by frame, and notes when it changed and when it was gone.
// window.watch has start(cell), log and stop(); times are in ms on the page's own clock.
(() => {
  const SIDE = 96; // the picture is compared at this size
  const COLLAPSED = 0.9; // of its first height

  const scratch = new OffscreenCanvas(SIDE, SIDE).getContext("2d", { willReadFrequently: true });

  /** Something that differs when the picture does; null while there is none. */
  function signature(cell) {
    const seen = cell.querySelector("canvas, img");
    if (!seen) return null;
    if (seen.tagName === "IMG") return seen.complete && seen.naturalWidth ? seen.src : null;
    scratch.clearRect(0, 0, SIDE, SIDE);
    scratch.drawImage(seen, 0, 0, SIDE, SIDE);
    const pixels = new Uint32Array(scratch.getImageData(0, 0, SIDE, SIDE).data.buffer);
    return pixels.reduce((sum, pixel) => (Math.imul(sum, 31) + pixel) | 0, 0);
  }

  const afterPainting = (work) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = work;
    channel.port2.postMessage(0);
  });

  /** Inputs and changes of the picture as they come, until stop(). */
  function start(cell) {
    const output = cell.querySelector(".jp-Cell-outputWrapper");
    const log = { inputs: [], changes: [], flicker: 0 };
    const height = output.offsetHeight;
    let [last, then, running] = [signature(cell), performance.now(), true];
    const note = (event) => log.inputs.push(event.timeStamp);
    window.addEventListener("pointermove", note, true);
    const look = () => {
      const now = performance.now();
      const seen = signature(cell);
      if (seen === null || output.offsetHeight < COLLAPSED * height) log.flicker += now - then;
      if (seen !== null && seen !== last) log.changes.push(now);
      [last, then] = [seen ?? last, now];
      if (running) afterPainting(look);
    };
    look();
    window.watch.log = log;
    window.watch.stop = () => {
      running = false;
      window.removeEventListener("pointermove", note, true);
      return log;
    };
  }

  window.watch = { start };
})();
