/** Kibana's filters as goals, as far as they ask one field for values; of others nothing is asked, and the run tells. */
import { compileDsl } from "../../../engine/dsl/compile.ts";
import { type JsonObject, type JsonValue, isObject } from "../../../engine/event.ts";
import { type KqlOptions } from "../../../engine/kql/plan.ts";
import { type Present } from "../../../engine/value.ts";
import { type Span } from "../../../text/span.ts";
import { type Ask } from "../asks.ts";
import { type Goal } from "../goals.ts";
import { wildcardPattern } from "../pattern.ts";

/** `span`: that of the whole query, which is not about filters. */
export function goalOfDsl(
  query: JsonObject,
  options: KqlOptions,
  span: Span,
  isWanted = true,
): Goal | undefined {
  const [kind = "", body] = Object.entries(query)[0] ?? [];
  if (!isObject(body)) return undefined;
  if (kind === "bool") return goalOfBool(body, options, span, isWanted);
  const [entry] = Object.entries(body);
  const field = kind === "exists" ? body["field"] : entry?.[0];
  if (typeof field !== "string" || !KINDS.has(kind)) return undefined;
  const compiled = compileDsl(query, options);
  if (!compiled.ok) return undefined;
  const asks = kind === "exists" ? [] : asksOf(kind, entry?.[1]);
  return {
    kind: "literal",
    expression: { kind: "atom", span, asks, holds: compiled.value },
    isWanted,
    event: 0,
    fields: [field],
    span,
    prefersValue: false,
  };
}

const KINDS: ReadonlySet<string> = new Set([
  "exists",
  "term",
  "terms",
  "match",
  "match_phrase",
  "prefix",
  "wildcard",
  "range",
]);

function goalOfBool(body: JsonObject, options: KqlOptions, span: Span, isWanted: boolean): Goal | undefined {
  const goals = (name: string, wanted: boolean): readonly (Goal | undefined)[] =>
    listOf(body[name]).map((one) => (isObject(one) ? goalOfDsl(one, options, span, wanted) : undefined));
  const must = [...goals("must", isWanted), ...goals("filter", isWanted), ...goals("must_not", !isWanted)];
  const should = goals("should", isWanted);
  if (must.includes(undefined) || should.includes(undefined)) return undefined;
  const known = (some: readonly (Goal | undefined)[]): readonly Goal[] =>
    some.filter((goal) => goal !== undefined);
  const choice: Goal = { kind: isWanted ? "any" : "all", span, parts: known(should) };
  const parts = [...known(must), ...(should.length === 0 ? [] : [choice])];
  return { kind: isWanted ? "all" : "any", span, parts };
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value]; // Just checked.
}

function asksOf(kind: string, given: JsonValue | undefined): readonly Ask[] {
  if (kind === "terms")
    return listOf(given)
      .filter(isPresent)
      .map((value) => ({ kind: "value", value }));
  if (kind === "range") return isObject(given) ? Object.values(given).filter(isPresent).map(valueAsk) : [];
  const value = isObject(given) ? (given["value"] ?? given["query"] ?? given["wildcard"]) : given;
  if (!isPresent(value)) return [];
  if (kind === "prefix")
    return [{ kind: "pattern", pattern: wildcardPattern(`${String(value)}*`), letterCase: "exact" }];
  if (kind !== "wildcard") return [valueAsk(value)];
  const pattern = wildcardPattern(String(value).replace(/\\([^])/g, "$1"));
  return [{ kind: "pattern", pattern, letterCase: "exact" }];
}

function valueAsk(value: Present): Ask {
  return { kind: "value", value };
}

function isPresent(value: JsonValue | undefined): value is Present {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
