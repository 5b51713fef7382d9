/** What the packaged data alone knows of a field name: ECS, our tables of other fields, and what looks like a mistake in either. */
import { lazy } from "../base/lazy.ts";
import { isOtherRoot } from "./dataSources.ts";
import { isOpenInEcs, isSentBesideEcs } from "./ecsExtensions.ts";
import { wildcardMatcher } from "./fieldPattern.ts";
import { type FieldCatalog } from "./fields.ts";
import { rootOf } from "./nameParts.ts";
import { type NameIndex, nameIndex } from "./nearest.ts";
import { type VendorFields } from "./vendorFields.ts";

export type EmbeddedAnswer =
  /** `type` is undefined where the names are free, or where a pattern stands for fields of several types. */
  | { readonly kind: "known"; readonly type: string | undefined; readonly source: string }
  /** `near`: nearly a known name. `closed`: in a field set of ECS that has no other fields. `object`: no field, but one part of known names. */
  | { readonly kind: "unknown"; readonly reason: "near" | "closed" | "object" }
  | { readonly kind: "unverified" };

export interface EmbeddedFields {
  answer(name: string): EmbeddedAnswer;
  /** Of a field that is known by its name. */
  typeOf(name: string): string | undefined;
  /** True if its first part is a field set of ECS. */
  isInEcsSet(name: string): boolean;
  /** True if nearly the same name is known, or one with another inner part: a weaker sign than `answer` goes by. */
  looksMistaken(name: string): boolean;
  /** True if the first part of the name stands in no name that any data source we know of has. */
  isStrange(name: string): boolean;
  /** Packages of which our tables have fields. */
  packages(): ReadonlySet<string>;
  names(): Iterable<string>;
  readonly index: () => NameIndex;
}

/** Answers that are kept: the next check asks for the same names. */
const MOST_KEPT = 1000;

/** What the packaged tables say, and what is worked out from all their names together. */
interface Tables {
  readonly catalog: FieldCatalog;
  readonly vendorFields: VendorFields | undefined;
  readonly names: () => Iterable<string>;
  readonly index: () => NameIndex;
  /** Everything that stands before a dot of a name. */
  readonly objects: () => ReadonlySet<string>;
  /** `process`, `file` and the other field sets of ECS. */
  readonly ecsRoots: () => ReadonlySet<string>;
}

export function embeddedFields(
  catalog: FieldCatalog,
  vendorFields: VendorFields | undefined,
): EmbeddedFields {
  function* names(): Iterable<string> {
    for (const { name } of catalog.startingWith("")) yield name;
    for (const { name } of vendorFields?.all() ?? []) yield name;
  }
  const index = lazy(() => nameIndex(names()));
  const objects = lazy(() => objectsAbove(names()));
  const ecsRoots = lazy(() => rootsOf(catalog));
  const tables: Tables = { catalog, vendorFields, names, index, objects, ecsRoots };
  const answers = new Map<string, EmbeddedAnswer>();
  return {
    answer(name) {
      const known = answers.get(name) ?? (name.includes("*") ? patternAnswer : answerFor)(tables, name);
      if (MOST_KEPT <= answers.size) answers.clear();
      answers.set(name, known);
      return known;
    },
    typeOf: (name) => typeOf(tables, name),
    isInEcsSet: (name) => ecsRoots().has(rootOf(name)),
    looksMistaken: (name) => looksMistaken(tables, name),
    isStrange: (name) => isStrange(tables, name),
    packages: lazy(() => packagesOf(vendorFields)),
    names,
    index,
  };
}

/** A name without a dot may be anybody's. */
function isStrange({ vendorFields, objects }: Tables, name: string): boolean {
  const root = rootOf(name);
  if (root === name || isOtherRoot(root) || objects().has(root)) return false;
  return vendorFields?.openAbove(name) === undefined && !/^Esql/.test(name);
}

function packagesOf(vendorFields: VendorFields | undefined): ReadonlySet<string> {
  const packages = new Set<string>();
  for (const { sets } of vendorFields?.all() ?? []) {
    for (const set of sets) packages.add(rootOf(set));
  }
  return packages;
}

function typeOf({ catalog, vendorFields }: Tables, name: string): string | undefined {
  return catalog.get(name)?.type ?? vendorFields?.get(name)?.type;
}

function answerFor(tables: Tables, name: string): EmbeddedAnswer {
  const known = exactAnswer(tables, name);
  if (known !== undefined) return known;
  // Columns that ES|QL computes.
  if (name.startsWith("Esql.") || name.startsWith("Esql_")) return { kind: "unverified" };
  if (isSentBesideEcs(name)) return { kind: "unverified" };
  const open = openAbove(tables, name);
  if (isNear(tables, name, open === undefined ? 2 : 1)) return { kind: "unknown", reason: "near" };
  if (open !== undefined) return open;
  if (tables.objects().has(name)) return { kind: "unknown", reason: "object" };
  if (isClosed(tables, name)) return { kind: "unknown", reason: "closed" };
  return hasWrongPart(tables, name) ? { kind: "unknown", reason: "near" } : { kind: "unverified" };
}

function exactAnswer({ catalog, vendorFields }: Tables, name: string): EmbeddedAnswer | undefined {
  const field = catalog.get(name);
  if (field !== undefined) return { kind: "known", type: field.type, source: catalog.source };
  const other = vendorFields?.get(name);
  return other && { kind: "known", type: other.type, source: other.sets[0] ?? "" };
}

/**
 * Our tables do not hold every field of a vendor, so that two letters of difference may well be another field; and
 * vendors have both `userAgent` and `user_agent`.
 */
function isNear({ index, catalog }: Tables, name: string, mostEdits: number): boolean {
  return index()
    .near(name)
    .some(({ name: known, slip }) => {
      const isEcs = catalog.get(known) !== undefined;
      if (slip.kind === "letters") return isEcs ? slip.edits <= mostEdits : slip.edits === 1 && !slip.isWeak;
      if (slip.kind !== "separator") return false;
      return isEcs ? name.includes(".") || !/[_-]/.test(name) : withoutDots(name) === withoutDots(known);
    });
}

function withoutDots(name: string): string {
  return name.replaceAll(".", "");
}

const OPEN_TYPES: ReadonlySet<string> = new Set(["object", "flattened", "nested", "geo_point"]);

/** Keys below an object may have any name. */
function openAbove(tables: Tables, name: string): EmbeddedAnswer | undefined {
  const open = tables.vendorFields?.openAbove(name);
  if (open !== undefined) return { kind: "known", type: undefined, source: open.sets[0] ?? open.prefix };
  for (let dot = name.lastIndexOf("."); 0 < dot; dot = name.lastIndexOf(".", dot - 1)) {
    const above = name.slice(0, dot);
    const type = typeOf(tables, above);
    if (type !== undefined && OPEN_TYPES.has(type)) return { kind: "known", type: undefined, source: above };
  }
  return undefined;
}

function isClosed({ ecsRoots }: Tables, name: string): boolean {
  return name.includes(".") && ecsRoots().has(rootOf(name)) && !isOpenInEcs(name);
}

/**
 * An inner part is wrong where everything before it is known, nothing is known by that part, and a part beside it has
 * below it exactly what was written: `aws.cloudtrail.user.session_context` for `aws.cloudtrail.user_identity.session_context`.
 * What is below must be telling: two parts, or one that is found nowhere else.
 */
function hasWrongPart({ index, objects, names }: Tables, name: string): boolean {
  const parts = name.split(".");
  for (const { name: known, slip } of index().near(name)) {
    const at = slip.kind === "wrong-part" ? wrongPartIn(parts, known) : undefined;
    if (at === undefined || objects().has(parts.slice(0, at + 1).join("."))) continue;
    const tail = `.${parts.slice(at + 1).join(".")}`;
    if (at + 2 < parts.length || countEnding(names(), tail) === 1) return true;
  }
  return false;
}

function looksMistaken({ index, objects }: Tables, name: string): boolean {
  const parts = name.split(".");
  return index()
    .near(name)
    .some(({ name: known, slip }) => {
      if (slip.kind === "letters") return true;
      const at = slip.kind === "wrong-part" ? wrongPartIn(parts, known) : undefined;
      return at !== undefined && !objects().has(parts.slice(0, at + 1).join("."));
    });
}

/** The place of an inner part that is another one in the known name. */
function wrongPartIn(parts: readonly string[], known: string): number | undefined {
  const knownParts = known.split(".");
  const at = parts.findIndex((part, i) => part !== knownParts[i]);
  return 0 < at && at < parts.length - 1 ? at : undefined;
}

function countEnding(names: Iterable<string>, tail: string): number {
  let count = 0;
  for (const name of names) if (name.endsWith(tail)) count++;
  return count;
}

function patternAnswer(tables: Tables, name: string): EmbeddedAnswer {
  const matches = wildcardMatcher(name);
  const types = new Set<string | undefined>();
  for (const candidate of tables.names()) if (matches(candidate)) types.add(typeOf(tables, candidate));
  if (types.size === 0) return { kind: "unverified" };
  const [type] = types;
  return { kind: "known", type: types.size === 1 ? type : undefined, source: tables.catalog.source };
}

function rootsOf(catalog: FieldCatalog): ReadonlySet<string> {
  const roots = new Set<string>();
  for (const { name } of catalog.startingWith("")) if (name.includes(".")) roots.add(rootOf(name));
  return roots;
}

function objectsAbove(names: Iterable<string>): ReadonlySet<string> {
  const objects = new Set<string>();
  for (const name of names) {
    for (let dot = name.indexOf("."); 0 < dot; dot = name.indexOf(".", dot + 1)) {
      objects.add(name.slice(0, dot));
    }
  }
  return objects;
}
