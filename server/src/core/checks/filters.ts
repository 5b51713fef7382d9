/** Rules whose filters do the work of a query. */
import { type RuleKey } from "../rule/keyTypes.ts";
import { type RuleDocument } from "../rule/model.ts";
import { type RulePlace } from "./check.ts";

/** True for the `query` of a rule with filters outside Elastic's own repository: it may be absent or empty there. */
export function isQueryOfFilters(
  { name, ruleTypes }: RuleKey,
  { rule, type }: RuleDocument,
  { repository }: RulePlace,
): boolean {
  // Keys of that name below [rule] are of every type.
  if (name !== "query" || ruleTypes === undefined || repository.kind === "elastic") return false;
  const filters = rule?.byName.get("filters")?.value;
  return type !== "eql" && type !== "esql" && filters?.kind === "array" && 0 < filters.items.length;
}
