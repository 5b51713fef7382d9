import { type BuiltInCheck } from "../check.ts";

export const missingTestReference: BuiltInCheck = {
  id: "tests/missing-reference",
  on: "run",
  file: "manifest",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A file, case or event that a manifest names and that is not there.",
  why: "The case cannot be run. Paths count from the folder of the manifest; a line is one on which an event begins.",
  bad: `cases:
  - name: a shell
    base: another shell
`,
  good: `cases:
  - name: another shell
    events: [{ process.name: sh }]
  - name: a shell
    base: another shell
    patch: [{ line: 1, set: { process.name: cmd.exe } }]
`,
};
