/** The one event that a KQL query asks for, as a term of a blueprint. */
import { type Term } from "../blueprint.ts";
import { type Goal } from "../goals.ts";

export function singleTerm(goal: Goal & { readonly kind: "all" }): Term {
  return {
    position: 0,
    label: undefined,
    role: "event",
    runs: 1,
    span: goal.span,
    category: categoryIn(goal),
    goal,
    keys: [],
  };
}

/** The category that the event must have, if it must have just one. */
function categoryIn({ parts }: Goal & { readonly kind: "all" }): string | undefined {
  for (const part of parts) {
    if (part.kind !== "literal" || !part.isWanted || part.fields[0] !== "event.category") continue;
    const asks = part.expression.kind === "atom" ? part.expression.asks : [];
    const [ask] = asks;
    if (ask?.kind === "value" && typeof ask.value === "string") return ask.value;
  }
  return undefined;
}
