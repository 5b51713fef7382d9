/** Takes a key or an item of a list out of a file, with the line that it alone stands on. */
import { type Edit } from "../text/edit.ts";
import { type Span, spanOf } from "../text/span.ts";
import { type TomlArray, type TomlDocument, type TomlEntry, type TomlTable } from "./model.ts";

/** Undefined for entries that headers and dotted keys make, and for a table whose last key it is. */
export function removeEntry(document: TomlDocument, table: TomlTable, entry: TomlEntry): Edit | undefined {
  if (table.form === "inline") return withoutPart(table.entries, table.entries.indexOf(entry));
  const lines = wholeLines(document.text, entry.span);
  return table.form === "header" && isWritten(entry) && lines !== undefined
    ? { span: lines, text: "" }
    : undefined;
}

function isWritten({ value }: TomlEntry): boolean {
  if (value.kind === "table") return value.form === "inline";
  return value.kind !== "array" || value.form !== "tables";
}

/** Undefined if nothing would be left, or the list is made by headers. */
export function removeItem(document: TomlDocument, list: TomlArray, index: number): Edit | undefined {
  const item = list.items[index];
  if (list.form !== "inline" || item === undefined || list.items.length < 2) return undefined;
  const lines = wholeLines(document.text, item.span);
  // The last item's comma, if it has none of its own, is that of the item before: TOML lets it stand.
  return lines === undefined ? withoutPart(list.items, index) : { span: lines, text: "" };
}

/** One of several parts between commas, with one of them. */
function withoutPart(parts: readonly { readonly span: Span }[], index: number): Edit | undefined {
  const [before, part, after] = [parts[index - 1], parts[index], parts[index + 1]];
  if (part === undefined) return undefined;
  if (after !== undefined) return { span: spanOf(part.span.start, after.span.start), text: "" };
  return before === undefined ? undefined : { span: spanOf(before.span.end, part.span.end), text: "" };
}

/** The lines of the span with their line break, if nothing else stands on them but a comma and a comment. */
function wholeLines(text: string, { start, end }: Span): Span | undefined {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", end);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  const isAlone =
    text.slice(lineStart, start).trim() === "" &&
    /^[ \t]*,?[ \t]*(#.*)?\r?\n?$/.test(text.slice(end, lineEnd));
  return isAlone ? spanOf(lineStart, lineEnd) : undefined;
}

/** A table with a header and the lines of its own keys; tables below it stay. */
export function removeSection({ text, headerOf }: TomlDocument, table: TomlTable): Edit | undefined {
  const header = headerOf.get(table);
  const lines = header && wholeLines(text, header.section);
  return lines && { span: lines, text: "" };
}
