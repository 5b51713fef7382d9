import { type BuiltInCheck } from "../check.ts";

export const brokenEventJson: BuiltInCheck = {
  id: "events/broken-json",
  on: "run",
  file: "events",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A line of an events file is no JSON.",
  why: "What cannot be read reaches no rule, and a case that holds it is an error: nobody knows whether it would pass. The rest of the file is used.",
  bad: `{"@timestamp":"2026-01-01T00:00:00Z","process":{"name":"cmd.exe"}
`,
  good: `{"@timestamp":"2026-01-01T00:00:00Z","process":{"name":"cmd.exe"}}
`,
};
