// Drives the page's models as Python's were driven: reads [{stored, changes}], writes the state after each change.
import { readFileSync } from "node:fs";
import { Model } from "../../website/static/host.js";

const files = new Map();
const words = { loading_model: "loading", no_model: "lost", loading_maps: "loading", no_maps: "lost" };
globalThis.window = { course: { words, later: async (name) => files.get(name) } };
const sent = (value) => {
  if (value instanceof DataView) return { b64: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
  if (Array.isArray(value)) return value.map(sent);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, sent(one)]));
  return value;
};

const all = [];
for (const [n, { stored, changes }] of JSON.parse(readFileSync(0, "utf8")).entries()) {
  if (stored.kept?.file) {
    files.set(`model ${n}`, Uint8Array.from(Buffer.from(stored.kept.file.b64, "base64")).buffer);
    stored.kept = { ...stored.kept, file: null, model: `model ${n}` };
  }
  const model = new Model(stored);
  const states = [];
  for (const change of changes) {
    for (const [name, value] of Object.entries(change)) model.set(name, value);
    await model.save_changes();
    states.push(sent(model.state));
  }
  all.push(states);
}
process.stdout.write(JSON.stringify(all));
