/** Fields for a place: all that are known to the rule's data sources and to us, and which of them fit what was typed. */
import { type FieldCatalog } from "../knowledge/fields.ts";
import { type Schema } from "../knowledge/schema.ts";
import { type VendorFields } from "../knowledge/vendorFields.ts";
import { type FieldScope, type PartIndex } from "../knowledge/scope.ts";
import {
  type Fit,
  type Wanted,
  beginsWith,
  closeFitOf,
  fitOf,
  hasLetters,
  lettersOf,
  wanted,
} from "./completionMatch.ts";
import { type RankContext, type Standing, likelihood } from "./completionRank.ts";

export interface PooledField {
  readonly name: string;
  readonly lower: string;
  /** Of `lower`, as `lettersOf` gives them. */
  readonly letters: number;
  /** Datasets, packages or indices that have it; none for a field of ECS. */
  readonly sets: readonly string[];
  /** Another index of a field, such as `process.name.text`. */
  readonly isOtherIndex: boolean;
}

/** The fields that may stand at a place. */
export interface FieldPool {
  /** Some may come twice. */
  readonly lists: readonly (readonly PooledField[])[];
  standingOf(field: PooledField): Standing;
  /** How often fields with the same last part are used. */
  leafCount(name: string): number;
}

/** Keeps what was collected of the schemas that were asked for last: that costs more than a keystroke may. */
export interface FieldPools {
  pool(scope: FieldScope, part: PartIndex, useCount: UseCount): FieldPool;
}

export type UseCount = (name: string) => number;

/** What is the same for all rules. */
interface Common {
  readonly catalog: FieldCatalog;
  readonly vendorFields: VendorFields | undefined;
  readonly useCount: UseCount;
  readonly fields: readonly PooledField[];
  readonly names: ReadonlySet<string>;
  readonly leafCounts: ReadonlyMap<string, number>;
  /** Fields of schemas that are not among the common ones. */
  readonly others: WeakMap<Schema, readonly PooledField[]>;
}

export function fieldPools(): FieldPools {
  let common: Common | undefined;
  return {
    pool(scope, part, useCount) {
      const kept = common;
      const fits =
        kept?.catalog === scope.catalog &&
        kept.vendorFields === scope.vendorFields &&
        kept.useCount === useCount;
      const found = fits ? kept : commonOf(scope, useCount);
      common = found;
      return poolOf(found, scope, part);
    },
  };
}

function commonOf({ catalog, vendorFields }: FieldScope, useCount: UseCount): Common {
  const fields: PooledField[] = [];
  for (const { name, multiFieldOf } of catalog.startingWith(""))
    fields.push({ ...pooled(name, []), isOtherIndex: multiFieldOf !== undefined });
  for (const { name, sets } of vendorFields?.all() ?? [])
    if (catalog.get(name) === undefined) fields.push(pooled(name, sets));
  const leafCounts = new Map<string, number>();
  for (const { name } of fields) {
    const count = useCount(name);
    if (0 < count) leafCounts.set(leafOf(name), (leafCounts.get(leafOf(name)) ?? 0) + count);
  }
  const names = new Set(fields.map(({ name }) => name));
  return { catalog, vendorFields, useCount, fields, names, leafCounts, others: new WeakMap() };
}

function pooled(name: string, sets: readonly string[]): PooledField {
  const lower = name.toLowerCase();
  return { name, lower, letters: lettersOf(lower), sets, isOtherIndex: false };
}

function leafOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function poolOf(common: Common, scope: FieldScope, part: PartIndex): FieldPool {
  const targets = scope.targets(part);
  // What the newest stack has is what a rule is written for; whether others lack it is told by its checks.
  const newest = targets.findLast(({ kind }) => kind !== "endgame") ?? targets.at(-1);
  const schemas = newest?.schemas ?? [];
  const isOwn = ownSets(scope, part);
  return {
    lists: [common.fields, ...schemas.map((schema) => othersIn(common, schema))],
    standingOf({ name, sets }) {
      if (sets.length === 0) return common.names.has(name) ? "common" : "own";
      if (sets.some(isOwn)) return "own";
      return schemas.some((schema) => schema.typeOf(name) !== undefined) ? "own" : "other";
    },
    leafCount: (name) => common.leafCounts.get(leafOf(name)) ?? 0,
  };
}

function othersIn({ others, names }: Common, schema: Schema): readonly PooledField[] {
  const kept = others.get(schema);
  if (kept !== undefined) return kept;
  const own: PooledField[] = [];
  for (const name of schema.names()) if (!names.has(name) && !name.includes("*")) own.push(pooled(name, []));
  others.set(schema, own);
  return own;
}

/** Whether a package, dataset or index is one that the rule reads. A dataset that it names rules out others of the package. */
function ownSets({ subject }: FieldScope, part: PartIndex): (set: string) => boolean {
  const { parts, indexes, integrations } = subject;
  const inQuery = part === "whole" ? parts.flatMap((one) => one.datasets) : (parts[part]?.datasets ?? []);
  const named = new Set([...inQuery, ...indexes.flatMap(datasetOf)]);
  const packages = new Set([...named].map(packageOf));
  const known = new Map<string, boolean>();
  const isOwn = (set: string): boolean => {
    if (named.has(set) || indexes.includes(set)) return true;
    const name = packageOf(set);
    if (packages.has(name)) return name === set;
    return integrations.includes(name) || indexes.some((index) => index.startsWith(`${set}beat-`));
  };
  return (set) => {
    const answer = known.get(set) ?? isOwn(set);
    known.set(set, answer);
    return answer;
  };
}

/** `logs-azure.signinlogs-*` holds the dataset `azure.signinlogs`. */
function datasetOf(index: string): readonly string[] {
  const dataset = /(?:^|:)(?:logs|metrics|traces)-([a-z0-9_]+(?:\.[a-z0-9_]+)+)/.exec(index)?.[1];
  return dataset === undefined ? [] : [dataset];
}

function packageOf(set: string): string {
  return set.split(".")[0] ?? set;
}

export interface FoundField {
  readonly name: string;
  readonly fit: Fit;
  readonly likelihood: number;
}

export interface FieldQuestion extends RankContext {
  readonly pool: FieldPool;
  /** Names that may be in no schema, such as those that rules of the workspace read. */
  readonly others: Iterable<string>;
}

/** So many that fit closely leave no room for those whose letters are scattered. */
const ENOUGH = 100;

/** Those that fit, the best first. */
export function fittingFields(typed: string, question: FieldQuestion): readonly FoundField[] {
  const asked = wanted(typed);
  const close = found(asked, question, closeFitOf);
  const all = close.size < ENOUGH ? found(asked, question, fitOf) : close;
  return [...all.values()].sort((a, b) => weightOf(b) - weightOf(a) || (a.name < b.name ? -1 : 1));
}

function found(asked: Wanted, question: FieldQuestion, fitIn: typeof fitOf): ReadonlyMap<string, FoundField> {
  const { pool, slot, others, present } = question;
  const { below } = slot;
  const fields = new Map<string, FoundField>();
  const add = (field: PooledField): void => {
    const { name, lower } = field;
    if (!hasLetters(asked, field.letters) || !name.startsWith(below)) return;
    const fit = fitIn(asked, below === "" ? lower : lower.slice(below.length));
    if (fit === undefined || fields.has(name) || (slot.role === "key" && slot.taken.includes(name))) return;
    const { isOtherIndex } = field;
    const facts = { standing: pool.standingOf(field), leafCount: pool.leafCount(name), isOtherIndex };
    fields.set(name, { name, fit, likelihood: likelihood(name, facts, question) });
  };
  for (const list of pool.lists) for (const field of list) add(field);
  for (const name of present) if (!fields.has(name)) add(pooled(name, []));
  for (const name of others) if (!fields.has(name)) add(pooled(name, []));
  return fields;
}

/** A name that does not begin with what was typed must be the likelier for it. */
function weightOf({ fit, likelihood: likely }: FoundField): number {
  return likely - fit - (beginsWith(fit) ? 0 : 3);
}

export interface Module {
  /** Without its last dot. */
  readonly prefix: string;
  readonly count: number;
}

const MOST_MODULES = 5;

/** Objects one step below what was typed, those with the likeliest fields first. */
export function modulesIn(found: readonly FoundField[], typed: string): readonly Module[] {
  const from = typed.length;
  const asked = typed.toLowerCase();
  const names = new Set(found.map(({ name }) => name));
  const counts = new Map<string, number>();
  for (const { name } of found) {
    if (!name.toLowerCase().startsWith(asked)) continue;
    const dot = name.indexOf(".", from);
    if (dot < 0) continue;
    const prefix = name.slice(0, dot);
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return (
    [...counts]
      // What is below a field are other indexes of it.
      .filter(([prefix, count]) => 1 < count && !names.has(prefix))
      .slice(0, MOST_MODULES)
      .map(([prefix, count]) => ({ prefix, count }))
  );
}

/** For people; empty where nobody knows. */
export function typeText(scope: FieldScope, name: string, part: PartIndex): string {
  const known = scope.catalog.get(name)?.type ?? scope.vendorFields?.get(name)?.type;
  if (known !== undefined) return known;
  const [type] = scope.targets(part).flatMap((target) => scope.typeIn(target, name)?.type ?? []);
  return type ?? "";
}
