import { type BuiltInCheck } from "../check.ts";

export const misfittingEventValue: BuiltInCheck = {
  id: "events/wrong-type",
  on: "run",
  file: "events",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A value that the type of its field does not take.",
  why: "Elasticsearch would refuse the document, so no such event ever reaches the rule, and a test with it shows nothing.",
  bad: `{"@timestamp":"2026-01-01T00:00:00Z","process":{"pid":"many"}}
`,
  good: `{"@timestamp":"2026-01-01T00:00:00Z","process":{"pid":4711}}
`,
};
