/** Completion in the TOML of a rule, outside its queries. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type Edit } from "../text/edit.ts";
import { type Snippet } from "../text/snippet.ts";
import { type Span, spanOf, textAt } from "../text/span.ts";
import { encode } from "../toml/strings.ts";
import { type CompletionSources, type CompletionTrigger } from "./completion.ts";
import { fittingFields, typeText } from "./completionFields.ts";
import { type CompletionItem, type CompletionList, NOTHING, completionItem } from "./completionItem.ts";
import { fitOf, wanted } from "./completionMatch.ts";
import { bestFirst } from "./completionOrder.ts";
import { headerItems } from "./completionHeaders.ts";
import { keyItems } from "./completionKeys.ts";
import { platformsOf } from "./completionPlatforms.ts";
import { type KeySite, type TomlSite, type ValueSite, tomlSiteAt, writtenInside } from "./completionSite.ts";
import { threatItems, wholeThreatItems } from "./completionThreat.ts";
import { blockItems } from "./completionThreatBlocks.ts";
import { choicesFor, firstFields, namesField } from "./completionTomlValues.ts";

const MOST_ITEMS = 100;

export function tomlCompletions(
  snapshot: Snapshot,
  offset: number,
  sources: CompletionSources,
  trigger: CompletionTrigger,
): CompletionList {
  const site = tomlSiteAt(snapshot, offset);
  if (site === undefined || !isWanted(site, trigger)) return NOTHING;
  switch (site.kind) {
    case "key":
      return atKey(snapshot, site, offset, sources);
    case "value":
      return atValue(snapshot, site, offset, sources);
  }
}

/** A quote that was typed may be one that closes a text. */
function isWanted(site: TomlSite, trigger: CompletionTrigger): boolean {
  switch (trigger) {
    case "asked":
      return true;
    case ".":
      return site.kind === "value";
    case '"':
      return site.kind === "value" && site.host !== undefined;
    case " ":
      return site.kind === "value" && site.host === undefined && site.list === undefined;
    case ":":
      return false;
  }
}

/** Of the threats, so many are shown before the headers. */
const THREATS_BEFORE_HEADERS = 15;

function atKey(
  snapshot: Snapshot,
  site: KeySite,
  offset: number,
  sources: CompletionSources,
): CompletionList {
  const typed = textAt(snapshot.text, spanOf(site.word.start, offset));
  const keys = fitting(keyItems(snapshot, site, sources), typed);
  if (site.hasValue) return { items: keys, isIncomplete: true };
  const headers = fitting(headerItems(snapshot, site, sources), typed);
  const threats = wholeThreatItems(snapshot, site, typed, sources);
  const blocks = blockItems(snapshot, site, typed, sources);
  const items = [
    ...keys,
    ...threats.slice(0, THREATS_BEFORE_HEADERS),
    ...headers,
    ...blocks,
    ...threats.slice(THREATS_BEFORE_HEADERS),
  ];
  return { items: items.slice(0, MOST_ITEMS), isIncomplete: true };
}

/** Keys stay in their order as far as they fit equally well. What fits is decided here, as techniques fit by more than their name. */
function fitting(items: readonly CompletionItem[], typed: string): readonly CompletionItem[] {
  const asked = wanted(typed);
  return items
    .flatMap((item) => {
      const fit = fitOf(asked, item.filter.toLowerCase());
      return fit === undefined ? [] : [{ item: { ...item, filter: typed }, fit }];
    })
    .sort((a, b) => a.fit - b.fit)
    .map(({ item }) => item);
}

function atValue(
  snapshot: Snapshot,
  site: ValueSite,
  offset: number,
  sources: CompletionSources,
): CompletionList {
  const typed = textAt(snapshot.text, spanOf(site.word.start, offset));
  const threats = threatItems(snapshot, site, typed, sources);
  if (threats !== undefined) return { items: threats, isIncomplete: true };
  if (namesField(site.path)) return fieldItems(snapshot, site, typed, sources);
  const items = choicesFor(site, snapshot, sources).flatMap(
    ({ value, isBare, detail, label = value, moreEdits = [] }) => {
      if (isListed(site, value)) return [];
      const written = writtenValue(site, value, isBare ? "bare" : "quoted");
      if (written === undefined) return [];
      const subject = { kind: "key", path: site.path } as const;
      const edits = [...written.moreEdits, ...moreEdits];
      return [
        completionItem({
          label,
          kind: "value",
          detail,
          filter: label,
          subject,
          ...written,
          moreEdits: edits,
        }),
      ];
    },
  );
  if (items.length <= MOST_ITEMS)
    return { items: bestFirst(items, unquoted(typed), ({ filter }) => filter), isIncomplete: false };
  return { items: fitting(items, typed).slice(0, MOST_ITEMS), isIncomplete: true };
}

function fieldItems(
  snapshot: Snapshot,
  site: ValueSite,
  typed: string,
  sources: CompletionSources,
): CompletionList {
  const scope = snapshot.scope();
  if (scope === undefined) return NOTHING;
  const queries = snapshot.queries().map(({ facts }) => facts);
  const present = new Set(queries.flatMap(({ fields }) => fields.map(({ name }) => name)));
  const platforms = new Set(queries.flatMap((facts) => [...platformsOf(snapshot.rule(), facts)]));
  const found = fittingFields(typed, {
    pool: sources.pools.pool(scope, "whole", sources.useCount),
    others: sources.workspaceFields,
    useCount: sources.useCount,
    present,
    platforms,
    slot: { role: "argument", below: "", taken: [] },
  });
  const usual = firstFields(site.path).filter((name) => found.some((one) => one.name === name));
  const names = new Set([...usual, ...found.map(({ name }) => name)]);
  const items = [...names]
    .filter((name) => !isListed(site, name))
    .slice(0, MOST_ITEMS)
    .flatMap((name) => {
      const written = writtenValue(site, name, "quoted");
      if (written === undefined) return [];
      const subject = { kind: "field", name } as const;
      return [
        completionItem({
          label: name,
          kind: "field",
          detail: typeText(scope, name, "whole"),
          filter: typed,
          subject,
          ...written,
        }),
      ];
    });
  return { items, isIncomplete: true };
}

function unquoted(typed: string): string {
  return typed.replace(/^["']/, "");
}

function isListed({ list }: ValueSite, value: string): boolean {
  return list?.items.some((item) => item.kind === "string" && item.value === value) ?? false;
}

interface WrittenValue {
  readonly span: Span;
  readonly snippet: Snippet;
  readonly moreEdits: readonly Edit[];
}

/** Quotes, brackets and commas are added as far as they are not there. Undefined if the string cannot hold the value. */
function writtenValue(site: ValueSite, value: string, form: "bare" | "quoted"): WrittenValue | undefined {
  const { host, word, list, type } = site;
  if (host !== undefined) {
    const encoded = form === "bare" ? undefined : writtenInside(host, value);
    return encoded === undefined ? undefined : { span: word, snippet: [encoded], moreEdits: [] };
  }
  const text = form === "bare" ? value : `"${encode(value, "basic") ?? value}"`;
  if (list === undefined)
    return { span: word, snippet: [type.kind === "list" ? `[${text}]` : text], moreEdits: [] };
  const after = list.needsCommaAfter ? ", " : "";
  const end = list.previous?.span.end;
  if (end === undefined) return { span: word, snippet: [`${text}${after}`], moreEdits: [] };
  // Where the cursor touches the item before, the comma is part of what is inserted.
  if (end === word.start) return { span: word, snippet: [`, ${text}${after}`], moreEdits: [] };
  return { span: word, snippet: [`${text}${after}`], moreEdits: [{ span: spanOf(end, end), text: "," }] };
}
