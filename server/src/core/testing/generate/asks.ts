/** What a literal asks of its field, in terms from which values can be made: patterns, expressions, numbers, addresses. */
import { parseRegex } from "../../engine/regexParse.ts";
import { ANY_CHARACTER, type RegexNode } from "../../engine/regexTree.ts";
import { compileValue } from "../../engine/eql/compile.ts";
import { type EqlOptions } from "../../engine/eql/plan.ts";
import { type Scalar } from "../../engine/value.ts";
import { type EqlExpression, withoutGroups } from "../../query/eql/index.ts";
import { constantIn, functionName, patternOfField } from "./expressions.ts";
import { fieldsIn } from "./goals.ts";
import { exactly, MANY, type Pattern, regexOf, wildcardPattern, withCapitals } from "./pattern.ts";

/** One way to fulfil a literal. `other`: only a constant to begin with. */
export type Ask =
  | { readonly kind: "pattern"; readonly pattern: Pattern; readonly letterCase: "exact" | "any" }
  | { readonly kind: "regex"; readonly tree: RegexNode }
  | { readonly kind: "length"; readonly least: number; readonly most: number | undefined }
  | { readonly kind: "block"; readonly block: string }
  | { readonly kind: "value"; readonly value: string | number | boolean };

/** The ways to fulfil the literal; none if it is not understood. Any of them will do. */
export function asksOf(expression: EqlExpression, options: EqlOptions): readonly Ask[] {
  const inner = withoutGroups(expression);
  switch (inner.kind) {
    case "match":
    case "in": {
      const { right } = inner;
      const items = right.kind === "list" ? right.items : [right];
      const constants = items.map((item) => constantIn(item, options));
      return constants.flatMap((constant) => askForItem(inner.operand, inner.operator, constant, options));
    }
    case "comparison":
      return asksOfComparison(inner, options);
    case "call":
      return asksOfCall(inner, options);
    case "field":
      return [{ kind: "value", value: true }];
    default:
      return [];
  }
}

type ItemOperator = "in" | "in~" | ":" | "like" | "like~" | "regex" | "regex~";

function askForItem(
  operand: EqlExpression,
  operator: ItemOperator,
  constant: Scalar | undefined,
  options: EqlOptions,
): readonly Ask[] {
  if (constant === undefined || constant === null) return [];
  if (typeof constant !== "string") return [{ kind: "value", value: constant }];
  const letterCase = operator === "in" || operator === "like" || operator === "regex" ? "exact" : "any";
  if (operator === "regex" || operator === "regex~") {
    if (withoutGroups(operand).kind !== "field") return [];
    const tree = parseRegex(constant, letterCase === "exact" ? "exact" : "ascii");
    if (!tree.ok) return [];
    return [{ kind: "regex", tree: letterCase === "exact" ? tree.value : withCapitals(tree.value) }];
  }
  const isPattern = operator !== "in" && operator !== "in~";
  return asPattern(operand, isPattern ? wildcardPattern(constant) : exactly(constant), letterCase, options);
}

function asPattern(
  operand: EqlExpression,
  pattern: Pattern,
  letterCase: "exact" | "any",
  options: EqlOptions,
): readonly Ask[] {
  const ofField = patternOfField(operand, pattern, options);
  return ofField === undefined ? [] : [{ kind: "pattern", pattern: ofField, letterCase }];
}

const MIRRORED: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

function asksOfComparison(
  { left, right, operator }: EqlExpression & { readonly kind: "comparison" },
  options: EqlOptions,
): readonly Ask[] {
  const [onLeft, onRight] = [constantIn(left, options), constantIn(right, options)];
  if (onLeft !== undefined && onRight !== undefined) return [];
  const constant = onRight ?? onLeft;
  const [operand, seen] = onLeft === undefined ? [left, operator] : [right, MIRRORED[operator] ?? operator];
  if (constant === undefined || constant === null) return asksForPresence(operand, seen, options);
  if (typeof constant === "number") return asksOfNumber(operand, seen, constant, options);
  if (seen !== "==" || typeof constant === "boolean") return [{ kind: "value", value: constant }];
  return [{ kind: "value", value: constant }, ...asPattern(operand, exactly(constant), "exact", options)];
}

/** `indexOf(f, "x") != null` asks for more than a value. */
function asksForPresence(operand: EqlExpression, operator: string, options: EqlOptions): readonly Ask[] {
  const inner = withoutGroups(operand);
  if (operator !== "!=" || inner.kind !== "call" || functionName(inner) !== "indexof") return [];
  return asksOfNumber(inner, ">=", 0, options);
}

function asksOfNumber(
  operand: EqlExpression,
  operator: string,
  constant: number,
  options: EqlOptions,
): readonly Ask[] {
  const inner = withoutGroups(operand);
  if (inner.kind === "field") return [{ kind: "value", value: constant }];
  if (inner.kind !== "call") return solved(inner, constant, options);
  const [source, part] = inner.arguments;
  switch (functionName(inner)) {
    case "length":
      return lengthAsk(operator, constant);
    case "indexof": {
      const wanted = part === undefined ? undefined : constantIn(part, options);
      if (source === undefined || typeof wanted !== "string") return [];
      const before = operator === "==" ? "?".repeat(Math.min(Math.max(constant, 0), MOST_BEFORE)) : "*";
      const pattern = [...wildcardPattern(before), ...exactly(wanted), MANY];
      return asPattern(source, pattern, inner.insensitive ? "any" : "exact", options);
    }
    default:
      return solved(inner, constant, options);
  }
}

/** Where the expression is the constant, if it is a straight line; and near the constant. */
function solved(expression: EqlExpression, constant: number, options: EqlOptions): readonly Ask[] {
  const values: Ask[] = [{ kind: "value", value: constant }];
  const [field, second] = fieldsIn(expression);
  const read = compileValue(expression, options);
  if (field === undefined || second !== undefined || !read.ok) return values;
  const [atZero] = read.value({ [field]: 0 });
  const [atOne] = read.value({ [field]: 1 });
  if (typeof atZero !== "number" || typeof atOne !== "number" || atZero === atOne) return values;
  return [{ kind: "value", value: (constant - atZero) / (atOne - atZero) }, ...values];
}

const MOST_BEFORE = 1000;

function lengthAsk(operator: string, constant: number): readonly Ask[] {
  const whole = Math.floor(constant);
  switch (operator) {
    case "==":
      return [{ kind: "length", least: whole, most: whole }];
    case ">":
      return [{ kind: "length", least: whole + 1, most: undefined }];
    case ">=":
      return [{ kind: "length", least: Math.ceil(constant), most: undefined }];
    case "<":
      return [{ kind: "length", least: 0, most: Math.ceil(constant) - 1 }];
    case "<=":
      return [{ kind: "length", least: 0, most: whole }];
    default:
      return [];
  }
}

function asksOfCall(call: EqlExpression & { readonly kind: "call" }, options: EqlOptions): readonly Ask[] {
  const [source, ...others] = call.arguments;
  if (source === undefined) return [];
  const constants = others.map((one) => constantIn(one, options));
  const [first] = constants;
  const name = functionName(call);
  if (name === "cidrmatch") {
    return constants.flatMap((block): Ask[] => (typeof block === "string" ? [{ kind: "block", block }] : []));
  }
  if (typeof first !== "string") return [];
  const letterCase = call.insensitive ? "any" : "exact";
  switch (name) {
    case "startswith":
      return asPattern(source, [...exactly(first), MANY], letterCase, options);
    case "endswith":
      return asPattern(source, [MANY, ...exactly(first)], letterCase, options);
    case "stringcontains":
      return asPattern(source, [MANY, ...exactly(first), MANY], letterCase, options);
    default:
      return [];
  }
}

/** The texts that an ask allows; undefined if it is not about texts. */
export function textsOf(ask: Ask): RegexNode | undefined {
  switch (ask.kind) {
    case "pattern":
      return regexOf(ask.pattern, ask.letterCase);
    case "regex":
      return ask.tree;
    case "length":
      return { kind: "repeat", item: ANY_CHARACTER, least: Math.max(0, ask.least), most: ask.most };
    case "value":
      return typeof ask.value === "string" ? regexOf(exactly(ask.value), "exact") : undefined;
    case "block":
      return undefined;
  }
}
