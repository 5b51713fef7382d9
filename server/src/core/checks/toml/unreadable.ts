import { type BuiltInCheck } from "../check.ts";

export const unreadable: BuiltInCheck = {
  id: "toml/unreadable",
  on: "run",
  severity: "error",
  since: "0.1.0",
  when: "save",
  seesDeprecated: true,
  summary: "The file cannot be read.",
  why: "The file is there, but the system does not let us read it: mind its permissions. All other files are still checked. Only the command line reports this.",
  bad: "",
  good: "",
};
