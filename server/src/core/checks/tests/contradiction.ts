import { type BuiltInCheck } from "../check.ts";

export const contradictoryCase: BuiltInCheck = {
  id: "tests/contradiction",
  on: "run",
  file: "manifest",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A case whose parts exclude each other.",
  why: "No rule can meet it, or it is open which part counts: alerts where no match is expected, `base` beside `events`, a file named `.nomatch.` from which alerts are expected.",
  bad: `cases:
  - name: a shell
    expect: nomatch
    alerts: 1
    events: [{ process.name: cmd.exe }]
`,
  good: `cases:
  - name: a shell
    expect: match
    alerts: 1
    events: [{ process.name: cmd.exe }]
`,
};
