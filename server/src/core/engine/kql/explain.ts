/** Why one event matches a KQL query or does not. Verdicts are those of the compiled query. */
import { type Result } from "../../base/result.ts";
import { type KqlQuery } from "../../query/kql/index.ts";
import { type Unsupported } from "../eql/plan.ts";
import { type EventRecord } from "../event.ts";
import { explained, type Explanation } from "../explain.ts";
import { kqlClause } from "./compile.ts";
import { type KqlOptions } from "./plan.ts";

/** `text` is the query's. To explain many events, keep what `kqlClause` makes and call `explained`. */
export function explainKql(
  text: string,
  query: KqlQuery,
  { document }: EventRecord,
  options: KqlOptions,
): Result<Explanation, Unsupported> {
  const clause = kqlClause(query, options);
  return clause.ok ? { ok: true, value: explained(text, clause.value, document) } : clause;
}
