/** What Elasticsearch's verifier says of a query that can be read: everything for which the types of fields are needed. */
import { walk } from "../ast.ts";
import { type FieldTypes } from "../fieldTypes.ts";
import { type EqlAst, type EqlEvent, type EqlExpression, type EqlQuery } from "./ast.ts";
import { childrenOf } from "./children.ts";
import { eqlProblems, type EqlProblem, type EqlProblems } from "./problem.ts";
import { type EqlValue, UNKNOWN, valueOfType } from "./valueTypes.ts";
import { checkArithmetic, checkCall } from "./verifyCalls.ts";
import { checkFieldUse, fieldRelatives, type FieldRelatives, resolveField } from "./verifyFields.ts";
import { checkKeys } from "./verifyKeys.ts";
import { checkCondition, checkLogic } from "./verifyLogic.ts";
import { checkComparison, checkMembership } from "./verifyComparisons.ts";
import { checkMatch } from "./verifyMatches.ts";

export interface EqlVerifyOptions {
  /** The field that the category of an event is compared with: `event.category`. */
  readonly categoryField: string;
}

/** What the parts of the verifier share. */
export interface Verification {
  readonly types: FieldTypes;
  readonly problems: EqlProblems;
  /** What is known of an expression inside of the one that is looked at. */
  valueOf(expression: EqlExpression): EqlValue;
  /** What there is instead of a name that is not mapped. */
  relativesOf(name: string): FieldRelatives;
  /** Inside of a call: works as a script there, which may compare fields. */
  isInCall(node: EqlAst): boolean;
}

/** The values of expressions, for whoever has rules of its own about them. */
export interface EqlTyping {
  readonly problems: readonly EqlProblem[];
  valueOf(expression: EqlExpression): EqlValue;
}

export function verifyEql(
  query: EqlQuery,
  types: FieldTypes,
  options: EqlVerifyOptions,
): readonly EqlProblem[] {
  return typeEql(query, types, options).problems;
}

/** Looks at every node once, children first, without recursion: a query may be nested as deep as its text is long. */
export function typeEql(query: EqlQuery, types: FieldTypes, options: EqlVerifyOptions): EqlTyping {
  const problems = eqlProblems();
  const values = new Map<EqlAst, EqlValue>();
  const inCall = new Set<EqlAst>();
  const valueOf = (expression: EqlExpression): EqlValue => values.get(expression) ?? UNKNOWN;
  const verification: Verification = {
    types,
    problems,
    valueOf,
    relativesOf: fieldRelatives(types),
    isInCall: (node) => inCall.has(node),
  };
  // Arguments of pipes are constants, which the parser has checked.
  const nodes = [...walk<EqlAst>(query.body, childrenOf)];
  for (const node of nodes) {
    if (node.kind === "call" || inCall.has(node)) for (const child of childrenOf(node)) inCall.add(child);
  }
  for (const node of nodes.reverse()) {
    const value = visit(verification, node, options);
    if (value !== undefined) values.set(node, value);
  }
  if (query.body.kind !== "event") checkKeys(verification, query.body);
  return { problems: problems.all(), valueOf };
}

/** The value of an expression; undefined for other nodes. */
function visit(verification: Verification, node: EqlAst, options: EqlVerifyOptions): EqlValue | undefined {
  switch (node.kind) {
    case "event":
      checkCategory(verification, node, options);
      checkCondition(verification, node);
      return undefined;
    case "by":
      for (const key of node.keys) checkFieldUse(verification, key);
      return undefined;
    case "and":
    case "or":
    case "not":
      return checkLogic(verification, node);
    case "comparison":
      return checkComparison(verification, node);
    case "in":
      return checkMembership(verification, node);
    case "match":
      return checkMatch(verification, node);
    case "arithmetic":
    case "sign":
      return checkArithmetic(verification, node);
    case "call":
      return checkCall(verification, node);
    case "field":
      return resolveField(verification, node);
    case "group":
      return verification.valueOf(node.inner);
    case "string":
      return valueOfType("string", true);
    case "number":
      return valueOfType(node.type === "double" ? "decimal" : "integer", true);
    case "boolean":
      return valueOfType("boolean", true);
    case "null":
      return valueOfType("null", true);
    case "relationship":
      return valueOfType("boolean", undefined);
    default:
      return undefined;
  }
}

function checkCategory({ types, problems }: Verification, event: EqlEvent, options: EqlVerifyOptions): void {
  const { category } = event;
  if (category === undefined || category.form === "any" || category.form === "quoted") return;
  if (!types.isComplete || types.get(options.categoryField) !== undefined) return;
  const message = `There is no field \`${options.categoryField}\` to hold the category: write \`any where\``;
  problems.report("unknown-field", category.span, message);
}
