/** What the cursor stands on, as far as other places know it too. */
import { placeholdersIn, entriesOf, transformOf } from "../checks/notePlaceholders.ts";
import { noteOf } from "../checks/noteOf.ts";
import { type Snapshot } from "../analysis/snapshot.ts";
import { type WorkspaceIndex } from "../analysis/workspace.ts";
import { guidesOf, RULE_ID } from "../rule/mentions.ts";
import { type RuleDocument, type SourcedText } from "../rule/model.ts";
import { textIn } from "../rule/read.ts";
import { exceptionListIds } from "../rule/summary.ts";
import { namedThreats } from "../rule/threats.ts";
import { type Span, encloses, spanOf, touches } from "../text/span.ts";
import { locate } from "../toml/locate.ts";

export type Subject =
  /** The id in lower case. */
  | { readonly kind: "rule"; readonly id: string }
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "technique"; readonly id: string }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "exception-list"; readonly id: string }
  /** Of this file alone: the place of an entry in the list of its plugin. */
  | { readonly kind: "placeholder"; readonly name: string };

export interface PlacedSubject {
  readonly subject: Subject;
  readonly span: Span;
}

/** `index`: the rules around, by which a text is known to be the name of one. */
export function subjectAt(
  snapshot: Snapshot,
  offset: number,
  index: WorkspaceIndex | undefined,
): PlacedSubject | undefined {
  if (!snapshot.isRule()) return undefined;
  return (
    ruleIdAt(snapshot, offset) ??
    fieldAt(snapshot, offset) ??
    keyedAt(snapshot, offset) ??
    placeholderAt(snapshot, offset) ??
    ruleNameAt(snapshot, offset, index)
  );
}

/** Wherever an id stands in a text of the file: as its own, in a query, in a guide. */
function ruleIdAt(snapshot: Snapshot, offset: number): PlacedSubject | undefined {
  const place = locate(snapshot.toml(), offset);
  if (place?.kind !== "value" || place.value.kind !== "string") return undefined;
  const line = lineAround(snapshot.text, offset);
  for (const match of snapshot.text.slice(line.start, line.end).matchAll(RULE_ID)) {
    const start = line.start + match.index;
    const span = spanOf(start, start + match[0].length);
    if (touches(span, offset) && encloses(place.value.span, span))
      return { subject: { kind: "rule", id: match[0].toLowerCase() }, span };
  }
  return undefined;
}

function lineAround(text: string, offset: number): Span {
  const end = text.indexOf("\n", offset);
  return spanOf(text.lastIndexOf("\n", offset - 1) + 1, end < 0 ? text.length : end);
}

function fieldAt(snapshot: Snapshot, offset: number): PlacedSubject | undefined {
  for (const { embedded, facts } of snapshot.queries()) {
    const { map } = embedded.host;
    const inner = map.toInner(offset);
    const ref = inner === undefined ? undefined : facts.fields.find(({ span }) => touches(span, inner));
    if (ref !== undefined)
      return { subject: { kind: "field", name: ref.name }, span: map.toHostSpan(ref.span) };
  }
  return undefined;
}

/** Values that their keys make a name. */
function keyedAt(snapshot: Snapshot, offset: number): PlacedSubject | undefined {
  const rule = snapshot.rule();
  for (const text of exceptionListIds(rule)) {
    if (touches(text.span, offset))
      return { subject: { kind: "exception-list", id: text.value }, span: contentOf(text) };
  }
  for (const { role, ref } of namedThreats(rule)) {
    const text = [ref.id, ref.name].find((one) => one !== undefined && touches(one.span, offset));
    if (role !== "tactic" && ref.id !== undefined && text !== undefined)
      return { subject: { kind: "technique", id: ref.id.value }, span: contentOf(text) };
  }
  const id = ownId(rule);
  if (rule.name !== undefined && id !== undefined && touches(rule.name.span, offset))
    return { subject: { kind: "rule", id }, span: contentOf(rule.name) };
  const place = locate(snapshot.toml(), offset);
  const isTag = place?.kind === "value" && place.path.join(".") === "rule.tags";
  if (!isTag || place.value.kind !== "string") return undefined;
  return { subject: { kind: "tag", tag: place.value.value }, span: place.value.span };
}

/** In lower case. */
export function ownId({ rule }: RuleDocument): string | undefined {
  return rule && textIn(rule, "rule_id")?.value.toLowerCase();
}

/** Without the quotes. */
export function contentOf({ value, host }: SourcedText): Span {
  return host.map.toHostSpan(spanOf(0, value.length));
}

function placeholderAt(snapshot: Snapshot, offset: number): PlacedSubject | undefined {
  const found = placeholderPlaces(snapshot.rule()).find(({ span }) => touches(span, offset));
  return found && { subject: { kind: "placeholder", name: found.name }, span: found.span };
}

export interface PlaceholderPlace {
  readonly name: string;
  /** An entry's is its header, or its braces; a use's has the dollar sign. */
  readonly role: "entry" | "use";
  readonly span: Span;
}

/** Entries of `transform` by the names of their placeholders, and the places of the guide where these stand. */
export function placeholderPlaces(rule: RuleDocument): readonly PlaceholderPlace[] {
  const note = noteOf(rule);
  const transform = transformOf(rule);
  const entries = transform === undefined ? [] : [...entriesOf(transform)];
  return [
    ...entries.flatMap(([plugin, tables]) =>
      tables.map(({ span }, at) => ({ name: `${plugin}_${at}`, role: "entry", span }) as const),
    ),
    ...(note === undefined ? [] : placeholdersIn(note.value)).map(({ name, span }) => {
      const host = note === undefined ? span : note.host.map.toHostSpan(span);
      return { name, role: "use", span: host } as const;
    }),
  ];
}

/** Characters that may stand around a name in a guide, but not in it. */
const BOUNDARY = /[\n"`*[\]()]/;

/** A line of a guide, a list item, or what stands between quotes there, if another rule is named so. */
function ruleNameAt(
  snapshot: Snapshot,
  offset: number,
  index: WorkspaceIndex | undefined,
): PlacedSubject | undefined {
  for (const { value, host } of index === undefined ? [] : guidesOf(snapshot.rule())) {
    const inner = host.map.toInner(offset);
    if (inner === undefined || index === undefined) continue;
    const span = phraseAround(value, inner);
    const name = value.slice(span.start, span.end);
    const [named] = [...index.withName(name, "active"), ...index.withName(name, "deprecated")];
    if (named?.id === undefined) return undefined;
    return { subject: { kind: "rule", id: named.id.value.toLowerCase() }, span: host.map.toHostSpan(span) };
  }
  return undefined;
}

function phraseAround(text: string, offset: number): Span {
  let start = offset;
  let end = offset;
  while (0 < start && !BOUNDARY.test(text.charAt(start - 1))) start--;
  while (end < text.length && !BOUNDARY.test(text.charAt(end))) end++;
  const phrase = text.slice(start, end);
  const marker = /^\s*(?:(?:[-+]|\d+\.)\s+)?/.exec(phrase)?.[0].length ?? 0;
  return spanOf(start + marker, start + Math.max(marker, phrase.trimEnd().length));
}
