/** KQL as a query of Elasticsearch, built as Kibana builds it for rules. */
import { lazy } from "../../base/lazy.ts";
import { type Result } from "../../base/result.ts";
import { unreachable } from "../../base/unreachable.ts";
import { type Span } from "../../text/span.ts";
import {
  type KqlCondition,
  type KqlIs,
  type KqlLiteral,
  type KqlQuery,
  type KqlRange,
  type KqlValue,
} from "./ast.ts";
import { type DataView, type DataViewField, fieldsNamed, nestedMistakes } from "./dataView.ts";
import { isLoneStar, nullField } from "./literals.ts";
import { RANGE_NAMES } from "./kibanaTree.ts";

export type DslValue = null | boolean | string | number | readonly DslValue[] | DslObject;

export interface DslObject {
  readonly [name: string]: DslValue;
}

/** What Kibana refuses while it builds the query, one sentence for each mistake. */
export interface DslRefusal {
  readonly span: Span;
  readonly messages: readonly string[];
}

/** Without a data view Kibana knows no types, and takes every name as it is written. */
export function kqlDsl({ condition }: KqlQuery, view: DataView | undefined): Result<DslObject, DslRefusal> {
  if (condition === undefined) return built(MATCH_ALL);
  return conditionDsl({ view, path: undefined }, condition);
}

/** Where a condition stands: in which nested scope, if any. */
interface Scope {
  readonly view: DataView | undefined;
  readonly path: string | undefined;
}

type Built = Result<DslObject, DslRefusal>;

const MATCH_ALL: DslObject = { match_all: {} };

function built(value: DslObject): Built {
  return { ok: true, value };
}

function refused(span: Span, ...messages: readonly string[]): Built {
  return { ok: false, error: { span, messages } };
}

function conditionDsl(scope: Scope, condition: KqlCondition): Built {
  switch (condition.kind) {
    case "and":
    case "or":
      return logicDsl(
        condition.kind,
        condition.operands.map((operand) => conditionDsl(scope, operand)),
      );
    case "not":
      return notDsl(conditionDsl(scope, condition.operand));
    case "group":
      return conditionDsl(scope, condition.inner);
    case "text":
      return comparisonDsl(scope, comparedOf(scope, nullField(condition.span)), condition.value);
    case "is":
      return isDsl(scope, condition);
    case "range":
      return rangeDsl(scope, condition);
    case "nested": {
      if (condition.field.kind === "hole") return incomplete(condition.span);
      const path = inScope(scope, condition.field.text);
      const inner = conditionDsl({ ...scope, path }, condition.inner);
      return inner.ok ? built(nestedDsl(path, inner.value)) : inner;
    }
    case "invalid":
    case "hole":
      return incomplete(condition.span);
    default:
      return unreachable(condition);
  }
}

function incomplete(span: Span): Built {
  return refused(span, "The query is incomplete");
}

function logicDsl(kind: "and" | "or", operands: readonly Built[]): Built {
  const queries: DslObject[] = [];
  for (const operand of operands) {
    if (!operand.ok) return operand;
    queries.push(operand.value);
  }
  return built(kind === "and" ? { bool: { filter: queries } } : anyOf(queries));
}

function notDsl(operand: Built): Built {
  return operand.ok ? built({ bool: { must_not: operand.value } }) : operand;
}

function anyOf(queries: readonly DslObject[]): DslObject {
  return { bool: { should: queries, minimum_should_match: 1 } };
}

function nestedDsl(path: string, query: DslObject): DslObject {
  return { nested: { path, query, score_mode: "none" } };
}

function inScope({ path }: Scope, name: string): string {
  return path === undefined ? name : `${path}.${name}`;
}

function freeTextDsl(value: KqlLiteral): DslObject {
  if (value.type === "wildcard") return { query_string: { query: queryString(value) } };
  const type = value.form === "quoted" ? "phrase" : "best_fields";
  return { multi_match: { type, query: plainValue(value), lenient: true } };
}

function isDsl(scope: Scope, { field, value, span }: KqlIs): Built {
  if (field.kind === "hole") return incomplete(span);
  return valueDsl(scope, comparedOf(scope, field), value);
}

interface Compared {
  readonly field: KqlLiteral;
  /** Asked for by each value that is compared with them. */
  readonly fields: () => Result<readonly DataViewField[], DslRefusal>;
}

function comparedOf(scope: Scope, field: KqlLiteral): Compared {
  return { field, fields: lazy(() => fieldsOf(scope, field)) };
}

/** Of a list every value becomes a comparison of its own. */
function valueDsl(scope: Scope, compared: Compared, value: KqlValue): Built {
  switch (value.kind) {
    case "and":
    case "or":
      return logicDsl(
        value.kind,
        value.operands.map((operand) => valueDsl(scope, compared, operand)),
      );
    case "not":
      return notDsl(valueDsl(scope, compared, value.operand));
    case "group":
      return valueDsl(scope, compared, value.inner);
    case "literal":
      return comparisonDsl(scope, compared, value);
    case "invalid":
    case "hole":
      return incomplete(value.span);
    default:
      return unreachable(value);
  }
}

function comparisonDsl(scope: Scope, { field, fields: fieldsIn }: Compared, value: KqlLiteral): Built {
  // Before any field is looked for, be it in the braces of a nested field or not.
  if (isLoneStar(value) && isLoneStar(field)) return built(MATCH_ALL);
  if (field.type === "null" && scope.path === undefined) return built(freeTextDsl(value));
  const fields = fieldsIn();
  if (!fields.ok) return fields;
  return built(anyOf(fields.value.map((one) => wrapped(scope, field, one, fieldDsl(one, value)))));
}

function fieldDsl({ name, type, esTypes }: DataViewField, value: KqlLiteral): DslObject {
  const isKeyword = esTypes.length === 1 && esTypes[0] === "keyword";
  if (isLoneStar(value)) return { exists: { field: name } };
  if (value.type === "wildcard") {
    return isKeyword
      ? { wildcard: { [name]: { value: queryString(value) } } }
      : { query_string: { fields: [name], query: queryString(value) } };
  }
  const plain = plainValue(value);
  if (type === "date") return { range: { [name]: { gte: plain, lte: plain } } };
  if (isKeyword) return { term: { [name]: { value: plain } } };
  return value.form === "quoted" ? { match_phrase: { [name]: plain } } : { match: { [name]: plain } };
}

function rangeDsl(scope: Scope, { field, value, operator, span }: KqlRange): Built {
  if (field.kind === "hole" || value.kind !== "literal") return incomplete(span);
  const fields = fieldsOf(scope, field);
  if (!fields.ok) return fields;
  const limit = { [RANGE_NAMES[operator]]: plainValue(value) };
  return built(
    anyOf(fields.value.map((one) => wrapped(scope, field, one, { range: { [one.name]: limit } }))),
  );
}

/** A pattern may cover nested fields, for which authors need no braces. */
function wrapped(
  scope: Scope,
  field: KqlLiteral,
  { nestedPath }: DataViewField,
  query: DslObject,
): DslObject {
  const isOutside = scope.path === undefined && field.type === "wildcard" && nestedPath !== undefined;
  return isOutside ? nestedDsl(nestedPath, query) : query;
}

function fieldsOf(scope: Scope, field: KqlLiteral): Result<readonly DataViewField[], DslRefusal> {
  const name = inScope(scope, field.text);
  const isPattern = field.type === "wildcard";
  const pieces = field.pieces.map((piece, i) => (i === 0 ? inScope(scope, piece) : piece));
  const fields = fieldsNamed(scope.view, pieces);
  const mistakes = isPattern && scope.path === undefined ? [] : nestedMistakes(fields, scope.path);
  if (mistakes.length !== 0) return { ok: false, error: { span: field.span, messages: mistakes } };
  // What the data view does not know is sent as it is written.
  const asWritten: DataViewField = { name, type: "", esTypes: [], nestedPath: undefined };
  return { ok: true, value: fields.length === 0 ? [asWritten] : fields };
}

function plainValue({ type, text }: KqlLiteral): DslValue {
  if (type === "null") return null;
  return type === "boolean" ? text === "true" : text;
}

/** The text between wildcards as `query_string` reads it; Kibana writes patterns of `wildcard` in the same way. */
function queryString({ pieces }: KqlLiteral): string {
  return pieces.map((piece) => piece.replace(/[+\-=&|><!(){}[\]^"~*?:\\/]/g, "\\$&")).join("*");
}
