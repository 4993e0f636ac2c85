// CPU milliseconds of each word that is typed on the page of lesson 09, after the first: node benchmarks/typed_word.mjs PAGES
import { readFileSync } from "node:fs";
import { Model } from "../website/static/host.js";

const [folder] = process.argv.slice(2);
const WORDS = ["nation", "knight", "bank", "thought", "river", "station", "quay", "psychology", "enough", "hands", "attention",
  "transformer", "castle", "island", "colonel", "yacht", "rhythm", "bureau", "queue", "algorithm"];
const read = (name) => readFileSync(`${folder}/data/${name}.js`, "utf8");
const words = { loading_model: "" };
const later = async (name) => Uint8Array.from(Buffer.from(/"([^"]*)"\);\s*$/.exec(read(name))[1], "base64")).buffer;
globalThis.window = { course: { words, later } };
const stored = JSON.parse(/\.widgets=(.*);/.exec(read("09_training"))[1])["widget-1"];

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const said = [];
for (const width of [1, 4]) {
  const model = new Model(stored);
  model.set("width", width);
  const took = [];
  for (const word of ["first", ...WORDS]) {
    const start = process.cpuUsage();
    model.set("text", word);
    await model.save_changes();
    const { user, system } = process.cpuUsage(start);
    took.push((user + system) / 1000);
  }
  said.push(`${width === 1 ? "greedy" : `beam of ${width}`} ${median(took.slice(1)).toFixed(0)} ms`);
}
console.log(`a typed word after the first, median of CPU: ${said.join(", ")}`);
