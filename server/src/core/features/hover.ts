import { type CheckMeta } from "../checks/check.ts";
import { type FieldDocs } from "../knowledge/fields.ts";
import { keyAt } from "../rule/keys.ts";
import { type NamedThreat, namedThreats } from "../rule/threats.ts";
import { keyContext } from "../rule/visit.ts";
import { type Span, touches } from "../text/span.ts";
import { locate } from "../toml/locate.ts";
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { allowances } from "../analysis/suppress.ts";
import { checkMarkdown, fieldMarkdown, keyMarkdown, threatMarkdown, wordMarkdown } from "./hoverText.ts";

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

export interface HoverSources {
  /** Descriptions of fields; undefined while they are not loaded. */
  readonly docs: FieldDocs | undefined;
  readonly checks: readonly CheckMeta[];
}

/** What there is to say of the word at an offset of the file. */
export function hoverAt(snapshot: Snapshot, offset: number, sources: HoverSources): Hover | undefined {
  if (!snapshot.isRule()) return undefined;
  return (
    allowHover(snapshot, offset, sources) ??
    queryHover(snapshot, offset, sources) ??
    threatHover(snapshot, offset) ??
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
    const found = fieldHover(snapshot, query, inner, sources) ?? wordHover(query, inner);
    if (found !== undefined) return { span: map.toHostSpan(found.span), markdown: found.markdown };
  }
  return undefined;
}

function fieldHover(
  { knowledge }: Snapshot,
  { facts }: SnapshotQuery,
  offset: number,
  { docs }: HoverSources,
): Hover | undefined {
  const ref = facts.fields.find(({ span }) => touches(span, offset));
  if (ref === undefined || knowledge.fields === undefined) return undefined;
  return { span: ref.span, markdown: fieldMarkdown(ref.name, knowledge.fields, docs) };
}

function wordHover({ support, parse, embedded }: SnapshotQuery, offset: number): Hover | undefined {
  const word = support.wordAt?.(parse, offset);
  return word && { span: word.span, markdown: wordMarkdown(word, embedded.language) };
}

function threatHover(snapshot: Snapshot, offset: number): Hover | undefined {
  const { attack } = snapshot.knowledge;
  if (attack === undefined) return undefined;
  for (const threat of namedThreats(snapshot.rule())) {
    const at = [threat.ref.id, threat.ref.name, threat.ref.reference].find(
      (text) => text && touches(text.span, offset),
    );
    if (at === undefined) continue;
    const known = knownThreat(threat, snapshot);
    return known && { span: at.span, markdown: threatMarkdown(known, attack) };
  }
  return undefined;
}

/** By id; while the id is not right, by name. */
function knownThreat(
  { role, ref }: NamedThreat,
  { knowledge }: Snapshot,
): Parameters<typeof threatMarkdown>[0] | undefined {
  const { attack } = knowledge;
  const id = ref.id?.value ?? "";
  const name = ref.name?.value ?? "";
  if (role === "tactic") return attack?.tactic(id) ?? attack?.tacticNamed(name);
  return attack?.technique(id) ?? attack?.techniquesNamed(name)[0];
}

function keyHover(snapshot: Snapshot, offset: number): Hover | undefined {
  const place = locate(snapshot.toml(), offset);
  if (place?.kind !== "key") return undefined;
  const rule = snapshot.rule();
  const key =
    keyAt(place.path, keyContext(rule)) ?? keyAt(place.path, { ruleType: undefined, isDeprecated: true });
  return key && { span: place.key.span, markdown: keyMarkdown(key, place.path) };
}
