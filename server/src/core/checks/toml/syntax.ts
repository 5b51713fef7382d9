import { type TomlCheck } from "../check.ts";

export const tomlSyntax: TomlCheck = {
  id: "toml/syntax",
  on: "toml",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  upstream: ["toml-syntax"],
  summary: "The text is not TOML.",
  why: "No tool can load the rule. The rest of the file is still checked as far as it can be read.",
  bad: `[rule]
type = "eql"
name = "Shell Started by a Web Server
severity = "low"
`,
  good: `[rule]
type = "eql"
name = "Shell Started by a Web Server"
severity = "low"
`,
  run: (document) => document.errors,
};
