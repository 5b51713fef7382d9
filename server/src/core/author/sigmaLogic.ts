/** Conditions that are being put together for EQL. */
import { type Result } from "../base/result.ts";

export type Logic = (
  | { readonly kind: "test"; readonly text: string }
  | { readonly kind: "and" | "or"; readonly items: readonly Logic[] }
  | { readonly kind: "not"; readonly item: Logic }
) & {
  /** How many characters it takes. */
  readonly length: number;
};

/** A search may be named any number of times, and is written out at each of them. */
const LONGEST = 1_000_000;

/** An error says in words what EQL cannot say. */
export type Condition = Result<Logic, string>;

export function test(text: string): Condition {
  return { ok: true, value: { kind: "test", text, length: text.length } };
}

export function refused(reason: string): Condition {
  return { ok: false, error: reason };
}

export function negated(condition: Condition): Condition {
  if (!condition.ok) return condition;
  const item = condition.value;
  return { ok: true, value: { kind: "not", item, length: item.length + "not ".length } };
}

/** One alone stays as it is; several of one kind within each other are one list. */
export function joined(conditions: readonly Condition[], kind: "and" | "or"): Condition {
  const items: Logic[] = [];
  let length = "()".length;
  for (const one of conditions) {
    if (!one.ok) return one;
    const { value } = one;
    length += value.length + " and ".length;
    if (LONGEST < length)
      return refused(`the query would have more than ${LONGEST.toLocaleString("en")} characters`);
    if (value.kind === kind) for (const item of value.items) items.push(item);
    else items.push(value);
  }
  const [first] = items;
  return first !== undefined && items.length === 1
    ? { ok: true, value: first }
    : { ok: true, value: { kind, items, length } };
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
