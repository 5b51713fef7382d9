import { misreadByPython } from "../../query/kql/index.ts";
import { type QueryCheck } from "../check.ts";
import { kqlParseOf } from "../kqlParse.ts";

export const ciMisreads: QueryCheck = {
  id: "kql/ci-misreads",
  on: "query",
  languages: ["kuery"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A text that the CI of Elastic takes for something else than Kibana does.",
  why: "The Python library that Elastic validates and tests rules with reads `notepad.exe` as `not epad.exe`, `007` as the number 7, and keeps `\\u0041` in quotes as six characters. What it checks is then another query than the one that runs. In quotes both read the same, but for `\\u`.",
  bad: `[rule]
type = "query"
language = "kuery"
query = "process.name:notepad.exe"
`,
  good: `[rule]
type = "query"
language = "kuery"
query = 'process.name:"notepad.exe"'
`,
  *run(query) {
    const parse = kqlParseOf(query);
    if (parse.errors.length !== 0) return;
    let count = 0;
    for (const { span, message, fixes } of misreadByPython(parse)) {
      // Whether a question mark is meant to be a wildcard is a matter of its own.
      if (message.startsWith("?")) continue;
      if (MOST <= count++) return;
      yield { span, message: `Elastic's CI reads ${message}`, fixes };
    }
  },
};

/** More findings than this in one query help nobody. */
const MOST = 50;
