/** The values of fields as Elasticsearch groups events by them. */
import { type Result } from "../../base/result.ts";
import { parseTimestamp } from "../../engine/eql/timestamp.ts";
import { type JsonObject } from "../../engine/event.ts";
import { canonicalAddress } from "../../engine/ip.ts";
import { isSeveral, readerOf } from "../../engine/kql/fields.ts";
import { numberOf } from "../../engine/kql/numbers.ts";
import { existenceTest } from "../../engine/kql/valueTests.ts";
import { momentText, type Present, readBoolean } from "../../engine/value.ts";
import { type FieldTypes } from "../../query/fieldTypes.ts";
import { targetNamed } from "../../query/kql/fieldTargets.ts";
import { familyOf } from "../../query/kql/valueTypes.ts";
import { type Span } from "../../text/span.ts";
import { type Refusal } from "./prepared.ts";

/** One value of a field. */
export type Term = Present;

/** The value that a document has in a field, or two and more different ones. */
export type FieldTerms = Term | readonly Term[];

/** Undefined if the document has no value in the field. */
export type TermReader = (document: JsonObject) => FieldTerms | undefined;

/** A field of which the values are terms. `span`: where the rule names it. */
export function termReader(
  types: FieldTypes,
  name: string,
  span: Span | undefined,
): Result<TermReader, Refusal> {
  const target = targetNamed(types, name);
  if (familyOf(target.type) === "text") {
    const reason = `Elasticsearch groups nothing by \`${name}\`, which is of the type ${target.type ?? ""}`;
    return { ok: false, error: { kind: "broken", reason, span } };
  }
  const read = readerOf(types, target, undefined);
  const termOf = termOfType(target.type);
  return {
    ok: true,
    value: (document) => {
      const values = read(document);
      if (values === null) return undefined;
      return isSeveral(values) ? distinct(values, termOf) : termOf(values);
    },
  };
}

function distinct(
  values: readonly Present[],
  termOf: (value: Present) => Term | undefined,
): FieldTerms | undefined {
  const terms: Term[] = [];
  const known = new Set<string>();
  for (const value of values) {
    const term = termOf(value);
    if (term === undefined || known.has(termKey(term))) continue;
    known.add(termKey(term));
    terms.push(term);
  }
  return 1 < terms.length ? terms : terms[0];
}

export function listOfTerms(terms: FieldTerms | undefined): readonly Term[] {
  if (terms === undefined) return [];
  return isSeveral(terms) ? terms : [terms];
}

/** Equal for terms that are the same to Elasticsearch: a keyword holds the number 1 as the text does. */
export function termKey(term: Term): string {
  return typeof term === "string" ? term : String(term);
}

/** Of a value that the type cannot hold there is no term. */
function termOfType(type: string | undefined): (value: Present) => Term | undefined {
  switch (familyOf(type)) {
    case "integer":
    case "decimal":
      return (value) => {
        const number = numberOf(type, value);
        return Number.isNaN(number) ? undefined : number;
      };
    case "boolean":
      return (value) => (value === "" ? false : readBoolean(value));
    case "ip":
      return (value) => (typeof value === "string" ? canonicalAddress(value) : undefined);
    case "date":
      return (value) => {
        const moment = parseTimestamp(value)?.milliseconds;
        return moment === undefined ? undefined : momentText(moment);
      };
    case "holder":
      return () => undefined;
    default: {
      const isIndexed = existenceTest(type);
      const isKeyword = type !== undefined;
      return (value) => (isIndexed(value) ? (isKeyword ? String(value) : value) : undefined);
    }
  }
}

/** A value for each field of some. */
export type TermTuple = readonly Term[];

/**
 * Every combination of the values of the fields; undefined if there are too many. None if a field has no value.
 */
export function tuplesOf(
  readers: readonly TermReader[],
  document: JsonObject,
): readonly TermTuple[] | undefined {
  const single: Term[] = [];
  for (const read of readers) {
    const terms = read(document);
    if (terms === undefined) return NO_TUPLES;
    if (isSeveral(terms)) return combinations(readers, document);
    single.push(terms);
  }
  return [single];
}

function combinations(
  readers: readonly TermReader[],
  document: JsonObject,
): readonly TermTuple[] | undefined {
  const lists = readers.map((read) => listOfTerms(read(document)));
  const count = lists.reduce((product, terms) => product * terms.length, 1);
  if (MOST_TUPLES < count) return undefined;
  return lists.reduce<readonly TermTuple[]>(
    (tuples, terms) => tuples.flatMap((tuple) => terms.map((term) => [...tuple, term])),
    [[]],
  );
}

const NO_TUPLES: readonly TermTuple[] = [];

/** An event with more is none that anybody would write. */
const MOST_TUPLES = 10_000;

/** What belongs to tuples, by their terms. */
export interface TupleTable<T> {
  get(tuple: TermTuple): T | undefined;
  /** For a tuple for which there is nothing yet. */
  add(tuple: TermTuple, value: T): void;
  /** In the order in which they came. */
  values(): readonly T[];
}

/** A map for each field: no keys need be made of several terms. All tuples of a table are of one length. */
interface Level<T> {
  readonly next: Map<string, Level<T>>;
  readonly last: Map<string, T>;
}

export function tupleTable<T>(): TupleTable<T> {
  const root: Level<T> = { next: new Map(), last: new Map() };
  const values: T[] = [];
  return {
    get(tuple) {
      let level: Level<T> | undefined = root;
      for (let i = 0; level !== undefined && i < tuple.length - 1; i++)
        level = level.next.get(keyAt(tuple, i));
      return level?.last.get(keyAt(tuple, tuple.length - 1));
    },
    add(tuple, value) {
      let level = root;
      for (let i = 0; i < tuple.length - 1; i++) {
        const key = keyAt(tuple, i);
        let below = level.next.get(key);
        if (below === undefined) level.next.set(key, (below = { next: new Map(), last: new Map() }));
        level = below;
      }
      level.last.set(keyAt(tuple, tuple.length - 1), value);
      values.push(value);
    },
    values: () => values,
  };
}

/** The tuple of no fields is one, too. */
function keyAt(tuple: TermTuple, i: number): string {
  const term = tuple[i];
  return term === undefined ? "" : termKey(term);
}

/** For messages: "`user.name` `bob` and `source.ip` `10.0.0.1`". */
export function tupleText(fields: readonly string[], tuple: TermTuple): string {
  const parts = fields.map((field, i) => `\`${field}\` \`${String(tuple[i] ?? "")}\``);
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}
