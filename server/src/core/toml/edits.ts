/** Edits of a TOML file that leave everything else as it was written. */
import { type Edit } from "../text/edit.ts";
import { type Span, spanOf } from "../text/span.ts";
import { type TomlDocument, type TomlString, type TomlTable } from "./model.ts";
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

/** From a header to where the next one begins that is not below it, or to the end of the file. */
export function sectionOf(document: TomlDocument, table: TomlTable): Span {
  const index = document.headers.findIndex((header) => header.table === table && header.span === table.span);
  const header = document.headers[index];
  if (header === undefined) return table.span;
  const path = header.parts.map((part) => part.name);
  const next = document.headers.slice(index + 1).find(
    (other) =>
      !isBelow(
        other.parts.map((part) => part.name),
        path,
      ),
  );
  return spanOf(header.span.start, next?.span.start ?? document.text.length);
}

function isBelow(path: readonly string[], ancestor: readonly string[]): boolean {
  return ancestor.length < path.length && ancestor.every((name, i) => path[i] === name);
}
