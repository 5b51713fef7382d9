/** Field schemas: which fields there are, of which type, and which name was probably meant. */
import { distance } from "fastest-levenshtein";

export interface FieldInfo {
  readonly name: string;
  /** Elasticsearch type, such as `keyword`. */
  readonly type: string;
  /** The schema asks for a list of values. */
  readonly isList: boolean;
  /** Values the schema allows; where there are none, all are allowed. */
  readonly allowedValues: readonly string[];
  /** The field that this is another index of, such as `process.name` for `process.name.text`. */
  readonly multiFieldOf: string | undefined;
}

export interface FieldCatalog {
  /** Name and version for people: "ECS 9.4.0". */
  readonly source: string;
  readonly size: number;
  get(name: string): FieldInfo | undefined;
  startingWith(prefix: string): Iterable<FieldInfo>;
  /** Names within two typing mistakes, nearest first. */
  closest(name: string, limit: number): readonly FieldInfo[];
}

/** The shape of `data/ecs/<version>.fields.json`. */
export interface FieldData {
  readonly name: string;
  readonly version: string;
  readonly fields: Readonly<Record<string, FieldDatum>>;
}

/** A type alone, or a type with `l` list, `m` multi-fields (name to type) and `v` allowed values. */
export type FieldDatum =
  | string
  | {
      readonly t: string;
      readonly l?: true;
      readonly m?: Readonly<Record<string, string>>;
      readonly v?: readonly string[];
    };

export function fieldCatalog(data: FieldData): FieldCatalog {
  const fields = new Map<string, FieldInfo>();
  for (const [name, datum] of Object.entries(data.fields)) {
    const full = typeof datum === "string" ? { t: datum } : datum;
    fields.set(name, fieldInfo(name, full.t, full.l ?? false, full.v ?? [], undefined));
    for (const [suffix, type] of Object.entries(full.m ?? {})) {
      fields.set(`${name}.${suffix}`, fieldInfo(`${name}.${suffix}`, type, false, [], name));
    }
  }
  const nearest = nearestIndex([...fields.keys()]);
  return {
    source: `${data.name} ${data.version}`,
    size: fields.size,
    get: (name) => fields.get(name),
    *startingWith(prefix) {
      for (const field of fields.values()) if (field.name.startsWith(prefix)) yield field;
    },
    closest: (name, limit) => nearest(name, limit).flatMap((found) => fields.get(found) ?? []),
  };
}

function fieldInfo(
  name: string,
  type: string,
  isList: boolean,
  allowedValues: readonly string[],
  multiFieldOf: string | undefined,
): FieldInfo {
  return { name, type, isList, allowedValues, multiFieldOf };
}

const MAX_DISTANCE = 2;

/** Finds names within two edits. Letter counts rule most names out before the real distance is computed. */
function nearestIndex(names: readonly string[]): (name: string, limit: number) => readonly string[] {
  const counts = names.map(letterCounts);
  const known = new Map<string, readonly string[]>();
  return (name, limit) => {
    const cached = known.get(name);
    if (cached !== undefined) return cached.slice(0, limit);
    const wanted = letterCounts(name);
    const found: { readonly name: string; readonly distance: number }[] = [];
    names.forEach((candidate, i) => {
      if (MAX_DISTANCE < Math.abs(candidate.length - name.length)) return;
      if (!mayBeNear(wanted, counts[i] ?? wanted)) return;
      if (distance(name, candidate) <= MAX_DISTANCE && isLikelyTypo(name, candidate)) {
        found.push({ name: candidate, distance: distance(name, candidate) });
      }
    });
    found.sort((a, b) => a.distance - b.distance);
    const nearest = found.map((one) => one.name);
    if (1000 <= known.size) known.clear();
    known.set(name, nearest);
    return nearest.slice(0, limit);
  };
}

/**
 * Short names are near to many others by chance: each part of the name must be near for its length.
 * A part of 6 letters may have two mistakes, one of 4 or 5 letters one, a shorter one none. Swapped letters are one mistake.
 */
function isLikelyTypo(name: string, candidate: string): boolean {
  const written = name.split(".");
  const known = candidate.split(".");
  // A dot too many or too few is the mistake itself.
  if (written.length !== known.length) return name.replaceAll(".", "") === candidate.replaceAll(".", "");
  return known.every((part, i) => {
    const other = written[i] ?? "";
    if (part === other) return true;
    const allowed = part.length < 4 ? 0 : part.length < 6 ? 1 : 2;
    return (isSwapped(other, part) ? 1 : distance(other, part)) <= allowed;
  });
}

function isSwapped(written: string, known: string): boolean {
  if (written.length !== known.length) return false;
  const at = [...known].findIndex((letter, i) => letter !== written[i]);
  const swapped = `${written.slice(0, at)}${written.charAt(at + 1)}${written.charAt(at)}${written.slice(at + 2)}`;
  return swapped === known;
}

const LETTERS = 32;

function letterCounts(name: string): Int8Array {
  const counts = new Int8Array(LETTERS);
  for (let i = 0; i < name.length; i++) {
    const slot = name.charCodeAt(i) % LETTERS;
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
}

/** One edit changes the counts by two at most. */
function mayBeNear(a: Int8Array, b: Int8Array): boolean {
  let difference = 0;
  for (let i = 0; i < LETTERS; i++) difference += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return difference <= 2 * MAX_DISTANCE;
}

/** What a schema says of a field beyond its type; loaded at the first hover. */
export interface FieldDocs {
  get(name: string): FieldDoc | undefined;
}

export interface FieldDoc {
  readonly description: string;
  readonly example: string | undefined;
  /** Allowed values with what they mean. */
  readonly values: ReadonlyMap<string, string>;
}

/** The shape of `data/ecs/<version>.docs.json`: texts are stored once and named by index. */
export interface FieldDocsData {
  readonly texts: readonly string[];
  /** Per field: index of the description, then the example if there is one. */
  readonly fields: Readonly<Record<string, readonly [number] | readonly [number, string]>>;
  readonly values: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export function fieldDocs(data: FieldDocsData): FieldDocs {
  const text = (index: number): string => data.texts[index] ?? "";
  return {
    get(name) {
      const field = data.fields[name];
      if (field === undefined) return undefined;
      const values = Object.entries(data.values[name] ?? {}).map(
        ([value, index]) => [value, text(index)] as const,
      );
      return { description: text(field[0]), example: field[1], values: new Map(values) };
    },
  };
}
