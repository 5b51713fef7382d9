import { type BuiltInCheck } from "../check.ts";

export const absentEventField: BuiltInCheck = {
  id: "events/absent-field",
  on: "run",
  file: "events",
  severity: "hint",
  since: "0.1.0",
  when: "keystroke",
  summary: "A field that the rule reads and no event of the file has.",
  why: "What the rule asks of the field is never put to the test here. A case that expects no match may pass for that reason alone.",
  bad: "",
  good: "",
};
