import { type BuiltInCheck } from "../check.ts";

export const secretInEvents: BuiltInCheck = {
  id: "events/secret",
  on: "run",
  file: "events",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A key, token or password in an events file.",
  why: "Events are kept beside the rules, and end up where the repository goes. Replace the value before it is committed, and take it out of use if it was.",
  bad: `{"@timestamp":"2026-01-01T00:00:00Z","message":"login with password=hunter2secret"}
`,
  good: `{"@timestamp":"2026-01-01T00:00:00Z","message":"login with password=redacted-1f3a"}
`,
};
