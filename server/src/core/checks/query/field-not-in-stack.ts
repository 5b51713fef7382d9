import { listed } from "../../base/listed.ts";
import { type Target } from "../../knowledge/scope.ts";
import { compareVersions } from "../../knowledge/version.ts";
import { type RuleQueryCheck } from "../check.ts";
import { fieldUses, isExcused, judgedUses, type UnknownAnswer } from "../fieldUses.ts";
import { fixesInFile } from "../inFile.ts";
import { raiseMinStack } from "../minStack.ts";
import { isGuess, optionalFix } from "../unknownField.ts";

export const fieldNotInStack: RuleQueryCheck = {
  id: "query/field-not-in-stack",
  on: "rule-query",
  languages: ["eql", "kuery"],
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["kql-unknown-field", "eql-unknown-field"],
  summary: "A field that some of the supported stacks do not have.",
  why: "Elastic ships a rule to every stack from its `min_stack_version` on, and tries its query against the schemas of each: the field must be in all of them. Where schemas of the stacks are loaded, raise `min_stack_version`, or write `?field` in EQL.",
  bad: `[metadata]
maturity = "production"
[rule]
type = "eql"
language = "eql"
query = 'any where event.dataset == "acme.firewall" and acme.firewall.zone == "lab"'
`,
  good: `[metadata]
maturity = "production"
min_stack_comments = "The zone came with version 2 of the package"
min_stack_version = "9.4.0"
[rule]
type = "eql"
language = "eql"
query = 'any where event.dataset == "acme.firewall" and acme.firewall.zone == "lab"'
`,
  *run(query, rule, scope) {
    const { map } = query.embedded.host;
    for (const { use, answer } of judgedUses(fieldUses(query), scope)) {
      const older = stacksWithout(answer);
      if (older.length === 0 || isExcused(query, use)) continue;
      const first = firstStackWith(answer);
      const since = first === undefined ? "" : `: it is from stack ${first} on`;
      yield {
        span: map.toHostSpan(use.span),
        message: `\`${use.name}\` is not in stack ${listed(older, "and")}${packagesOf(answer)}${since}`,
        fixes: [
          ...fixesInFile(query.embedded.host, optionalFix(query, use)),
          ...(first === undefined ? [] : raiseMinStack(rule, first, `${use.name} is new in ${first}`)),
        ],
        isGuess: isGuess(answer),
      };
    }
  },
};

/** Stacks none of whose schemas has the field, where another stack's do. */
function stacksWithout({ missingIn, knownIn }: UnknownAnswer): readonly string[] {
  const known = new Set(knownIn.filter(({ kind }) => kind !== "endgame").map(({ stack }) => stack));
  if (known.size === 0) return [];
  const missing = missingIn.filter(({ kind, stack }) => kind !== "endgame" && !known.has(stack));
  return [...new Set(missing.map(({ stack }) => stack))];
}

/** The stack from which on all schemas have the field; undefined if it is missing again later. */
function firstStackWith({ missingIn, knownIn }: UnknownAnswer): string | undefined {
  const last = latest(missingIn);
  const newer = knownIn
    .map(({ stack }) => stack)
    .filter((stack) => last === undefined || 0 < compareVersions(stack, last));
  const [first] = newer.sort(compareVersions);
  return first;
}

function latest(targets: readonly Target[]): string | undefined {
  return targets
    .filter(({ kind }) => kind !== "endgame")
    .map(({ stack }) => stack)
    .sort(compareVersions)
    .at(-1);
}

function packagesOf({ missingIn }: UnknownAnswer): string {
  const label = missingIn[missingIn.length - 1]?.label ?? "";
  const at = label.indexOf(" with ");
  return at < 0 ? "" : label.slice(at);
}
