import { type CheckMeta } from "../checks/check.ts";
import { type FieldDocs } from "../knowledge/fields.ts";
import { keyAt } from "../rule/keys.ts";
import { keyContext } from "../rule/visit.ts";
import { type Span, touches } from "../text/span.ts";
import { locate } from "../toml/locate.ts";
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { allowances } from "../analysis/suppress.ts";
import { checkMarkdown, keyMarkdown, wordMarkdown } from "./hoverText.ts";
import { namesField } from "./completionTomlValues.ts";
import { type FieldContext, fieldMarkdown } from "./fieldText.ts";
import { stringHover } from "./stringHover.ts";
import { type RuleCount, threatHover } from "./threatHover.ts";

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

export interface HoverSources {
  /** Descriptions of fields; undefined while they are not loaded. */
  readonly docs: FieldDocs | undefined;
  readonly checks: readonly CheckMeta[];
  readonly ruleCount?: RuleCount | undefined;
  /** How many rules of the workspace read a field; undefined while that is not counted. */
  readonly useCount?: FieldContext["useCount"];
}

/** What there is to say of the word at an offset of the file. */
export function hoverAt(snapshot: Snapshot, offset: number, sources: HoverSources): Hover | undefined {
  if (!snapshot.isRule()) return undefined;
  return (
    allowHover(snapshot, offset, sources) ??
    queryHover(snapshot, offset, sources) ??
    stringHover(snapshot, offset, sources.docs) ??
    threatHover(snapshot, offset, sources.ruleCount) ??
    namedFieldHover(snapshot, offset, sources) ??
    keyHover(snapshot, offset)
  );
}

function allowHover(snapshot: Snapshot, offset: number, { checks }: HoverSources): Hover | undefined {
  const allowance = allowances(snapshot).find(({ span }) => touches(span, offset));
  const check = allowance && checks.find(({ id }) => id === allowance.check);
  return allowance && check && { span: allowance.span, markdown: checkMarkdown(check) };
}

function queryHover(snapshot: Snapshot, offset: number, sources: HoverSources): Hover | undefined {
  for (const query of snapshot.queries()) {
    const { map } = query.embedded.host;
    const inner = map.toInner(offset);
    if (inner === undefined) continue;
    const found = fieldHover(query, inner, sources) ?? wordHover(query, inner);
    if (found !== undefined) return { span: map.toHostSpan(found.span), markdown: found.markdown };
  }
  return undefined;
}

function fieldHover(
  { facts, scope }: SnapshotQuery,
  offset: number,
  sources: HoverSources,
): Hover | undefined {
  const ref = facts.fields.find(({ span }) => touches(span, offset));
  const found = scope();
  if (ref === undefined || found === undefined) return undefined;
  const part = facts.parts.length < 2 ? 0 : facts.parts.findIndex(({ span }) => touches(span, offset));
  const context = { scope: found, part: part < 0 ? "whole" : part, ...fieldSources(sources) } as const;
  return { span: ref.span, markdown: fieldMarkdown(ref.name, context) };
}

function fieldSources({ docs, useCount }: HoverSources): Pick<FieldContext, "docs" | "useCount"> {
  return { docs, useCount };
}

function wordHover({ support, parse, embedded }: SnapshotQuery, offset: number): Hover | undefined {
  const word = support.wordAt?.(parse, offset);
  return word && { span: word.span, markdown: wordMarkdown(word, embedded.language) };
}

/** A field that a key of the rule names, such as one of `new_terms`. */
function namedFieldHover(snapshot: Snapshot, offset: number, sources: HoverSources): Hover | undefined {
  const place = locate(snapshot.toml(), offset);
  if (place?.kind !== "value" || place.value.kind !== "string" || !namesField(place.path)) return undefined;
  const scope = snapshot.scope();
  const { value, span } = place.value;
  if (scope === undefined || value === "") return undefined;
  return { span, markdown: fieldMarkdown(value, { scope, part: "whole", ...fieldSources(sources) }) };
}

function keyHover(snapshot: Snapshot, offset: number): Hover | undefined {
  const place = locate(snapshot.toml(), offset);
  if (place?.kind !== "key") return undefined;
  const rule = snapshot.rule();
  const key =
    keyAt(place.path, keyContext(rule)) ?? keyAt(place.path, { ruleType: undefined, isDeprecated: true });
  return key && { span: place.key.span, markdown: keyMarkdown(key, place.path) };
}
