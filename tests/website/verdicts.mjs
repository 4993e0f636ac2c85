// What the page says: reads {words, asked: [{form, answers}]}, writes [[status, HTML], …] for each.
import { readFileSync } from "node:fs";
import { verdict } from "../../website/static/questions.js";

const { words, asked } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(({ form, answers }) => answers.map((answer) => verdict(form, answer, words)))));
