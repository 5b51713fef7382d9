import { type BuiltInCheck } from "../check.ts";

export const wrongManifestType: BuiltInCheck = {
  id: "tests/wrong-type",
  on: "run",
  file: "manifest",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A value of the wrong kind in a test manifest.",
  why: "What a key takes is told when the pointer rests on it.",
  bad: `cases:
  - name: a shell
    alerts: several
    events: [{ process.name: cmd.exe }]
`,
  good: `cases:
  - name: a shell
    alerts: { at_least: 2 }
    events: [{ process.name: cmd.exe }, { process.name: cmd.exe }]
`,
};
