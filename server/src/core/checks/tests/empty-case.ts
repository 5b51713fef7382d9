import { type BuiltInCheck } from "../check.ts";

export const emptyCase: BuiltInCheck = {
  id: "tests/empty-case",
  on: "run",
  file: "manifest",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A case without an event.",
  why: "It shows nothing: a case that expects no match would always pass.",
  bad: `cases:
  - name: a shell
    expect: nomatch
    events: []
`,
  good: `cases:
  - name: a shell
    expect: nomatch
    events: [{ process.name: cmd.exe }]
`,
};
