// Loads a widget's module as the browser gets it: shared.js and its own files in one text, away from their folder.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const STATIC = new URL("../../course_utils/widgets/static/", import.meta.url);

/** The module that course_utils.widgets.base.module(...names) makes. */
export async function load(...names) {
  const text = ["shared.js", ...names].map((name) => readFileSync(new URL(name, STATIC), "utf8")).join("\n");
  const folder = mkdtempSync(join(tmpdir(), "widget"));
  const file = join(folder, "joined.mjs");
  writeFileSync(file, text);
  try {
    return await import(pathToFileURL(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
