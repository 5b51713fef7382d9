import { type BuiltInCheck } from "../check.ts";

export const encoding: BuiltInCheck = {
  id: "toml/encoding",
  on: "run",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  upstream: ["toml-utf8"],
  summary: "The file is not UTF-8.",
  why: "TOML is UTF-8, and loaders refuse anything else. The place is that of the first byte that is no UTF-8; save the file in that encoding.",
  bad: "",
  good: "",
};
