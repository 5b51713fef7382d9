/** How many of the fields that rules name the packaged tables know. */
import { type FieldCatalog } from "../server/src/core/knowledge/fields.ts";
import { type VendorFields } from "../server/src/core/knowledge/vendorFields.ts";
import { type FieldUses } from "./dataFieldUses.ts";

/** Where a name is known from, from the surest to the least sure. */
export type Source = "ECS" | "table" | "open namespace" | "nowhere";

export type SourceOf = (name: string) => Source;

/** A name with `*` is known if one name fits it. */
export function packagedSource(catalog: FieldCatalog, vendorFields: VendorFields): SourceOf {
  const ecsNames = [...catalog.startingWith("")].map(({ name }) => name);
  const tableNames = [...vendorFields.all()].map(({ name }) => name);
  return (name) => {
    if (name.includes("*")) {
      const pattern = patternOf(name);
      if (ecsNames.some((one) => pattern.test(one))) return "ECS";
      return tableNames.some((one) => pattern.test(one)) ? "table" : "nowhere";
    }
    if (catalog.get(name) !== undefined) return "ECS";
    if (vendorFields.get(name) !== undefined) return "table";
    const isOpen = vendorFields.openAbove(name) !== undefined || isBelowObject(catalog, name);
    return isOpen ? "open namespace" : "nowhere";
  };
}

function patternOf(name: string): RegExp {
  const parts = name.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`);
}

const OPEN_TYPES: ReadonlySet<string | undefined> = new Set(["object", "flattened", "nested"]);

function isBelowObject(catalog: FieldCatalog, name: string): boolean {
  for (let dot = name.lastIndexOf("."); 0 < dot; dot = name.lastIndexOf(".", dot - 1)) {
    if (OPEN_TYPES.has(catalog.get(name.slice(0, dot))?.type)) return true;
  }
  return false;
}

/** Uses, a rule and a field each, by where the field is known from. */
export interface Coverage {
  readonly group: string;
  readonly uses: number;
  readonly bySource: Readonly<Record<Source, number>>;
}

/** One row a language, and one for all together. Rules without a query have no uses. */
export function queryCoverage(rules: readonly FieldUses[], sourceOf: SourceOf): readonly Coverage[] {
  const languages = [...new Set(rules.flatMap(({ language }) => language ?? []))].sort();
  const rows = languages.map((language) =>
    coverageOf(
      language,
      rules.filter((rule) => rule.language === language).flatMap(({ inQueries }) => [...inQueries]),
      sourceOf,
    ),
  );
  const all = coverageOf(
    "all",
    rules.flatMap(({ inQueries }) => [...inQueries]),
    sourceOf,
  );
  return [...rows, all];
}

/** Of the fields in keys of rules; columns that an ES|QL query computes are no fields. */
export function keyCoverage(rules: readonly FieldUses[], sourceOf: SourceOf): Coverage {
  const names = rules.flatMap(({ inKeys }) => [...inKeys]);
  return coverageOf("keys", names, sourceOf);
}

function coverageOf(group: string, names: readonly string[], sourceOf: SourceOf): Coverage {
  const bySource: Record<Source, number> = { ECS: 0, table: 0, "open namespace": 0, nowhere: 0 };
  for (const name of names) bySource[sourceOf(name)]++;
  return { group, uses: names.length, bySource };
}

export function shareKnown({ uses, bySource }: Coverage): number {
  return uses === 0 ? 1 : 1 - bySource.nowhere / uses;
}

/** What a table of nothing but the names of some rules would miss in others, and what ours has of that. */
export interface Generalisation {
  /** Uses in the rules that were held out. */
  readonly uses: number;
  /** Of those, neither in ECS nor named by one of the other rules. */
  readonly unseen: number;
  readonly unseenInTable: number;
  readonly unseenInOpenNamespace: number;
}

/** `isHeldOut` says which rules the names are not learnt from. */
export function generalisation(
  rules: readonly FieldUses[],
  sourceOf: SourceOf,
  isHeldOut: (index: number) => boolean,
): Generalisation {
  const learnt = new Set(rules.flatMap(({ inQueries }, i) => (isHeldOut(i) ? [] : [...inQueries])));
  const held = rules.flatMap(({ inQueries }, i) => (isHeldOut(i) ? [...inQueries] : []));
  const unseen = held.filter((name) => !learnt.has(name) && sourceOf(name) !== "ECS");
  return {
    uses: held.length,
    unseen: unseen.length,
    unseenInTable: unseen.filter((name) => sourceOf(name) === "table").length,
    unseenInOpenNamespace: unseen.filter((name) => sourceOf(name) === "open namespace").length,
  };
}
