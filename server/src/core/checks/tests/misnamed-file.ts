import { type BuiltInCheck } from "../check.ts";

export const misnamedTestFile: BuiltInCheck = {
  id: "tests/misnamed-file",
  on: "run",
  file: "events",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A file among tests whose name says nothing to us.",
  why: "It is not run. Events stand in `<rule>.match.ndjson`, `.nomatch.`, `.todo.` or `.events.ndjson`, with a name of the case before the ending if you like; manifests are `<rule>.test.yml`. Files of `.json` beside rules would be taken for rules by Elastic's loader.",
  bad: "",
  good: "",
};
