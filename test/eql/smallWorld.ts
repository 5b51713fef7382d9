/** Events with few fields of few values, and conditions on them evaluated as the specification says, step by step. */
import { walk } from "../../server/src/core/query/ast.ts";
import {
  childrenOf,
  type EqlAst,
  type EqlExpression,
  withoutGroups,
} from "../../server/src/core/query/eql/index.ts";

export interface SmallEvent {
  readonly "process.name": readonly string[];
  readonly "process.args": readonly string[];
  readonly "process.pid": readonly number[];
}

const NAMES = [[], ["a"], ["b"], ["ab"], ["B"], ["cab"], ["a*"]] as const;
const ARGS = [[], ["b", "a"], ["ab", "B"], ["A", "c", "*b"]] as const;
const PIDS = [[], [0], [2], [4]] as const;

const EVENTS: readonly SmallEvent[] = NAMES.flatMap((name) =>
  ARGS.flatMap((args) =>
    PIDS.map((pid) => ({ "process.name": name, "process.args": args, "process.pid": pid })),
  ),
);

export function smallEvents(): readonly SmallEvent[] {
  return EVENTS;
}

export function matchesGlob(pattern: string, text: string, isExact: boolean): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, isExact ? "su" : "sui").test(text);
}

export function smallHolds(expression: EqlExpression, event: SmallEvent): boolean {
  const inner = withoutGroups(expression);
  switch (inner.kind) {
    case "and":
      return inner.operands.every((operand) => smallHolds(operand, event));
    case "or":
      return inner.operands.some((operand) => smallHolds(operand, event));
    case "not":
      return !smallHolds(inner.operand, event);
    case "boolean":
      return inner.value;
    case "comparison":
    case "in":
    case "match":
      return leafHolds(inner, event);
    default:
      throw new Error(`${inner.kind} is not of the small world`);
  }
}

function leafHolds(
  leaf: EqlExpression & { kind: "comparison" | "in" | "match" },
  event: SmallEvent,
): boolean {
  const field = [...walk<EqlAst>(leaf, childrenOf)].find((node) => node.kind === "field");
  const values: readonly (string | number)[] = event[field?.name as keyof SmallEvent]; // Only its fields are asked.
  const right = leaf.right.kind === "list" ? leaf.right.items : [leaf.right];
  const wanted = right.map((item) => ("value" in item ? item.value : null));
  if (leaf.kind === "comparison") return compares(leaf.operator, values, wanted[0] ?? null);
  const { operator } = leaf;
  const hits = values.some((value) => wanted.some((one) => isHit(operator, String(value), String(one))));
  return hits === (leaf.kind === "match" || leaf.notSpan === undefined);
}

function compares(
  operator: string,
  values: readonly (string | number)[],
  wanted: string | number | boolean | null,
): boolean {
  if (operator === "==") return wanted === null ? values.length === 0 : values.includes(wanted as string);
  if (operator === "!=") return !compares("==", values, wanted);
  return values.some((value) => {
    const difference = Number(value) - Number(wanted);
    if (difference === 0) return operator.endsWith("=");
    return operator.startsWith("<") === difference < 0;
  });
}

function isHit(operator: string, value: string, wanted: string): boolean {
  if (operator === "in") return value === wanted;
  if (operator === "in~") return value.toLowerCase() === wanted.toLowerCase();
  return matchesGlob(wanted, value, operator === "like");
}
