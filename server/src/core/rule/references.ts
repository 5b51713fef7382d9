/** Other rules that a rule's queries name by their ids: those whose alerts it reads. */
import { type Span, spanOf } from "../text/span.ts";
import { type RuleDocument } from "./model.ts";

export interface RuleReference {
  readonly id: string;
  /** Of the id, in file offsets. */
  readonly span: Span;
}

/** The field under which alerts hold the id of their rule, and its older name. `kibana.alert.rule.uuid` is another id. */
const ID_FIELD = /\b(?:kibana\.alert\.rule\.rule_id|signal\.rule\.rule_id)\s*(?::|==|(?:not\s+)?in~?)\s*/gi;
/** One id, or a list in parentheses up to the first thing in it that is no id. */
const IDS = /^\(?(?:(?:\s*(?:,|or\b))?\s*"?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"?)+/i;
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** In the order of the text. Looks at the text of the query, so that it works in every language. */
export function ruleReferences({ queries }: RuleDocument): readonly RuleReference[] {
  return queries.flatMap(({ text, host }) =>
    [...text.matchAll(ID_FIELD)].flatMap((match) => {
      const start = match.index + match[0].length;
      const ids = IDS.exec(text.slice(start))?.[0] ?? "";
      return [...ids.matchAll(ID)].map((found) => {
        const at = start + found.index;
        return { id: found[0], span: host.map.toHostSpan(spanOf(at, at + found[0].length)) };
      });
    }),
  );
}
