// Sets formulas: a JSON list of [source, display] from standard input, a JSON list of HTML to standard output.
import katex from "katex";

let input = "";
for await (const chunk of process.stdin) input += chunk;
const set = ([source, displayMode]) => katex.renderToString(source, { displayMode, throwOnError: true, strict: "error" });
process.stdout.write(JSON.stringify(JSON.parse(input).map(set)));
