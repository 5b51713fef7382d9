/** Where a table, or the file, is marked for what it lacks. */
import { type Span, spanOf } from "../text/span.ts";
import { type TomlDocument, type TomlTable } from "../toml/model.ts";

/** A table's header, or the opening brace of an inline one. */
export function headerSpan({ form, span }: TomlTable): Span {
  return form === "inline" ? spanOf(span.start, span.start + 1) : span;
}

/** The first line of the file that is no comment, so that a comment above it can allow what is told there. */
export function firstLine({ text }: TomlDocument): Span {
  const start = /^(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*/.exec(text)?.[0].length ?? 0;
  const length = text.slice(start).search(/[\r\n]/);
  return spanOf(start, length < 0 ? text.length : start + length);
}
