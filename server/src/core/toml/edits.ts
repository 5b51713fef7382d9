/** Edits of a TOML file that leave everything else as it was written. */
import { type Edit, type Fix } from "../text/edit.ts";
import { type Span, spanOf } from "../text/span.ts";
import { type TomlDocument, type TomlHeader, type TomlString, type TomlTable } from "./model.ts";
import { encode } from "./strings.ts";

/** Replaces part of a text's value. Undefined if the string's form cannot hold the new text. */
export function replaceInText(host: TomlString, inner: Span, text: string): Edit | undefined {
  const encoded = encode(text, host.form);
  return encoded === undefined ? undefined : { span: host.map.toHostSpan(inner), text: encoded };
}

/** Replaces a text's whole value. Undefined if the string's form cannot hold the new text. */
export function replaceText(host: TomlString, text: string): Edit | undefined {
  if (host.value === "") {
    const at = host.map.toHost(0, "start");
    const encoded = encode(text, host.form);
    return encoded === undefined ? undefined : { span: spanOf(at, at), text: encoded };
  }
  return replaceInText(host, spanOf(0, host.value.length), text);
}

/** Adds `name = value` as the first line of a table made by a header; undefined for other tables. */
export function insertFirst(table: TomlTable, line: string): Edit | undefined {
  if (table.form !== "header") return undefined;
  return { span: spanOf(table.span.end, table.span.end), text: `\n${line}` };
}

/** A table's header with all that belongs to it, tables below included; for other tables their own span. */
export function sectionOf(document: TomlDocument, table: TomlTable): Span {
  return document.headerOf.get(table)?.whole ?? table.span;
}

/** `[a]` becomes `[[a]]`: an item of a list of tables. */
export function doubledBrackets({ span }: TomlHeader): Fix {
  const edits = [
    { span: spanOf(span.start, span.start), text: "[" },
    { span: spanOf(span.end, span.end), text: "]" },
  ];
  return { title: "Write [[double brackets]]", safety: "unsafe", edits };
}
