import { type BuiltInCheck } from "../check.ts";

export const checkFailed: BuiltInCheck = {
  id: "internal/check-failed",
  on: "run",
  severity: "info",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  summary: "One of our own checks broke down on this file.",
  why: "That is a mistake of Rulewright's, not of the rule's. All other checks ran; the log says what happened. Please report it.",
  bad: "",
  good: "",
};
