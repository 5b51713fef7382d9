/** Keeps out what a sample event has in the fields at the cursor. */
import { type SnapshotQuery } from "../../analysis/snapshot.ts";
import { encloses, type Span, spanOf, textAt, touches } from "../../text/span.ts";
import { shortened } from "../../text/excerpt.ts";
import { type ConditionView } from "./conditions.ts";
import { indentOf, inQuery, type Refactoring, type RefactoringSources } from "./refactoring.ts";

/** More of them would hide the other actions. */
const MOST_EXCLUSIONS = 5;
const MOST_FIELDS = 4;
const LONGEST_TITLE = 80;

/** For the field at the cursor, or for all fields in what is selected. */
export function sampleExclusions(
  query: SnapshotQuery,
  view: ConditionView,
  range: Span,
  { samples }: RefactoringSources,
): readonly Refactoring[] {
  const root = view.roots.find(({ span }) => encloses(span, range));
  const isAt = (span: Span): boolean =>
    range.start === range.end ? touches(span, range.start) : encloses(range, span);
  const refs = query.facts.fields.filter(({ span }) => isAt(span));
  const written = new Map(refs.map(({ name, span }) => [name, textAt(view.text, span)]));
  if (samples === undefined || root === undefined || written.size === 0 || MOST_FIELDS < written.size)
    return [];
  const known = new Set<string>();
  const found: Refactoring[] = [];
  for (const values of samples([...written.keys()])) {
    const tests = [...written.values()].flatMap((field, i) => {
      const value = values[i];
      return (value === undefined ? undefined : view.writeEquality(field, value)) ?? [];
    });
    const exclusion = tests.length === 1 ? `not ${tests.join("")}` : `not (${tests.join(" and ")})`;
    if (tests.length < written.size || known.has(exclusion) || view.text.includes(exclusion)) continue;
    known.add(exclusion);
    const heading = { kind: "rewrite", title: `Add ${shortened(exclusion, LONGEST_TITLE)}` } as const;
    found.push(inQuery(query, heading, exclusionEdits(view, root, exclusion)));
    if (found.length === MOST_EXCLUSIONS) break;
  }
  return found;
}

function exclusionEdits(
  { text }: ConditionView,
  { kind, span }: ConditionView["roots"][number],
  exclusion: string,
): readonly { readonly span: Span; readonly text: string }[] {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const isWrapped = textAt(text, span).includes("\n");
  const gap = isWrapped ? `${lineEnd}${indentOf(text, span.end)}` : " ";
  const isChoice = kind === "or";
  const opened = isChoice ? [{ span: spanOf(span.start, span.start), text: "(" }] : [];
  return [
    ...opened,
    { span: spanOf(span.end, span.end), text: `${isChoice ? ")" : ""} and${gap}${exclusion}` },
  ];
}
