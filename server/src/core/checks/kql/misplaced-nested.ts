import { type FieldCheck } from "../check.ts";
import { problemsOfKind } from "../problems.ts";

export const misplacedNested: FieldCheck = {
  id: "kql/misplaced-nested",
  on: "fields",
  languages: ["kuery"],
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A nested field outside of the braces of its path, or another one inside.",
  why: "The objects of a nested field are searched on their own. Kibana refuses a query that names one of their fields outside of `path:{ … }`, or a field that lies elsewhere inside, so the rule fails at every run.",
  bad: `[rule]
type = "query"
language = "kuery"
query = "email.attachments.file.name:invoice.exe"
`,
  good: `[rule]
type = "query"
language = "kuery"
query = "email.attachments:{ file.name:invoice.exe }"
`,
  run: (query) => problemsOfKind(query, "nested"),
};
