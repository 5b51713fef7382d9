import { type BuiltInCheck } from "../check.ts";

export const orphanedTests: BuiltInCheck = {
  id: "tests/orphan",
  on: "run",
  file: "events",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "Tests whose rule is not there.",
  why: "The file is named after a rule that was renamed, moved or deleted, so nothing runs it. Tests stand in `_tests` beside the rule, or beside the rule itself, and begin with its name; a manifest may name the `rule_id` instead.",
  bad: "",
  good: "",
};
