/** The names of techniques and tactics behind their ids, where the name does not stand beside it already. */
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { type AttackCatalog } from "../knowledge/attack.ts";
import { nearestCatalog } from "../knowledge/attackVersions.ts";
import { type NamedThreat, namedThreats } from "../rule/threats.ts";
import { eqlParseOf } from "../checks/eqlParse.ts";
import { walk } from "../query/ast.ts";
import { type EqlAst, childrenOf } from "../query/eql/index.ts";
import { type Span } from "../text/span.ts";
import { type InlayHint, type InlayHintKind } from "./inlayHintsModel.ts";

export function threatHints(
  snapshot: Snapshot,
  queries: readonly SnapshotQuery[],
  kinds: ReadonlySet<InlayHintKind>,
): readonly InlayHint[] {
  const { attack } = snapshot.knowledge;
  if (attack === undefined || (!kinds.has("techniqueNames") && !kinds.has("tacticNames"))) return [];
  const inTables = [...namedThreats(snapshot.rule())].flatMap((threat) => tableHint(threat, attack) ?? []);
  const inQueries = queries.flatMap((query) => queryHints(query, attack));
  return [...inTables, ...inQueries].filter(({ kind }) => kinds.has(kind));
}

function tableHint({ ref: { id, name }, scope }: NamedThreat, attack: AttackCatalog): InlayHint | undefined {
  const catalog = nearestCatalog(attack, scope.framework, scope.version);
  if (id === undefined || catalog === undefined) return undefined;
  const hint = hintFor(id.value, id.span.end, catalog);
  const ownName = catalog.tactic(id.value)?.name ?? catalog.technique(id.value)?.name;
  return name?.value === ownName ? undefined : hint;
}

/** Values that are ids, as in `threat.technique.id : "T1059"`. */
function queryHints(query: SnapshotQuery, attack: AttackCatalog): readonly InlayHint[] {
  const { map } = query.embedded.host;
  return valuesIn(query).flatMap(
    ({ value, span }) => hintFor(value, map.toHost(span.end, "end"), attack) ?? [],
  );
}

function valuesIn(query: SnapshotQuery): readonly { readonly value: string; readonly span: Span }[] {
  if (query.support.id !== "eql") return query.facts.equalities;
  return [...walk<EqlAst>(eqlParseOf(query).ast, childrenOf)].filter((node) => node.kind === "string");
}

function hintFor(id: string, offset: number, catalog: AttackCatalog): InlayHint | undefined {
  const subject = { kind: "threat", id } as const;
  const tactic = catalog.tactic(id);
  if (tactic !== undefined) return { kind: "tacticNames", offset, label: tactic.name, subject };
  const technique = catalog.technique(id);
  if (technique === undefined) return undefined;
  const parent = technique.parent === undefined ? undefined : catalog.technique(technique.parent);
  const label = parent === undefined ? technique.name : `${parent.name}: ${technique.name}`;
  return { kind: "techniqueNames", offset, label, subject };
}
