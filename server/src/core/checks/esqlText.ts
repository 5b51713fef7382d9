/** What Elastic's loader reads in an ES|QL query: it knows no grammar, only patterns in the text. */
import { type EmbeddedQuery, type RuleDocument } from "../rule/model.ts";
import { type Span, spanOf } from "../text/span.ts";
import { type Finding, type RulePlace } from "./check.ts";
import { isExemptFromValidation } from "./unitTests.ts";

/** What the loader finds in the query of an ES|QL rule: nothing in rules that are exempt. */
export function esqlValidated(
  rule: RuleDocument,
  place: RulePlace,
  findings: (query: EmbeddedQuery) => Iterable<Finding>,
): Iterable<Finding> {
  const query = rule.queries.find(({ role }) => role === "query");
  if (rule.type !== "esql" || query?.language !== "esql" || query.text.trim() === "") return [];
  return isExemptFromValidation(rule, place) ? [] : findings(query);
}

/** The columns by which Kibana tells documents apart. */
export const IDENTITY: readonly string[] = ["_id", "_version", "_index"];

/** The text with blanks for comments and for what stands in quotes; offsets stay. */
export function withoutTexts(query: string): string {
  return query.replace(HIDDEN, (hidden) => hidden.replace(/[^\r\n]/g, " "));
}

const HIDDEN = /"""[^]*?(?:"""|$)|"(?:[^"\\\r\n]|\\.)*"?|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)/g;

/** Commands between bars: the spans of their texts, without blanks around them. */
export function commandsOf(query: string): readonly Span[] {
  const plain = withoutTexts(query);
  const commands: Span[] = [];
  let start = 0;
  for (const part of plain.split("|")) {
    const lead = part.length - part.trimStart().length;
    commands.push(spanOf(start + lead, start + Math.max(lead, part.trimEnd().length)));
    start += part.length + 1;
  }
  return commands;
}

/** The first word of a command. */
export function wordOf(query: string, { start, end }: Span): Span {
  const length = /^[a-z_]+/i.exec(query.slice(start, end))?.[0].length ?? 0;
  return spanOf(start, start + length);
}
