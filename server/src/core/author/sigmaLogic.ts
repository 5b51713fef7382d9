/** Conditions that are being put together for EQL. */
import { type Result } from "../base/result.ts";

export type Logic =
  | { readonly kind: "test"; readonly text: string }
  | { readonly kind: "and" | "or"; readonly items: readonly Logic[] }
  | { readonly kind: "not"; readonly item: Logic };

/** An error says in words what EQL cannot say. */
export type Condition = Result<Logic, string>;

export function test(text: string): Condition {
  return { ok: true, value: { kind: "test", text } };
}

export function refused(reason: string): Condition {
  return { ok: false, error: reason };
}

export function negated(condition: Condition): Condition {
  return condition.ok ? { ok: true, value: { kind: "not", item: condition.value } } : condition;
}

/** One alone stays as it is; several of one kind within each other are one list. */
export function joined(conditions: readonly Condition[], kind: "and" | "or"): Condition {
  const items: Logic[] = [];
  for (const one of conditions) {
    if (!one.ok) return one;
    items.push(...(one.value.kind === kind ? one.value.items : [one.value]));
  }
  const [first] = items;
  return first !== undefined && items.length === 1
    ? { ok: true, value: first }
    : { ok: true, value: { kind, items } };
}

/** What must hold together, each as a text that stands under `and`. */
export function conjuncts(logic: Logic): readonly string[] {
  return logic.kind === "and" ? logic.items.map(inner) : [inner(logic)];
}

function inner(logic: Logic): string {
  switch (logic.kind) {
    case "test":
      return logic.text;
    case "not":
      return `not ${inner(logic.item)}`;
    case "and":
    case "or":
      return `(${logic.items.map(inner).join(` ${logic.kind} `)})`;
  }
}
