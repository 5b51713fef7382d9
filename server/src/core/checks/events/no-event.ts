import { type BuiltInCheck } from "../check.ts";

export const noEvent: BuiltInCheck = {
  id: "events/no-event",
  on: "run",
  file: "events",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A value in an events file that is no event.",
  why: "An event is a JSON object: a document as Elasticsearch stores it, a hit, or what a tool wraps around either. In a `_bulk` request a document follows each action.",
  bad: `["one", "two"]
`,
  good: `[{"@timestamp":"2026-01-01T00:00:00Z","message":"one"}, {"@timestamp":"2026-01-01T00:00:01Z","message":"two"}]
`,
};
