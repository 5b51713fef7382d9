/** What differs between two versions of a rule, by what they mean: the order of keys, blanks and comments do not count. */
import { type JsonObject, type JsonValue, isList, isObject } from "../engine/event.ts";
import { jsonOfTable, sortedJson } from "../kibana/json.ts";
import { type RuleDocument } from "../rule/model.ts";
import { type QueryClause, queryClauses } from "./clauses.ts";

export type Difference =
  | { readonly kind: "added" | "removed"; readonly key: string; readonly value: string }
  | { readonly kind: "changed"; readonly key: string; readonly before: string; readonly after: string }
  /** Items of a list, or clauses of a query. */
  | {
      readonly kind: "items" | "clauses";
      readonly key: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    };

export function differences(before: RuleDocument, after: RuleDocument): readonly Difference[] {
  const [old, next] = [jsonOfTable(before.toml.root), jsonOfTable(after.toml.root)];
  return [...between("", old, next)].flatMap((difference) =>
    difference.kind === "changed" ? byClauses(difference, before, after) : [difference],
  );
}

function* between(
  key: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Generator<Difference> {
  if (written(before) === written(after)) return;
  if (isObject(before) && isObject(after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)]))
      yield* between(key === "" ? name : `${key}.${name}`, ownMember(before, name), ownMember(after, name));
  } else if (isList(before) && isList(after)) yield* itemsOf(key, before, after);
  else if (before === undefined) yield { kind: "added", key, value: written(after) };
  else if (after === undefined) yield { kind: "removed", key, value: written(before) };
  else yield { kind: "changed", key, before: written(before), after: written(after) };
}

/** Rules may have keys that every object of JavaScript has, such as `constructor`. */
function ownMember(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function* itemsOf(
  key: string,
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): Generator<Difference> {
  const [old, next] = [before.flatMap(itemTexts), after.flatMap(itemTexts)];
  const [added, removed] = [without(next, old), without(old, next)];
  if (0 < added.length || 0 < removed.length) yield { kind: "items", key, added, removed };
  else if (!sameOrder(old, next))
    yield { kind: "changed", key, before: old.join(", "), after: next.join(", ") };
}

/** An entry of `threat` by what it names, one text for each technique; other tables as JSON. */
function itemTexts(item: JsonValue): readonly string[] {
  const tactic = isObject(item) ? item["tactic"] : undefined;
  if (!isObject(item) || !isObject(tactic)) return [written(item)];
  const head = labelOf(tactic);
  const techniques = isList(item["technique"]) ? item["technique"].filter(isObject) : [];
  const below = techniques.flatMap((technique) => {
    const own = `${head} > ${labelOf(technique)}`;
    const inner = isList(technique["subtechnique"]) ? technique["subtechnique"].filter(isObject) : [];
    return [own, ...inner.map((one) => `${own} > ${labelOf(one)}`)];
  });
  return [head, ...below];
}

function labelOf(entry: { readonly [name: string]: JsonValue | undefined }): string {
  return [entry["id"], entry["name"]].flatMap((one) => (typeof one === "string" ? [one] : [])).join(" ");
}

function written(value: JsonValue | undefined): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : JSON.stringify(sortedJson(value));
}

function byClauses(
  difference: Difference & { readonly kind: "changed" },
  before: RuleDocument,
  after: RuleDocument,
): readonly Difference[] {
  const role = /^rule\.(query|threat_query)$/.exec(difference.key)?.[1];
  const [old, next] = [before, after].map(({ queries }) => {
    const query = queries.find((one) => one.role === role);
    return query && queryClauses(query);
  });
  if (old === undefined || next === undefined || old.form !== next.form) return [difference];
  const [oldTexts, nextTexts] = [textsOf(old.clauses), textsOf(next.clauses)];
  const added = without(nextTexts, oldTexts);
  const removed = without(oldTexts, nextTexts);
  if (0 < added.length + removed.length) {
    if (next.form === "whole") return [difference];
    return clauseChanges(difference.key, { old: old.clauses, next: next.clauses, added, removed });
  }
  // The same clauses: blanks and comments differ, or the order.
  const isSame = next.form === "in-any-order" || sameOrder(oldTexts, nextTexts);
  return isSame ? [] : [difference];
}

interface Clauses {
  readonly old: readonly QueryClause[];
  readonly next: readonly QueryClause[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A list of values that lost or won some is told by them, not by the whole clause. */
function clauseChanges(key: string, { old, next, added, removed }: Clauses): readonly Difference[] {
  const lists: Difference[] = [];
  const told = new Set<string>();
  for (const clause of next.filter(({ text, list }) => list !== undefined && added.includes(text))) {
    const same = old.filter(({ text, list }) => list?.head === clause.list?.head && removed.includes(text));
    const [twin] = same;
    if (same.length !== 1 || twin?.list === undefined || clause.list === undefined) continue;
    const [more, less] = [
      without(clause.list.values, twin.list.values),
      without(twin.list.values, clause.list.values),
    ];
    told.add(clause.text).add(twin.text);
    if (0 < more.length + less.length)
      lists.push({ kind: "items", key: `${key}: ${clause.list.head}`, added: more, removed: less });
  }
  const rest = {
    added: added.filter((one) => !told.has(one)),
    removed: removed.filter((one) => !told.has(one)),
  };
  const hasRest = 0 < rest.added.length + rest.removed.length;
  return [...(hasRest ? [{ kind: "clauses" as const, key, ...rest }] : []), ...lists];
}

function textsOf(clauses: readonly QueryClause[]): readonly string[] {
  return clauses.map(({ text }) => text);
}

/** Items of the first list that the second lacks, each as often as it lacks them. */
function without(items: readonly string[], others: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(other, (counts.get(other) ?? 0) + 1);
  return items.filter((item) => {
    const count = counts.get(item) ?? 0;
    counts.set(item, count - 1);
    return count <= 0;
  });
}

function sameOrder(before: readonly string[], after: readonly string[]): boolean {
  return before.every((item, i) => item === after[i]);
}
