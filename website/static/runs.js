// What a kernel's entry is for a widget that runs a function: what it listens to, and how it answers.

/** A sentence for the person at the page, as Python's InputError is one. */
export class InputError extends Error {}

/**
 * An entry of a widget that runs a function: what it listens to, and how its result is made.
 * ask(state, kept, meanwhile): meanwhile(sentence) shows a sentence below the last picture until the result is there.
 */
export const runs = (listens, ask, after = () => ({})) => ({
  listens,
  async answer(state, kept, take) {
    if (!state.compute_name) return {}; // there is none: the widget computes by itself
    const asked = Object.fromEntries(listens.map((name) => [name, state[name]]));
    const meanwhile = (remark) => take({ result: { ...state.result, remark }, problem: "", answered: asked });
    try {
      const result = await ask(state, kept, meanwhile);
      return { result, problem: "", answered: asked, ...after(state, result) };
    } catch (problem) {
      if (!(problem instanceof InputError)) throw problem;
      return { problem: problem.message, answered: asked };
    }
  },
});
