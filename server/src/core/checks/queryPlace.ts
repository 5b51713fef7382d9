/** Where a query is marked for what it lacks as a whole. */
import { type Span, spanOf } from "../text/span.ts";
import { type EqlQuery } from "../query/eql/index.ts";
import { type KqlCondition } from "../query/kql/index.ts";

/** The category before the first `where`, or what stands in its place. */
export function firstCategory({ body }: EqlQuery): Span {
  const event = body.kind === "event" ? body : body.steps[0]?.event;
  if (event === undefined) return body.span;
  return event.category?.span ?? event.whereSpan ?? spanOf(event.span.start, event.span.start);
}

/** The first field, without what it is compared with. */
export function firstField(condition: KqlCondition): Span {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.operands[0] === undefined ? condition.span : firstField(condition.operands[0]);
    case "not":
      return firstField(condition.operand);
    case "group":
      return firstField(condition.inner);
    case "is":
    case "range":
    case "nested":
      return condition.field.span;
    default:
      return condition.span;
  }
}
