/** What a cursor in the TOML of a rule is about to write: a key or a value. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { keyAt } from "../rule/keys.ts";
import { type KeyType, type RuleKey } from "../rule/keyTypes.ts";
import { type SectionVisit, keyContext } from "../rule/visit.ts";
import { type Span, spanOf, textAt, touches } from "../text/span.ts";
import { locate } from "../toml/locate.ts";
import { encode } from "../toml/strings.ts";
import {
  type TomlArray,
  type TomlEntry,
  type TomlHeader,
  type TomlString,
  type TomlTable,
  type TomlValue,
} from "../toml/model.ts";

export type TomlSite = KeySite | ValueSite;

export interface KeySite {
  readonly kind: "key";
  readonly visit: SectionVisit;
  /** Names from the root to the table. */
  readonly path: readonly string[];
  readonly word: Span;
  /** `=` and a value follow: only the name is to be written. */
  readonly hasValue: boolean;
  /** Only headers follow: a table that opens here takes nothing from this one. */
  readonly isLast: boolean;
}

export interface ValueSite {
  readonly kind: "value";
  readonly path: readonly string[];
  readonly key: RuleKey;
  /** Of the key's value, or of an item where the cursor is in a list. */
  readonly type: KeyType;
  readonly table: TomlTable;
  readonly entry: TomlEntry;
  /** The string between whose quotes the cursor is; undefined where there are none yet. */
  readonly host: TomlString | undefined;
  /** What a choice replaces. */
  readonly word: Span;
  readonly list: ListSite | undefined;
}

export interface ListSite {
  readonly items: readonly TomlValue[];
  /** The item before lacks its comma. */
  readonly previous: TomlValue | undefined;
  readonly needsCommaAfter: boolean;
}

export function tomlSiteAt(snapshot: Snapshot, offset: number): TomlSite | undefined {
  const document = snapshot.toml();
  if (document.comments.some(({ start, end }) => start < offset && offset <= end)) return undefined;
  if (document.headers.some(({ span }) => touches(span, offset))) return undefined;
  const place = locate(document, offset);
  if (place?.kind === "value") return valueSite(snapshot, place.path, place.table, place.value, offset);
  return entrySite(snapshot, offset) ?? keySite(snapshot, offset);
}

function valueSite(
  snapshot: Snapshot,
  path: readonly string[],
  table: TomlTable,
  value: TomlValue,
  offset: number,
): ValueSite | undefined {
  const entry = table.byName.get(path.at(-1) ?? "");
  const key = keyAt(path, keyContext(snapshot.rule()));
  if (entry === undefined || key === undefined) return undefined;
  const array = entry.value.kind === "array" && entry.value.form === "inline" ? entry.value : undefined;
  const isInside = value.kind !== "string" || insideString(value, offset);
  const list = array && listSite(snapshot.text, array, isInside ? value : array, offset);
  const type = list === undefined ? key.type : itemType(key.type);
  const base = { kind: "value", path, key, type, table, entry, list } as const;
  switch (value.kind) {
    case "string":
      if (isInside) return { ...base, host: value, word: bodyOf(value) };
      // Beside an item of a list there may be another one.
      return array === undefined || isMultiline(value)
        ? undefined
        : { ...base, host: undefined, word: spanOf(offset, offset) };
    case "hole":
    case "boolean":
    case "integer":
    case "float":
    case "date":
      return { ...base, host: undefined, word: value.span };
    case "array":
      return isBetweenBrackets(snapshot.text, value, offset)
        ? { ...base, host: undefined, word: spanOf(offset, offset) }
        : undefined;
    case "table":
      return undefined;
  }
}

/** Texts of several lines are prose. */
function isMultiline({ form }: TomlString): boolean {
  return form !== "basic" && form !== "literal";
}

function insideString(string: TomlString, offset: number): boolean {
  const { span, isClosed } = string;
  if (isMultiline(string)) return false;
  return span.start < offset && (isClosed ? offset < span.end : offset <= span.end);
}

function bodyOf({ span, isClosed }: TomlString): Span {
  return spanOf(span.start + 1, isClosed ? span.end - 1 : span.end);
}

function isBetweenBrackets(text: string, { span }: TomlArray, offset: number): boolean {
  return span.start < offset && (offset < span.end || text.charAt(span.end - 1) !== "]");
}

/** A text as it is written between the quotes that stand there, and closes them if they are open. */
export function writtenInside({ form, isClosed }: TomlString, text: string): string | undefined {
  const encoded = encode(text, form);
  return encoded === undefined || isClosed ? encoded : `${encoded}${form === "literal" ? "'" : '"'}`;
}

function itemType(type: KeyType): KeyType {
  if (type.kind === "list") return type.item;
  const inner = type.kind === "either" ? type.types.find(({ kind }) => kind === "list") : undefined;
  return inner?.kind === "list" ? inner.item : type;
}

function listSite(text: string, { items }: TomlArray, value: TomlValue, offset: number): ListSite {
  const isItem = items.includes(value);
  const before = items.findLast(({ span }) => span.end <= (isItem ? value.span.start : offset));
  const after = items.find(({ span }) => (isItem ? value.span.end : offset) <= span.start);
  const lacks = (from: number, to: number): boolean =>
    !text
      .slice(from, to)
      .replace(/#[^\n]*/g, "")
      .includes(",");
  return {
    items: items.filter((item) => item !== value),
    previous: before !== undefined && !isItem && lacks(before.span.end, offset) ? before : undefined,
    needsCommaAfter: after !== undefined && !isItem && lacks(offset, after.span.start),
  };
}

/** Behind `key =`, where no value stands yet. */
function entrySite(snapshot: Snapshot, offset: number): ValueSite | undefined {
  const { text } = snapshot;
  const table = tableAt(snapshot, offset);
  const start = lineStart(text, offset);
  const entry = table?.entries.find(
    ({ key, value }) => start <= key.span.start && key.span.end < offset && value.kind === "hole",
  );
  if (
    table === undefined ||
    entry === undefined ||
    !/^\s*=[ \t]*$/.test(text.slice(entry.key.span.end, offset))
  )
    return undefined;
  const path = [...pathAt(snapshot, offset), entry.key.name];
  const key = keyAt(path, keyContext(snapshot.rule()));
  if (key === undefined || offset < entry.value.span.start) return undefined;
  const word = spanOf(offset, offset);
  return { kind: "value", path, key, type: key.type, table, entry, host: undefined, word, list: undefined };
}

/** A key that is being written, or the id of a technique: `T1059.001`, `AML.T0051.000`. */
const BARE_NAME = /^[ \t]*([\w-]*|T\d{1,4}\.\d*|AML\.\w*(?:\.\d*)?)$/i;

function keySite(snapshot: Snapshot, offset: number): KeySite | undefined {
  const { text } = snapshot;
  const start = lineStart(text, offset);
  const written = BARE_NAME.exec(text.slice(start, offset))?.[1];
  const table = tableAt(snapshot, offset);
  const visit = snapshot
    .rule()
    .sections()
    .find((one) => one.table === table);
  if (written === undefined || visit === undefined) return undefined;
  const rest = /^[\w-]*/.exec(text.slice(offset, lineEnd(text, offset)))?.[0] ?? "";
  const word = spanOf(offset - written.length, offset + (written === "" ? 0 : rest.length));
  const after = textAt(text, spanOf(word.end, lineEnd(text, offset)));
  const hasValue = /^[ \t]*=/.test(after);
  if (!hasValue && after.trim() !== "" && !after.trimStart().startsWith("#")) return undefined;
  return {
    kind: "key",
    visit,
    path: pathAt(snapshot, offset),
    word,
    hasValue,
    isLast: onlyHeadersFollow(text, lineEnd(text, offset)),
  };
}

function headerBefore(snapshot: Snapshot, offset: number): TomlHeader | undefined {
  const start = lineStart(snapshot.text, offset);
  return snapshot.toml().headers.findLast(({ span }) => span.end < start);
}

function tableAt(snapshot: Snapshot, offset: number): TomlTable | undefined {
  return headerBefore(snapshot, offset)?.table ?? snapshot.toml().root;
}

/** Names from the root to the table that an offset is in. */
export function pathAt(snapshot: Snapshot, offset: number): readonly string[] {
  return headerBefore(snapshot, offset)?.parts.map(({ name }) => name) ?? [];
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  const found = end < 0 ? text.length : end;
  return text.charAt(found - 1) === "\r" && offset < found ? found - 1 : found;
}

export function onlyHeadersFollow(text: string, from: number): boolean {
  const blank = /(?:\s+|#[^\n]*)*/y;
  blank.lastIndex = from;
  const end = from + (blank.exec(text)?.[0].length ?? 0);
  return end === text.length || text.charAt(end) === "[";
}
