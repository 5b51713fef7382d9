import { type BuiltInCheck } from "../check.ts";

export const missingEventTime: BuiltInCheck = {
  id: "events/missing-time",
  on: "run",
  file: "events",
  severity: "info",
  since: "0.1.0",
  when: "keystroke",
  summary: "Events without a time.",
  why: "They are taken to come one second after the one before, in the order of the file. Where a rule looks at times, as a sequence with `maxspan` does, say when they happened.",
  bad: `{"process":{"name":"cmd.exe"}}
`,
  good: `{"@timestamp":"2026-01-01T00:00:00Z","process":{"name":"cmd.exe"}}
`,
};
