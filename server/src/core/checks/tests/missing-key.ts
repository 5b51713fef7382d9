import { type BuiltInCheck } from "../check.ts";

export const missingManifestKey: BuiltInCheck = {
  id: "tests/missing-key",
  on: "run",
  file: "manifest",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A test manifest or case that lacks a key it needs.",
  why: "A manifest has cases, a case has a name, and events of its own or a case to start from.",
  bad: `cases:
  - name: a shell
    expect: match
`,
  good: `cases:
  - name: a shell
    expect: match
    events: [{ process.name: cmd.exe }]
`,
};
