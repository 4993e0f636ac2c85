// What eslint asks of the JavaScript of widgets and website: names that exist and are used, one way to write things.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  { files: ["course_utils/widgets/static/*.js", "website/static/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["tests/js/*.mjs", "tests/website/*.mjs"], languageOptions: { globals: globals.node } },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "eqeqeq": ["error", "always", { null: "ignore" }],
      "no-shadow": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
      "max-lines": ["error", 200],
    },
  },
];
