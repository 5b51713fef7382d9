/** Which part of a rule a line belongs to. */
import { type Snapshot } from "../../server/src/core/analysis/snapshot.ts";
import { type Span, spanOf } from "../../server/src/core/text/span.ts";
import { type TomlTable, type TomlValue } from "../../server/src/core/toml/model.ts";

/** The smallest `key = value` that reaches over the line, else the header on it, else the line itself. */
export function placeOnLine(snapshot: Snapshot, line: number): Span {
  const lines = snapshot.lines();
  const start = lines.offsetAt({ line, character: 0 });
  const whole = spanOf(start, start + lines.lineText(line).length);
  const { root, headers } = snapshot.toml();
  const header = headers.find(({ span }) => overlaps(span, whole));
  if (header !== undefined) return header.span;
  return entryOver(root, whole) ?? whole;
}

/** The header of the table that the line stands in; undefined before the first one. */
export function headerAbove(snapshot: Snapshot, line: number): Span | undefined {
  const start = snapshot.lines().offsetAt({ line, character: 0 });
  return snapshot.toml().headers.findLast(({ span }) => span.start <= start)?.span;
}

/** True if a text became the other by losing lines. */
export function lostLines(before: string, after: string): boolean {
  const rest = before.split("\n");
  const kept = after.split("\n");
  let at = 0;
  for (const line of rest) if (line === kept[at]) at++;
  return at === kept.length && kept.length < rest.length;
}

function overlaps(span: Span, line: Span): boolean {
  return span.start < line.end && line.start < span.end;
}

function entryOver(table: TomlTable, line: Span): Span | undefined {
  for (const { span, value } of table.entries) {
    const inner = tablesIn(value).flatMap((one) => entryOver(one, line) ?? [])[0];
    if (inner !== undefined) return inner;
    if (isWritten(value) && overlaps(span, line)) return span;
  }
  return undefined;
}

/** Tables that have lines of their own. */
function tablesIn(value: TomlValue): readonly TomlTable[] {
  const items = value.kind === "array" ? value.items : [value];
  return items.filter((item): item is TomlTable => item.kind === "table" && item.form !== "inline");
}

function isWritten(value: TomlValue): boolean {
  return value.kind === "table" ? value.form === "inline" : value.kind !== "array" || value.form === "inline";
}
