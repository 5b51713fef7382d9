/** Inserts keys and items where they stand in Elastic's own files: keys in alphabetical order with the queries last, items at the end. */
import { type Edit } from "../text/edit.ts";
import { spanOf } from "../text/span.ts";
import {
  type TomlArray,
  type TomlDocument,
  type TomlEntry,
  type TomlTable,
  type TomlValue,
} from "./model.ts";

export interface NewKey {
  readonly name: string;
  /** As it stands in the file, with its quotes. */
  readonly value: string;
}

export interface NewTable {
  readonly name: string;
  readonly isList: boolean;
  readonly keys: readonly NewKey[];
}

/** Writes `name = value` into a table with a header or braces; undefined for others. */
export function insertKey(document: TomlDocument, table: TomlTable, key: NewKey): Edit | undefined {
  return insertKeys(document, table, [key])[0];
}

/** One edit for each place that gets keys; none if the table has neither a header nor braces. */
export function insertKeys(
  document: TomlDocument,
  table: TomlTable,
  keys: readonly NewKey[],
): readonly Edit[] {
  if (table.form === "inline") return keys.map((key) => insertInline(table, key));
  if (table.form !== "header") return [];
  const texts = new Map<number, string>();
  for (const key of [...keys].sort(byPlace)) {
    const before = predecessor(table, key.name);
    const at = endOfLine(document.text, before?.span.end ?? table.span.end);
    texts.set(at, `${texts.get(at) ?? ""}\n${key.name} = ${key.value}`);
  }
  return [...texts].map(([at, text]) => ({ span: spanOf(at, at), text: withNewlinesOf(document, text) }));
}

function byPlace(first: { readonly name: string }, second: { readonly name: string }): number {
  return placeOf(first.name) < placeOf(second.name) ? -1 : 1;
}

const LAST_KEYS: ReadonlySet<string> = new Set(["query", "threat_query"]);

/** What names are compared by. */
function placeOf(name: string): string {
  return LAST_KEYS.has(name) ? `~${name}` : name;
}

/** The entry that the new key stands after; undefined if it is to be the first one. */
function predecessor(table: TomlTable, name: string): TomlEntry | undefined {
  return table.entries
    .filter(({ key, value }) => isWrittenHere(value) && placeOf(key.name) < placeOf(name))
    .reduce<TomlEntry | undefined>(
      (last, entry) =>
        last === undefined || placeOf(last.key.name) < placeOf(entry.key.name) ? entry : last,
      undefined,
    );
}

/** True for `key = value`; headers and dotted keys below the table stand elsewhere. */
function isWrittenHere(value: TomlValue): boolean {
  // Where an unclosed text ends is a guess.
  if (value.kind === "string") return value.isClosed;
  if (value.kind === "table") return value.form === "inline";
  return value.kind !== "array" || value.form !== "tables";
}

/** Where the line ends, before its line break; a comment on it stays with what stands before. */
function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  if (newline < 0) return text.length;
  return text.charAt(newline - 1) === "\r" ? newline - 1 : newline;
}

/** Line breaks as the file has them. */
export function withNewlinesOf({ text }: TomlDocument, inserted: string): string {
  const isWindows = text.charAt(text.indexOf("\n") - 1) === "\r";
  return isWindows ? inserted.replaceAll("\n", "\r\n") : inserted;
}

function insertInline(table: TomlTable, { name, value }: NewKey): Edit {
  const before = predecessor(table, name);
  if (before !== undefined) {
    return { span: spanOf(before.span.end, before.span.end), text: `, ${name} = ${value}` };
  }
  const [first] = table.entries;
  if (first !== undefined) {
    return { span: spanOf(first.span.start, first.span.start), text: `${name} = ${value}, ` };
  }
  return { span: table.span, text: `{ ${name} = ${value} }` };
}

/** Adds an item at the end of a list that stands in brackets, on a line of its own where the last one has one. */
export function appendItem(document: TomlDocument, list: TomlArray, value: string): readonly Edit[] {
  if (list.form !== "inline") return [];
  const last = list.items.at(-1);
  if (last === undefined) return [{ span: list.span, text: `[${value}]` }];
  const { text } = document;
  const { end } = last.span;
  const gap = /^[ \t]*,/.exec(text.slice(end, list.span.end))?.[0];
  const afterComma = end + (gap ?? "").length;
  const indent = text.slice(text.lastIndexOf("\n", last.span.start) + 1, last.span.start);
  if (/\S/.test(indent) || list.span.end <= endOfLine(text, end)) {
    return [{ span: spanOf(afterComma, afterComma), text: gap === undefined ? `, ${value}` : ` ${value}` }];
  }
  const at = endOfLine(text, afterComma);
  const line = withNewlinesOf(document, `\n${indent}${value}`);
  if (gap !== undefined) return [{ span: spanOf(at, at), text: `${line},` }];
  if (at === end) return [{ span: spanOf(at, at), text: `,${line}` }];
  return [
    { span: spanOf(end, end), text: "," },
    { span: spanOf(at, at), text: line },
  ];
}

/** A new table below one with a header, after everything that is below it already; undefined for other parents. */
export function insertTable(
  document: TomlDocument,
  parent: TomlTable,
  { name, isList, keys }: NewTable,
): Edit | undefined {
  const header = document.headerOf.get(parent);
  if (header === undefined || document.errors.length > 0) return undefined;
  const path = [...header.parts.map((part) => part.name), name].join(".");
  const { text } = document;
  const end = header.whole.start + text.slice(header.whole.start, header.whole.end).trimEnd().length;
  const lines = keys.map((key) => `${key.name} = ${key.value}`);
  const block = ["", isList ? `[[${path}]]` : `[${path}]`, ...lines].join("\n");
  return { span: spanOf(end, end), text: withNewlinesOf(document, `\n${block}`) };
}
