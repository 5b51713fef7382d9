/** The tags of a rule where they stand, and edits of their list. */
import { folded } from "../knowledge/ruleTags.ts";
import { type RuleDocument } from "../rule/model.ts";
import { type Fix } from "../text/edit.ts";
import { type Span, encloses } from "../text/span.ts";
import { replaceText } from "../toml/edits.ts";
import { appendItem } from "../toml/insertion.ts";
import { type TomlArray, type TomlDocument, type TomlString } from "../toml/model.ts";
import { type Finding, type RulePlace } from "./check.ts";
import { unitTested } from "./unitTests.ts";
import { unsafeFix } from "./unsafeFix.ts";

export interface RuleTags {
  readonly keySpan: Span;
  readonly list: TomlArray;
  /** Those that are closed texts, of the first few hundred. */
  readonly items: readonly TomlString[];
}

/** More tags than this no rule has. */
const MOST = 200;

/** Undefined if the rule has no list of tags in brackets. */
export function ruleTags({ rule }: RuleDocument): RuleTags | undefined {
  const entry = rule?.byName.get("tags");
  if (entry?.value.kind !== "array" || entry.value.form !== "inline") return undefined;
  const items = entry.value.items
    .slice(0, MOST)
    .flatMap((item) => (item.kind === "string" && item.isClosed ? [item] : []));
  return { keySpan: entry.key.span, list: entry.value, items };
}

/** What Elastic's tests of tags find: nothing where the repository turns them off. */
export function tagTested(
  rule: RuleDocument,
  place: RulePlace,
  findings: (tags: RuleTags) => Iterable<Finding>,
): Iterable<Finding> {
  const tags = ruleTags(rule);
  if (tags === undefined || place.repository.bypasses.has("tags")) return [];
  // A list that is half typed is looked at when it is whole.
  if (rule.toml.errors.some(({ span }) => encloses(tags.list.span, span))) return [];
  return unitTested(rule, place, findings(tags));
}

/** `Data Source:` of `Data Source: Okta`; undefined for a tag without a colon. */
export function prefixOf(tag: string): string | undefined {
  const colon = tag.indexOf(":");
  return colon < 0 ? undefined : tag.slice(0, colon + 1);
}

export function hasTag({ items }: RuleTags, tag: string): boolean {
  return items.some(({ value }) => folded(value) === folded(tag));
}

export function replaceTag(item: TomlString, tag: string): readonly Fix[] {
  return unsafeFix(`Replace by ${tag}`, replaceText(item, tag));
}

/** One edit for all, each on a line of its own where the tags before have one. */
export function addTags(document: TomlDocument, { list }: RuleTags, tags: readonly string[]): readonly Fix[] {
  const last = list.items.at(-1);
  const indent =
    last === undefined
      ? ""
      : document.text.slice(document.text.lastIndexOf("\n", last.span.start) + 1, last.span.start);
  const isRow = last === undefined || /\S/.test(indent);
  const values = tags.map((tag) => JSON.stringify(tag)).join(isRow ? ", " : `,\n${indent}`);
  const edits = appendItem(document, list, values);
  if (edits.length === 0) return [];
  return [{ title: `Add ${tags.join(", ")}`, safety: "unsafe", edits }];
}
