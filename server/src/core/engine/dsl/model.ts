/** Queries in Elasticsearch's own JSON, as far as filters of rules use them: what compiling needs and yields. */
import { type Result } from "../../base/result.ts";
import { type Predicate } from "../eql/plan.ts";
import { type JsonObject, type JsonValue } from "../event.ts";
import { type KqlOptions } from "../kql/plan.ts";

/** Half a sentence on what cannot be run: "the query `geo_shape`". */
export type DslRefusal = string;

export type Compiled = Result<Predicate, DslRefusal>;

export interface DslContext {
  readonly options: KqlOptions;
  /** Of the nested scope in which the query stands. */
  readonly path: string | undefined;
}

/** Compiles the body of one kind of query: what stands after `"term":`. */
export type KindCompiler = (context: DslContext, body: JsonValue) => Compiled;

export function compiledAs(value: Predicate): Compiled {
  return { ok: true, value };
}

export function refusedFor(error: DslRefusal): Compiled {
  return { ok: false, error };
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What has no influence on whether a document matches. */
const IDLE: ReadonlySet<string> = new Set(["boost", "_name", "rewrite"]);

/** The entries of a body that mean something. */
export function entriesOf(body: JsonObject): readonly (readonly [string, JsonValue])[] {
  return Object.entries(body).flatMap(([key, value]) =>
    IDLE.has(key) || value === undefined ? [] : [[key, value] as const],
  );
}
