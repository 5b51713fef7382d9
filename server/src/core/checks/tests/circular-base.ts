import { type BuiltInCheck } from "../check.ts";

export const circularCaseBase: BuiltInCheck = {
  id: "tests/circular-base",
  on: "run",
  file: "manifest",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A case that starts from itself, straight or by way of others.",
  why: "None of the cases in the circle has events.",
  bad: `cases:
  - name: a shell
    base: a shell
`,
  good: `cases:
  - name: a shell
    events: [{ process.name: cmd.exe }]
  - name: a later shell
    base: a shell
    patch: [{ set: { "@timestamp": "+10m" } }]
`,
};
