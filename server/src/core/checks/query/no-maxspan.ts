import { insertAt, asGuess } from "../../query/fixes.ts";
import { type QueryCheck } from "../check.ts";
import { eqlQueryOf } from "../eqlTree.ts";

export const noMaxspan: QueryCheck = {
  id: "query/no-maxspan",
  on: "query",
  languages: ["eql"],
  severity: "info",
  since: "0.1.0",
  when: "keystroke",
  summary: "A sequence that may take any time.",
  why: "Without `maxspan`, events belong together however far apart they are in the rule's window: false alarms, and states that Elasticsearch keeps for the whole search. What the window cuts off is not found either.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'sequence by host.id [process where event.type == "start"] [network where true]'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'sequence by host.id with maxspan=1m [process where event.type == "start"] [network where true]'
`,
  *run(query) {
    const { body } = eqlQueryOf(query);
    if (body.kind !== "sequence" || body.maxspan !== undefined || query.parse.errors.length !== 0) return;
    const end = (body.by ?? { span: body.keywordSpan }).span.end;
    const fix = asGuess(insertAt(end, " with maxspan=1m", "Add with maxspan=1m"));
    yield { span: body.keywordSpan, message: "The sequence has no `maxspan`", fixes: [fix] };
  },
};
