// Models in files of their own.

import { InputError } from "./runs.js";
import { tensorsOf } from "./transformer.js";

const models = new Map();

/**
 * The model of a widget, make(tensors, sizes) of its file, loaded when it is first needed.
 * What is said meanwhile is seen if it takes longer than a frame.
 */
export async function fetched({ model: name, megabytes, sizes }, meanwhile, make) {
  const { words, later } = window.course;
  meanwhile(words.loading_model.replace("{size}", megabytes));
  if (!models.has(name)) models.set(name, later(name).then((buffer) => make(tensorsOf(buffer).tensors, sizes)));
  try {
    return await models.get(name);
  } catch {
    models.delete(name);
    throw new InputError(words.no_model);
  }
}
