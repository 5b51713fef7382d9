import { type BuiltInCheck } from "../check.ts";

export const unknownManifestValue: BuiltInCheck = {
  id: "tests/unknown-value",
  on: "run",
  file: "manifest",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A value that its key in a test manifest does not know.",
  why: "Cases expect `match`, `nomatch` or `todo`.",
  bad: `cases:
  - name: a shell
    expect: no match
    events: [{ process.name: cmd.exe }]
`,
  good: `cases:
  - name: a shell
    expect: nomatch
    events: [{ process.name: cmd.exe }]
`,
};
