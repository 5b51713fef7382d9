import { attackUrl } from "../knowledge/attack.ts";
import { nearestCatalog } from "../knowledge/attackVersions.ts";
import { namedThreats } from "../rule/threats.ts";
import { type Span, spanOf } from "../text/span.ts";
import { type Snapshot } from "../analysis/snapshot.ts";

export interface Link {
  readonly span: Span;
  readonly url: string;
}

/** Links on the ids of tactics and techniques. Editors make links of written-out URLs themselves. */
export function links(snapshot: Snapshot): readonly Link[] {
  const { attack } = snapshot.knowledge;
  if (!snapshot.isRule() || attack === undefined) return [];
  return [...namedThreats(snapshot.rule())].flatMap(({ ref: { id }, scope }) => {
    const catalog = nearestCatalog(attack, scope.framework, scope.version);
    if (id === undefined || (catalog?.tactic(id.value) ?? catalog?.technique(id.value)) === undefined)
      return [];
    const { map } = id.host;
    return [
      { span: spanOf(map.toHost(0, "start"), map.toHost(id.value.length, "end")), url: attackUrl(id.value) },
    ];
  });
}
