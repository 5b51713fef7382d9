/** The hover of a text in a query: what is left of it once TOML and the query language have undone their escapes, and what it matches. */
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { type Span, textAt } from "../text/span.ts";
import { type FieldDocs } from "../knowledge/fields.ts";
import { completionDoc } from "./completionDoc.ts";
import { paragraphs } from "./markdown.ts";
import { eqlText } from "./stringHoverEql.ts";
import { kqlText } from "./stringHoverKql.ts";
import { type QueryText, shown } from "./stringHoverModel.ts";

export function stringHover(
  snapshot: Snapshot,
  offset: number,
  docs: FieldDocs | undefined,
): { readonly span: Span; readonly markdown: string } | undefined {
  for (const query of snapshot.queries()) {
    const inner = query.embedded.host.map.toInner(offset);
    if (inner === undefined) continue;
    const found = textIn(query, inner);
    if (found === undefined) return undefined;
    const span = query.embedded.host.map.toHostSpan(found.span);
    const about = aboutValue(snapshot, query, found, docs);
    return { span, markdown: paragraphs(markdownOf(snapshot, query, found, span), ...about) };
  }
  return undefined;
}

function textIn(query: SnapshotQuery, inner: number): QueryText | undefined {
  if (query.support.id === "eql") return eqlText(query, inner);
  return query.support.id === "kuery" ? kqlText(query, inner) : undefined;
}

function markdownOf(snapshot: Snapshot, query: SnapshotQuery, text: QueryText, host: Span): string {
  const inFile = textAt(snapshot.text, host);
  const afterToml = textAt(query.parse.text, text.span);
  const isPlain = inFile === afterToml && withoutQuotes(afterToml) === text.value;
  const steps = [
    ...(inFile === afterToml ? [] : [`- In the file: ${shown(inFile)}`]),
    ...(isPlain ? [] : [`- In the query: ${shown(afterToml)}`, `- Its value: ${shown(text.value)}`]),
  ];
  return paragraphs(shown(text.value), ...text.meaning, steps.join("\n"));
}

function withoutQuotes(image: string): string {
  return image.replace(/^("""|["'])(.*)\1$/s, "$2");
}

/** What the value itself stands for: an id of ATT&CK, or one of the values that ECS has for the field. */
function aboutValue(
  snapshot: Snapshot,
  { facts }: SnapshotQuery,
  { span, value }: QueryText,
  docs: FieldDocs | undefined,
): readonly (string | undefined)[] {
  const field = facts.equalities.find((equality) => equality.span.start === span.start)?.field;
  const doc = field && completionDoc({ kind: "value", field, value }, snapshot, docs, undefined);
  return [doc, completionDoc({ kind: "threat", id: value }, snapshot, docs, undefined)];
}
