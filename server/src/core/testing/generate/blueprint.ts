/** What an EQL query asks for: one event, or several that belong together by their keys. */
import { type EqlOptions } from "../../engine/eql/plan.ts";
import {
  type EqlBody,
  type EqlEvent,
  type EqlExpression,
  type EqlQuery,
  type EqlStep,
  maxspanMilliseconds,
  withoutGroups,
} from "../../query/eql/index.ts";
import { type Span } from "../../text/span.ts";
import { type Goal, goalOf, type Literal, presence } from "./goals.ts";

export interface Blueprint {
  readonly kind: "event" | "sequence" | "sample";
  /** The event, or the steps in the order of the query with `until` as the last one. */
  readonly terms: readonly Term[];
  /** In milliseconds. */
  readonly maxspan: number | undefined;
}

export interface Term {
  readonly position: number;
  /** "step 2"; undefined where the query asks for one event. */
  readonly label: string | undefined;
  readonly role: "event" | "missing" | "until";
  readonly runs: number;
  readonly span: Span;
  readonly category: string | undefined;
  readonly goal: Goal & { readonly kind: "all" };
  /** Fields that must have the same values in all terms, by position. */
  readonly keys: readonly Key[];
}

export interface Key {
  readonly field: string;
  readonly isOptional: boolean;
  readonly span: Span;
}

/** Undefined for a query that the language refuses. */
export function blueprintOf({ body }: EqlQuery, { categoryField }: EqlOptions): Blueprint | undefined {
  switch (body.kind) {
    case "event":
      return { kind: "event", terms: [termOf(body, body.span, categoryField, {})], maxspan: undefined };
    case "join":
      return undefined;
    default: {
      const maxspan = body.kind === "sequence" ? body.maxspan : undefined;
      const terms = termsOf(body, categoryField);
      return {
        kind: body.kind,
        terms,
        maxspan: maxspan === undefined ? undefined : maxspanMilliseconds(maxspan),
      };
    }
  }
}

function termsOf(
  body: Extract<EqlBody, { readonly kind: "sequence" | "sample" }>,
  categoryField: string,
): readonly Term[] {
  const terms = body.steps.map((step, position) => {
    const keys = keysOf(body.by?.keys, step);
    const role = step.missing ? "missing" : "event";
    const runs = step.runs?.count ?? 1;
    return termOf(step.event, step.span, categoryField, {
      position,
      label: `step ${position + 1}`,
      keys,
      role,
      runs,
    });
  });
  const until = body.kind === "sequence" ? body.until?.step : undefined;
  if (until === undefined) return terms;
  const keys = keysOf(body.by?.keys, until);
  const last = { position: terms.length, label: "until", keys, role: "until" } as const;
  return [...terms, termOf(until.event, until.span, categoryField, last)];
}

function termOf(event: EqlEvent, span: Span, categoryField: string, given: Partial<Term>): Term {
  const { position = 0 } = given;
  const category = event.category?.form === "any" ? undefined : event.category?.value;
  return {
    position,
    label: undefined,
    role: "event",
    runs: 1,
    keys: [],
    ...given,
    span,
    category,
    goal: goalOf(event, position, categoryField),
  };
}

function keysOf(common: readonly EqlExpression[] | undefined, step: EqlStep): readonly Key[] {
  return [...(common ?? []), ...(step.by?.keys ?? [])].flatMap((expression) => {
    const field = withoutGroups(expression);
    if (field.kind !== "field") return [];
    return [{ field: field.name, isOptional: field.optionalSpan !== undefined, span: field.span }];
  });
}

/** Keys need values, so that events can belong together by them. */
export function keyLiterals({ keys, position }: Term): readonly Literal[] {
  return keys.map(({ field, span }) => presence(field, span, position));
}

/** Which variable a field of a term is: those of one key are one. */
export function variables(
  terms: readonly Term[],
  storedField: (field: string) => string,
): (event: number, field: string) => string {
  const groups = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let next = groups.get(root); next !== undefined; next = groups.get(root)) root = next;
    return root;
  };
  for (const { position, keys } of terms) {
    for (const [i, { field }] of keys.entries()) {
      const [one, other] = [rootOf(`${position} ${storedField(field)}`), rootOf(`key ${i}`)];
      if (one !== other) groups.set(one, other);
    }
  }
  return (event, field) => rootOf(`${event} ${storedField(field)}`);
}

export function fieldsOfGoal(goal: Goal): readonly string[] {
  const fields = goal.kind === "literal" ? goal.fields : goal.parts.flatMap(fieldsOfGoal);
  return [...new Set(fields)];
}
