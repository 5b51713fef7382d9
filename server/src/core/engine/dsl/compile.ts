/** Runs a query in Elasticsearch's own JSON on documents, as far as filters of rules use such queries. */
import { type Result } from "../../base/result.ts";
import { targetNamed } from "../../query/kql/fieldTargets.ts";
import { type Predicate } from "../eql/plan.ts";
import { type JsonObject, type JsonValue } from "../event.ts";
import { nestedObjects } from "../kql/nestedObjects.ts";
import { type KqlOptions } from "../kql/plan.ts";
import {
  compileExists,
  compileMatch,
  compileMatchPhrase,
  compilePrefix,
  compileRange,
  compileRegexp,
  compileTerm,
  compileTerms,
  compileWildcard,
} from "./fieldQueries.ts";
import {
  type Compiled,
  compiledAs,
  type DslContext,
  type DslRefusal,
  entriesOf,
  isObject,
  type KindCompiler,
  refusedFor,
} from "./model.ts";

/** Does a document match the query? What is not known here is refused, as the answer would be a guess. */
export function compileDsl(query: JsonValue, options: KqlOptions): Result<Predicate, DslRefusal> {
  return compiled({ options, path: undefined }, query, 0);
}

/** Nobody nests so deep, and a call for each level must fit on the stack. */
const MOST_LEVELS = 200;

function compiled(context: DslContext, query: JsonValue, level: number): Compiled {
  if (!isObject(query)) return refusedFor("a query that is no object");
  if (MOST_LEVELS < level) return refusedFor("a query of so many levels");
  const [entry, ...others] = Object.entries(query);
  if (entry?.[1] === undefined || others.length !== 0) return refusedFor("a query of other than one kind");
  const [kind, body] = entry;
  switch (kind) {
    case "bool":
      return compileBool(context, body, level);
    case "nested":
      return compileNested(context, body, level);
    case "constant_score":
      return isObject(body)
        ? compiled(context, body["filter"] ?? null, level + 1)
        : refusedFor("`constant_score` without a filter");
    default:
      return KINDS.get(kind)?.(context, body) ?? refusedFor(`the query \`${kind}\``);
  }
}

const KINDS: ReadonlyMap<string, KindCompiler> = new Map<string, KindCompiler>([
  ["match_all", () => compiledAs(() => true)],
  ["match_none", () => compiledAs(() => false)],
  ["exists", compileExists],
  ["term", compileTerm],
  ["terms", compileTerms],
  ["match", compileMatch],
  ["match_phrase", compileMatchPhrase],
  ["range", compileRange],
  ["wildcard", compileWildcard],
  ["prefix", compilePrefix],
  ["regexp", compileRegexp],
]);

const OCCURRENCES: ReadonlySet<string> = new Set(["must", "filter", "should", "must_not"]);

function compileBool(context: DslContext, body: JsonValue, level: number): Compiled {
  if (!isObject(body)) return refusedFor("`bool` without clauses");
  const groups = new Map<string, readonly Predicate[]>();
  let fewest: number | undefined;
  for (const [name, value] of entriesOf(body)) {
    if (name === "minimum_should_match") {
      fewest = countOf(value);
      if (fewest === undefined) return refusedFor(`\`minimum_should_match\` of \`${String(value)}\``);
    } else if (OCCURRENCES.has(name)) {
      const clauses = compiledList(context, value, level);
      if (!clauses.ok) return clauses;
      groups.set(name, clauses.value);
    } else return refusedFor(`\`${name}\` of a \`bool\``);
  }
  const all = [...(groups.get("must") ?? []), ...(groups.get("filter") ?? [])];
  const none = groups.get("must_not") ?? [];
  const some = groups.get("should") ?? [];
  if (all.length + none.length + some.length === 0) return compiledAs(() => true);
  // Beside others that must hold, those that should need not.
  const least = fewest ?? (some.length === 0 || all.length !== 0 ? 0 : 1);
  return compiledAs(
    (document) =>
      all.every((holds) => holds(document)) &&
      !none.some((holds) => holds(document)) &&
      hasSo(document, some, least),
  );
}

function countOf(value: JsonValue): number | undefined {
  const text = typeof value === "number" || typeof value === "string" ? String(value) : "";
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function hasSo(document: JsonObject, predicates: readonly Predicate[], least: number): boolean {
  let count = 0;
  for (const holds of predicates) {
    if (least <= count) return true;
    if (holds(document)) count++;
  }
  return least <= count;
}

function compiledList(
  context: DslContext,
  value: JsonValue,
  level: number,
): Result<readonly Predicate[], DslRefusal> {
  const queries = Array.isArray(value) ? (value as readonly JsonValue[]) : [value]; // Just checked.
  const predicates: Predicate[] = [];
  for (const query of queries) {
    const predicate = compiled(context, query, level + 1);
    if (!predicate.ok) return predicate;
    predicates.push(predicate.value);
  }
  return { ok: true, value: predicates };
}

function compileNested(context: DslContext, body: JsonValue, level: number): Compiled {
  const path = isObject(body) ? body["path"] : undefined;
  if (!isObject(body) || typeof path !== "string") return refusedFor("`nested` without a path");
  const { types } = context.options;
  const type = targetNamed(types, path).type;
  if (type !== "nested" && (type !== undefined || types.isComplete))
    return refusedFor(`\`nested\` of \`${path}\`, which is no nested field`);
  const inner = compiled({ ...context, path }, body["query"] ?? null, level + 1);
  if (!inner.ok) return inner;
  const holds = inner.value;
  const outer = context.path;
  const objectsIn = nestedObjects(outer === undefined ? path : path.slice(outer.length + 1));
  return compiledAs((document) => objectsIn(document).some(holds));
}
