/** Headers of tables that can open at a place, each with what such a table needs. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type KeyContext, keysOf } from "../rule/keys.ts";
import { type RuleKey } from "../rule/keyTypes.ts";
import { keyContext } from "../rule/visit.ts";
import { endsWithFilledLine } from "../text/ends.ts";
import { type Snippet, type SnippetPart } from "../text/snippet.ts";
import { type Span } from "../text/span.ts";
import { type TomlHeader, type TomlTable, type TomlValue } from "../toml/model.ts";
import { type CompletionSources, type FreshValues } from "./completion.ts";
import { type CompletionItem, type CompletionList, NOTHING, completionItem } from "./completionItem.ts";
import { headerForm, type HeaderForm, inOrder, valueSnippet } from "./completionKeys.ts";
import { bestFirst } from "./completionOrder.ts";
import { type KeySite, onlyHeadersFollow, pathAt } from "./completionSite.ts";

/** In a header that is being written; the snapshot is without it. */
export function headerCompletions(
  snapshot: Snapshot,
  { span }: TomlHeader,
  { offset, typed }: { readonly offset: number; readonly typed: string },
  sources: CompletionSources,
): CompletionList {
  const isLast = onlyHeadersFollow(snapshot.text, Math.max(offset, span.end));
  if (!isLast || !(snapshot.isRule() || sources.isToldRule === true)) return NOTHING;
  const items = headersAt(snapshot, span, sources).map(({ label, item }) => ({ ...item, filter: label }));
  return { items: bestFirst(items, typed, ({ filter }) => filter), isIncomplete: false };
}

/** On a line of their own, where nothing but headers follows. */
export function headerItems(
  snapshot: Snapshot,
  { word, isLast }: KeySite,
  sources: CompletionSources,
): readonly CompletionItem[] {
  if (!isLast) return [];
  const needsBlank = endsWithFilledLine(snapshot.text.slice(0, word.start));
  return headersAt(snapshot, word, sources).map(({ item }) =>
    needsBlank ? { ...item, snippet: ["\n", ...item.snippet] } : item,
  );
}

/** A new item of a list would take the tables that follow and belong to the item before. */
export function canOpenItem(snapshot: Snapshot, path: readonly string[], offset: number): boolean {
  const next = snapshot.toml().headers.find(({ span }) => offset <= span.start);
  return (
    next === undefined ||
    !isBelow(
      next.parts.map(({ name }) => name),
      path,
    )
  );
}

interface HeaderItem {
  readonly label: string;
  readonly item: CompletionItem;
}

interface HeaderChoice extends HeaderForm {
  readonly path: readonly string[];
  readonly key: RuleKey;
}

function headersAt(snapshot: Snapshot, span: Span, sources: CompletionSources): readonly HeaderItem[] {
  const here = pathAt(snapshot, span.start);
  const rank = ({ path, key }: HeaderChoice): number =>
    (isBelow(path, here) ? 0 : 2) + (key.required ? 0 : 1);
  const choices = headerChoices(snapshot, span.start)
    .filter(({ isList, path }) => !isList || canOpenItem(snapshot, path, span.end))
    .sort((a, b) => rank(a) - rank(b));
  return choices.map((choice) => {
    const name = choice.path.join(".");
    const label = choice.isList ? `[[${name}]]` : `[${name}]`;
    const snippet = [label, ...tableSnippet(choice, keyContext(snapshot.rule()), sources)];
    const subject = { kind: "key", path: choice.path } as const;
    return { label, item: completionItem({ label, kind: "table", span, snippet, filter: name, subject }) };
  });
}

function isBelow(path: readonly string[], above: readonly string[]): boolean {
  return above.length < path.length && above.every((name, i) => path[i] === name);
}

/** What every such table needs, on a line each, and then the tables that it needs. */
export function tableSnippet(
  table: Pick<HeaderChoice, "section" | "path">,
  context: KeyContext,
  sources: FreshValues,
): Snippet {
  const parts = tableParts(table, context, sources);
  let stop = 1;
  return parts.map((part) => (typeof part === "string" ? part : { ...part, stop: stop++ }));
}

function tableParts(
  { section, path }: Pick<HeaderChoice, "section" | "path">,
  context: KeyContext,
  sources: FreshValues,
): readonly SnippetPart[] {
  const keys = inOrder(section, keysOf(section, context));
  const lines: SnippetPart[] = [];
  const tables: SnippetPart[] = [];
  for (const key of keys) {
    const form = headerForm(key.type);
    const inner = [...path, key.name];
    if (!key.required && inner.join(".") !== "rule.threat.technique") continue;
    if (form === undefined) lines.push(`\n${key.name} = `, ...valueSnippet(key, path, sources));
    else {
      const name = inner.join(".");
      const nested = { section: form.section, path: inner };
      tables.push(form.isList ? `\n\n[[${name}]]` : `\n\n[${name}]`, ...tableParts(nested, context, sources));
    }
  }
  return [...lines, ...tables];
}

function headerChoices(snapshot: Snapshot, offset: number): readonly HeaderChoice[] {
  const context = keyContext(snapshot.rule());
  const { root } = snapshot.toml();
  const found: HeaderChoice[] = [];
  const add = (section: string, path: readonly string[], table: TomlTable | undefined): void => {
    for (const key of inOrder(section, keysOf(section, context))) {
      const form = headerForm(key.type);
      if (form === undefined) continue;
      const value = table?.byName.get(key.name)?.value;
      const inner = [...path, key.name];
      const isImplied = value?.kind === "table" && value.form === "implied";
      const isOpenList = form.isList && value?.kind === "array" && value.form === "tables";
      // A name without `=` is what is being written.
      const isBareName = value?.kind === "hole" && value.lacksEquals;
      if (value === undefined || isBareName || isImplied || isOpenList)
        found.push({ ...form, path: inner, key });
      const below = isOpenList ? openItem(snapshot, value.items, offset) : value;
      if (below?.kind === "table") add(form.section, inner, below);
    }
  };
  add("", [], root);
  return found;
}

/** The item of a list of tables that a header at the offset would belong to: the last one before it. */
function openItem(snapshot: Snapshot, items: readonly TomlValue[], offset: number): TomlTable | undefined {
  const before = snapshot.toml().headers.filter(({ span }) => span.end <= offset);
  return before.findLast(({ table }) => items.includes(table))?.table;
}
