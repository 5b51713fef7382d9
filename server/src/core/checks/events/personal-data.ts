import { type BuiltInCheck } from "../check.ts";

export const personalDataInEvents: BuiltInCheck = {
  id: "events/personal-data",
  on: "run",
  file: "events",
  severity: "info",
  since: "0.1.0",
  when: "keystroke",
  summary: "A mail address or the name of a user in an events file.",
  why: "Events from real systems tell of real people. A pseudonym that is the same wherever the name stands keeps the test as good as it was.",
  bad: `{"@timestamp":"2026-01-01T00:00:00Z","file":{"path":"/home/m.huber/notes.txt"}}
`,
  good: `{"@timestamp":"2026-01-01T00:00:00Z","file":{"path":"/home/user/notes.txt"}}
`,
};
