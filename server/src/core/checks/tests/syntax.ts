import { type BuiltInCheck } from "../check.ts";

export const manifestSyntax: BuiltInCheck = {
  id: "tests/syntax",
  on: "run",
  file: "manifest",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A test manifest that is no YAML.",
  why: "Cases that cannot be read are not run.",
  bad: `cases:
  - name: a shell
    events: [{ process.name: cmd.exe }
`,
  good: `cases:
  - name: a shell
    events: [{ process.name: cmd.exe }]
`,
};
