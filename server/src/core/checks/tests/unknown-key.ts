import { type BuiltInCheck } from "../check.ts";

export const unknownManifestKey: BuiltInCheck = {
  id: "tests/unknown-key",
  on: "run",
  file: "manifest",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A key that test manifests do not have.",
  why: "It has no effect, so the case says something else than its author thinks.",
  bad: `cases:
  - name: a shell
    expects: match
    events: [{ process.name: cmd.exe }]
`,
  good: `cases:
  - name: a shell
    expect: match
    events: [{ process.name: cmd.exe }]
`,
};
