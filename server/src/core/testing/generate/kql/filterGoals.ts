import { type KqlOptions } from "../../../engine/kql/plan.ts";
import { type RuleDocument } from "../../../rule/model.ts";
import { type Span } from "../../../text/span.ts";
import { filterQueries } from "../../run/filters.ts";
import { type Goal } from "../goals.ts";
import { goalOfDsl } from "./dslGoals.ts";

/** What the rule's filters ask of the event, as far as it is understood. */
export function filterGoals(
  rule: RuleDocument,
  key: "filters" | "threat_filters",
  options: KqlOptions,
  span: Span,
): readonly Goal[] {
  return filterQueries(rule, key).flatMap((query) => goalOfDsl(query, options, span) ?? []);
}
