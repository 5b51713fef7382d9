import { eqlFeatures } from "../../query/eql/index.ts";
import { textIn } from "../../rule/read.ts";
import { type RuleQueryCheck } from "../check.ts";
import { eqlParseOf } from "../eqlParse.ts";

/** The oldest stack that Elastic still releases rules for: what a rule without `min_stack_version` must run on. */
const OLDEST_STACK = "8.19.0";

export const newerQuerySyntax: RuleQueryCheck = {
  id: "query/newer-syntax",
  on: "rule-query",
  languages: ["eql"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["eql-sample"],
  summary: "Syntax that is newer than the oldest stack the rule is meant for.",
  why: "A stack of the rule's `min_stack_version` refuses the query. Raise the version, or write the query without the newer syntax.",
  bad: `[metadata]
min_stack_version = "8.5.0"
[rule]
type = "eql"
language = "eql"
query = 'sample by host.id [process where true] [file where true]'
`,
  good: `[metadata]
min_stack_version = "8.6.0"
[rule]
type = "eql"
language = "eql"
query = 'sample by host.id [process where true] [file where true]'
`,
  *run(query, { metadata }) {
    const stack = (metadata && textIn(metadata, "min_stack_version")?.value) ?? OLDEST_STACK;
    for (const { name, since, span } of eqlFeatures(eqlParseOf(query).ast)) {
      if (!isOlder(stack, since)) continue;
      const message = `${name} needs Elasticsearch ${since}, and the rule is meant to run from ${stack} on`;
      yield { span: query.embedded.host.map.toHostSpan(span), message, fixes: [] };
    }
  },
};

/** Major and minor count; of a version that cannot be read nothing is said. */
function isOlder(version: string, than: string): boolean {
  const [major, minor] = numbersOf(version);
  const [thanMajor, thanMinor] = numbersOf(than);
  if (major === undefined || minor === undefined || thanMajor === undefined || thanMinor === undefined)
    return false;
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}

function numbersOf(version: string): readonly number[] {
  return /^\d+\.\d+/.test(version) ? version.split(".").map(Number) : [];
}
