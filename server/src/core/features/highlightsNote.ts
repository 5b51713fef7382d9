/** A placeholder of the investigation guide, such as `$osquery_0`, with the entry of `transform` that takes its place. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type Placeholder, entriesOf, placeholdersIn, transformOf } from "../checks/notePlaceholders.ts";
import { noteOf } from "../checks/noteOf.ts";
import { type RuleDocument, type SourcedText } from "../rule/model.ts";
import { type Span, touches } from "../text/span.ts";
import { type Highlight } from "./highlightsModel.ts";

export function placeholderHighlights(snapshot: Snapshot, offset: number): readonly Highlight[] | undefined {
  const rule = snapshot.rule();
  const note = noteOf(rule);
  const placeholders = note === undefined ? [] : placeholdersIn(note.value);
  const name = nameInNote(note, placeholders, offset) ?? nameOfEntry(rule, offset);
  if (note === undefined || name === undefined) return undefined;
  const uses = placeholders.filter((one) => one.name === name);
  const entry = entrySpan(rule, name);
  return [
    ...uses.map(({ span }): Highlight => ({ span: note.host.map.toHostSpan(span), kind: "read" })),
    ...(entry === undefined ? [] : [{ span: entry, kind: "link" } as const]),
  ];
}

function nameInNote(
  note: SourcedText | undefined,
  placeholders: readonly Placeholder[],
  offset: number,
): string | undefined {
  const inner = note?.host.map.toInner(offset);
  return inner === undefined ? undefined : placeholders.find(({ span }) => touches(span, inner))?.name;
}

function nameOfEntry(rule: RuleDocument, offset: number): string | undefined {
  return entryPlaces(rule).find(({ span }) => touches(span, offset))?.name;
}

function entrySpan(rule: RuleDocument, name: string): Span | undefined {
  return entryPlaces(rule).find((entry) => entry.name === name)?.span;
}

/** Entries by the name of their placeholder; a table's span is its header, or its braces. */
function entryPlaces(rule: RuleDocument): readonly { readonly name: string; readonly span: Span }[] {
  const transform = transformOf(rule);
  if (transform === undefined) return [];
  return [...entriesOf(transform)].flatMap(([plugin, tables]) =>
    tables.map(({ span }, index) => ({ name: `${plugin}_${index}`, span })),
  );
}
