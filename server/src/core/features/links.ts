/** What can be opened from a rule: pages of techniques and integrations, references, other rules. */
import { attackUrl } from "../knowledge/attack.ts";
import { nearestCatalog } from "../knowledge/attackVersions.ts";
import { guidesOf, RULE_ID } from "../rule/mentions.ts";
import { ruleReferences } from "../rule/references.ts";
import { namedThreats } from "../rule/threats.ts";
import { type Span, spanOf } from "../text/span.ts";
import { type TomlString, type TomlTable } from "../toml/model.ts";
import { type Snapshot } from "../analysis/snapshot.ts";
import { ownId } from "./definitionSubject.ts";

export interface Link {
  readonly span: Span;
  readonly url: string;
}

/** Where the rule of an id can be opened; undefined for an id that no rule around has. */
export type RuleUrl = (id: string) => string | undefined;

export function links(snapshot: Snapshot, ruleUrl: RuleUrl = () => undefined): readonly Link[] {
  if (!snapshot.isRule()) return [];
  return [
    ...threatLinks(snapshot),
    ...referenceLinks(snapshot),
    ...integrationLinks(snapshot),
    ...ruleLinks(snapshot, ruleUrl),
  ].sort((a, b) => a.span.start - b.span.start);
}

/** On the ids of tactics and techniques. */
function threatLinks(snapshot: Snapshot): readonly Link[] {
  const { attack } = snapshot.knowledge;
  if (attack === undefined) return [];
  return [...namedThreats(snapshot.rule())].flatMap(({ ref: { id }, scope }) => {
    const catalog = nearestCatalog(attack, scope.framework, scope.version);
    if (id === undefined || (catalog?.tactic(id.value) ?? catalog?.technique(id.value)) === undefined)
      return [];
    return [{ span: contentOf(id.host), url: attackUrl(id.value) }];
  });
}

/** Editors that make links of written-out URLs by themselves show these once. */
function referenceLinks(snapshot: Snapshot): readonly Link[] {
  return stringsIn(snapshot.rule().rule, "references").flatMap((item) =>
    /^https?:\/\/[^\s/]+/.test(item.value) ? [{ span: contentOf(item), url: item.value }] : [],
  );
}

const INTEGRATION_PAGE = "https://www.elastic.co/docs/reference/integrations/";
const BEAT_PAGE = "https://www.elastic.co/docs/reference/beats/";

/** On index patterns of one integration or Beat, and on `metadata.integration`, as far as the packages are known. */
function integrationLinks(snapshot: Snapshot): readonly Link[] {
  const { rule, metadata } = snapshot.rule();
  const named = stringsIn(metadata, "integration");
  const declared = new Set(named.map(({ value }) => value));
  const packages = snapshot.knowledge.schemas?.packages;
  const isPackage = (name: string): boolean => packages?.has(name) ?? declared.has(name);
  const ofPatterns = stringsIn(rule, "index").flatMap((item) => {
    const url = patternPage(item.value, isPackage);
    return url === undefined ? [] : [{ span: contentOf(item), url }];
  });
  const ofNames = named.flatMap((item) =>
    packages?.has(item.value) === true
      ? [{ span: contentOf(item), url: `${INTEGRATION_PAGE}${item.value}` }]
      : [],
  );
  return [...ofPatterns, ...ofNames];
}

/** `logs-aws.cloudtrail-*` belongs to the package `aws`, whatever cluster it is read from. */
function patternPage(pattern: string, isPackage: (name: string) => boolean): string | undefined {
  const index = pattern.replace(/^[^:]*::?/, "");
  const beat = /^(auditbeat|filebeat|packetbeat|winlogbeat)-/.exec(index)?.[1];
  if (beat !== undefined) return `${BEAT_PAGE}${beat}`;
  const name = /^(?:logs|metrics|traces)-([a-z0-9_]+)/.exec(index)?.[1];
  return name !== undefined && isPackage(name) ? `${INTEGRATION_PAGE}${name}` : undefined;
}

/** On the ids of other rules, in guides and queries. */
function ruleLinks(snapshot: Snapshot, ruleUrl: RuleUrl): readonly Link[] {
  const rule = snapshot.rule();
  const inGuides = guidesOf(rule).flatMap(({ value, host }) =>
    [...value.matchAll(RULE_ID)].map(({ 0: id, index }) => ({
      id,
      span: host.map.toHostSpan(spanOf(index, index + id.length)),
    })),
  );
  const own = ownId(rule);
  return [...inGuides, ...ruleReferences(rule)].flatMap(({ id, span }) => {
    const url = id.toLowerCase() === own ? undefined : ruleUrl(id.toLowerCase());
    return url === undefined ? [] : [{ span, url }];
  });
}

/** One text, or a list of them. */
function stringsIn(table: TomlTable | undefined, name: string): readonly TomlString[] {
  const value = table?.byName.get(name)?.value;
  const items = value?.kind === "array" ? value.items : value === undefined ? [] : [value];
  return items.flatMap((item) => (item.kind === "string" && item.isClosed ? [item] : []));
}

function contentOf({ value, map }: TomlString): Span {
  return spanOf(map.toHost(0, "start"), map.toHost(value.length, "end"));
}
