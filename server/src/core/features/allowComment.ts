/** The comment that allows one finding where it stands. */
import { type Diagnostic } from "../analysis/diagnostic.ts";
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { type Edit } from "../text/edit.ts";
import { type Span, encloses, spanOf } from "../text/span.ts";
import { replaceInText, sectionOf } from "../toml/edits.ts";
import { type TomlDocument, type TomlTable } from "../toml/model.ts";

/** Undefined where no comment can cover the finding. */
export function allowComment(snapshot: Snapshot, { check, span }: Diagnostic): Edit | undefined {
  const query = snapshot.queries().find(({ embedded }) => encloses(embedded.host.span, span));
  const inQuery = query && commentInQuery(query, check, span);
  return inQuery ?? commentInFile(snapshot.toml(), check, span);
}

/** In a query a comment covers the line after it. */
function commentInQuery(query: SnapshotQuery, check: string, span: Span): Edit | undefined {
  const { embedded, support } = query;
  const { host, text } = embedded;
  if (support.comments === undefined || !host.form.startsWith("multiline")) return undefined;
  const [start, end] = [host.map.toInner(span.start), host.map.toInner(span.end)];
  if (start === undefined || end === undefined) return undefined;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  if (text.slice(lineStart, end).includes("\n")) return undefined;
  // A comment in a string is none.
  const isInToken = query.parse.tokens.some(
    (token) => token.span.start < lineStart && lineStart < token.span.end,
  );
  if (isInToken) return undefined;
  const above = text.slice(text.lastIndexOf("\n", lineStart - 2) + 1, lineStart);
  const directive = /^[ \t]*\/\/\s*rulewright:\s*allow\s+/.exec(above)?.[0];
  if (directive !== undefined) {
    // Another comment between it and the line would take the line from it.
    const at = lineStart - above.length + directive.length;
    return replaceInText(host, spanOf(at, at), `${check}, `);
  }
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? "";
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const comment = `${indent}// rulewright: allow ${check}${newline}`;
  return replaceInText(host, spanOf(lineStart, lineStart), comment);
}

/** Elsewhere it covers the entry after it, or the table if it stands above a header. */
function commentInFile(document: TomlDocument, check: string, span: Span): Edit | undefined {
  // In half a file it is a guess where an entry ends.
  if (document.errors.length > 0) return undefined;
  const at = entryStart(document.root, span) ?? headerStart(document, span);
  if (at === undefined) return undefined;
  const lineStart = document.text.lastIndexOf("\n", at - 1) + 1;
  const indent = document.text.slice(lineStart, at);
  if (indent.trim() !== "") return undefined;
  const newline = document.text.includes("\r\n") ? "\r\n" : "\n";
  return { span: spanOf(at, at), text: `# rulewright: allow ${check}${newline}${indent}` };
}

/** Where the line `key = value` begins that holds the whole span. */
function entryStart(table: TomlTable, span: Span): number | undefined {
  for (const { key, span: whole, value } of table.entries) {
    const inner =
      value.kind === "table" ? [value] : value.kind === "array" ? value.items.filter(isTable) : [];
    const isWritten = !inner.some(({ form }) => form === "header" || form === "implied");
    if (isWritten && encloses(whole, span)) return key.span.start;
    for (const one of inner) {
      const found = one.form === "inline" ? undefined : entryStart(one, span);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function isTable(value: { readonly kind: string }): value is TomlTable {
  return value.kind === "table";
}

function headerStart(document: TomlDocument, span: Span): number | undefined {
  const headers = document.headers.filter(({ table }) => encloses(sectionOf(document, table), span));
  return headers.at(-1)?.span.start;
}
