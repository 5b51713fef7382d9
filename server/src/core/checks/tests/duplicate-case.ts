import { type BuiltInCheck } from "../check.ts";

export const duplicateCase: BuiltInCheck = {
  id: "tests/duplicate-case",
  on: "run",
  file: "manifest",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "Two cases of one rule with the same name.",
  why: "Only one of them counts: that of the file nearer to the rule, or the first one of a manifest.",
  bad: `cases:
  - name: a shell
    events: [{ process.name: cmd.exe }]
  - name: a shell
    events: [{ process.name: sh }]
`,
  good: `cases:
  - name: a shell
    events: [{ process.name: cmd.exe }]
  - name: another shell
    events: [{ process.name: sh }]
`,
};
