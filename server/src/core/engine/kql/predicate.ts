import { unreachable } from "../../base/unreachable.ts";
import { type Predicate } from "../eql/plan.ts";
import { type Clause } from "../explain.ts";
import { every, some } from "../predicates.ts";

/** Whether the clause holds, without saying why. */
export function predicateOf(clause: Clause): Predicate {
  switch (clause.kind) {
    case "leaf":
      return (document) => clause.truthOf(document) === true;
    case "not": {
      const holds = predicateOf(clause.child);
      return (document) => !holds(document);
    }
    case "all":
    case "any": {
      const children = clause.children.map(predicateOf);
      return clause.kind === "all" ? every(children) : some(children);
    }
    default:
      return unreachable(clause);
  }
}
