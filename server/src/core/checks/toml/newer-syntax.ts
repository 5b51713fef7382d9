import { type TomlCheck } from "../check.ts";

export const newerSyntax: TomlCheck = {
  id: "toml/newer-syntax",
  on: "toml",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  upstream: ["toml-syntax", "toml-mixed-array"],
  summary: "Syntax that older TOML loaders refuse.",
  why: "Elastic's tools load rules with libraries that are older than TOML 1.1: they refuse its new escapes, line breaks and closing commas in inline tables, times without seconds, and a byte order mark.",
  bad: `[rule]
type = "eql"
name = "Bell \\x07 in a Path"
`,
  good: `[rule]
type = "eql"
name = "Bell \\u0007 in a Path"
`,
  run: (document) => document.newerSyntax,
};
