/** What Kibana or Elasticsearch refuses of a query that can be read, as far as the types of fields tell. */
import { type FieldTypes } from "../fieldTypes.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { type QueryProblem } from "../language.ts";
import { type Fix } from "../../text/edit.ts";
import { type Span, textAt } from "../../text/span.ts";
import { unreachable } from "../../base/unreachable.ts";
import { type KqlCondition, type KqlIs, type KqlLiteral, type KqlRange, type KqlValue } from "./ast.ts";
import { type FieldTarget, isMisplaced, targetNamed, targetsOf } from "./fieldTargets.ts";
import { isLoneStar } from "./literals.ts";
import { type KqlParse } from "./parse.ts";
import { type Asked, refusalOf } from "./valueTypes.ts";

/** Classes of mistakes for which field types are needed. */
export type KqlProblemKind =
  /** A value that a field of its type cannot be asked for. */
  | "type"
  /** A nested field outside the braces of its path, or another one inside. */
  | "nested";

export interface KqlProblem extends QueryProblem {
  readonly kind: KqlProblemKind;
}

/** More problems than this help nobody. */
const MOST_PROBLEMS = 50;

const SEARCH_FOR_NULL = "Elasticsearch cannot search for `null`";

/** In the order of the text. Of fields that the mapping does not have nothing is said: they never match. */
export function verifyKql(
  { text, ast }: Pick<KqlParse, "text" | "ast">,
  types: FieldTypes,
): readonly KqlProblem[] {
  if (ast.condition === undefined) return [];
  const verifying: Verifying = { text, types, problems: [] };
  verifyCondition(verifying, ast.condition, undefined);
  return verifying.problems;
}

interface Verifying {
  readonly text: string;
  readonly types: FieldTypes;
  readonly problems: KqlProblem[];
}

function report(
  { problems }: Verifying,
  kind: KqlProblemKind,
  span: Span,
  message: string,
  fixes: readonly Fix[] = [],
): void {
  if (problems.length < MOST_PROBLEMS) problems.push({ kind, span, message, fixes });
}

function verifyCondition(verifying: Verifying, condition: KqlCondition, path: string | undefined): void {
  switch (condition.kind) {
    case "and":
    case "or":
      for (const operand of condition.operands) verifyCondition(verifying, operand, path);
      return;
    case "not":
      return verifyCondition(verifying, condition.operand, path);
    case "group":
      return verifyCondition(verifying, condition.inner, path);
    case "is":
      return verifyIs(verifying, condition, path);
    case "range":
      return verifyRange(verifying, condition, path);
    case "nested": {
      const { field, inner } = condition;
      if (field.kind === "hole") return;
      const name = path === undefined ? field.text : `${path}.${field.text}`;
      if (verifyPath(verifying, name, field.span)) verifyCondition(verifying, inner, name);
      return;
    }
    case "text":
      if (condition.value.type === "null") report(verifying, "type", condition.span, SEARCH_FOR_NULL);
      return;
    case "invalid":
    case "hole":
      return;
    default:
      return unreachable(condition);
  }
}

/** Braces stand after nested fields alone. */
function verifyPath(verifying: Verifying, name: string, span: Span): boolean {
  const { types } = verifying;
  const { type } = targetNamed(types, name);
  // Of an object that only a schema names, an index may make a nested field.
  const isOpen = (type === undefined || type === "object") && !types.isComplete;
  if (type === "nested" || isOpen) return true;
  const what = type === undefined ? "no field of the mapping" : `of the type ${type}`;
  report(verifying, "nested", span, `Braces stand after a nested field, and \`${name}\` is ${what}`);
  return false;
}

function verifyIs(verifying: Verifying, { field, value, span }: KqlIs, path: string | undefined): void {
  if (field.kind === "hole") return;
  // Kibana asks for all documents before it looks at any field.
  if (isLoneStar(field) && isOnlyStar(value)) return;
  // The field `null` is none: its value is free text. In braces the path stands before it.
  const targets = field.type === "null" && path === undefined ? [] : targetsOf(verifying.types, field, path);
  if (verifyPlaces(verifying, field, targets, path)) verifyValue(verifying, { targets, field, span }, value);
}

function isOnlyStar(value: KqlValue): boolean {
  return value.kind === "group" ? isOnlyStar(value.inner) : value.kind === "literal" && isLoneStar(value);
}

interface Compared {
  readonly targets: readonly FieldTarget[];
  readonly field: KqlLiteral;
  /** Of the whole comparison. */
  readonly span: Span;
}

function verifyValue(verifying: Verifying, compared: Compared, value: KqlValue): void {
  switch (value.kind) {
    case "and":
    case "or":
      for (const operand of value.operands) verifyValue(verifying, compared, operand);
      return;
    case "not":
      return verifyValue(verifying, compared, value.operand);
    case "group":
      return verifyValue(verifying, compared, value.inner);
    case "literal":
      if (value.type === "null") return reportNull(verifying, compared, value);
      if (isLoneStar(value)) return;
      return reportRefusal(verifying, compared.targets, value, value.type === "wildcard" ? "wildcard" : "is");
    case "invalid":
    case "hole":
      return;
    default:
      return unreachable(value);
  }
}

function reportNull(verifying: Verifying, { field, span }: Compared, value: KqlLiteral): void {
  if (field.type === "null") return report(verifying, "type", value.span, SEARCH_FOR_NULL);
  const name = textAt(verifying.text, field.span);
  const isOnlyValue = span.end === value.span.end;
  const fix = asGuess(replaceWith(span, `not ${name}:*`, "Ask for a missing field"));
  const message = "Elasticsearch compares nothing with `null`";
  report(verifying, "type", value.span, message, isOnlyValue ? [fix] : []);
}

function verifyRange(verifying: Verifying, { field, value }: KqlRange, path: string | undefined): void {
  if (field.kind === "hole" || value.kind !== "literal") return;
  const targets = targetsOf(verifying.types, field, path);
  if (verifyPlaces(verifying, field, targets, path)) reportRefusal(verifying, targets, value, "range");
}

/** Kibana wraps nested fields itself where a pattern outside of braces covers them. */
function verifyPlaces(
  verifying: Verifying,
  field: KqlLiteral,
  targets: readonly FieldTarget[],
  path: string | undefined,
): boolean {
  if (field.type === "wildcard" && path === undefined) return true;
  const misplaced = targets.find((target) => isMisplaced(target, path));
  if (misplaced === undefined) return true;
  report(verifying, "nested", field.span, misplacedMessage(misplaced, path));
  return false;
}

function misplacedMessage({ name, nestedIn }: FieldTarget, path: string | undefined): string {
  if (nestedIn === undefined)
    return `\`${name}\` is no nested field, and cannot stand in the braces of \`${path ?? ""}\``;
  return `\`${name}\` is a nested field, and stands in the braces of \`${nestedIn}:{ … }\` only`;
}

/** `KeyedFlattenedFieldType` wants a lower and an upper limit in one range, which KQL cannot write. */
const KEY_RANGE = "Elasticsearch takes no range with one limit";

/** Of a pattern every field must take the value. */
function reportRefusal(
  verifying: Verifying,
  targets: readonly FieldTarget[],
  value: KqlLiteral,
  asked: Asked,
): void {
  for (const { name, type, mapped } of targets) {
    // In all keys of a flattened field at once patterns find what they find in a keyword.
    if (type === "flattened" && mapped !== undefined && asked === "wildcard") continue;
    const isKeyRange = type === "flattened" && mapped === undefined && asked === "range";
    const refusal = isKeyRange ? KEY_RANGE : refusalOf(type, value, asked);
    if (refusal !== undefined)
      return report(
        verifying,
        "type",
        value.span,
        `${refusal}, and \`${name}\` is of the type ${type ?? ""}`,
      );
  }
}
