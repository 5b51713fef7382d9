/** Entries of MITRE ATT&CK with the catalog of the version that they are written for. */
import { type AttackCatalog } from "../knowledge/attack.ts";
import { loadedCatalog } from "../knowledge/attackVersions.ts";
import { type RuleDocument } from "../rule/model.ts";
import {
  ATTACK_FRAMEWORK,
  type NamedThreat,
  type ThreatScope,
  threatScopes,
  threatsIn,
} from "../rule/threats.ts";

export interface JudgedScope {
  readonly scope: ThreatScope;
  readonly attack: AttackCatalog;
}

/** `rule.threat` first. A block of `threat_mappings` whose version is not loaded is judged by nothing, as in Elastic's CI. */
export function judgedScopes(rule: RuleDocument, baseline: AttackCatalog): readonly JudgedScope[] {
  return threatScopes(rule).flatMap((scope) => {
    if (scope.framework !== ATTACK_FRAMEWORK) return [];
    const attack = loadedCatalog(baseline, scope.framework, scope.version);
    return attack === undefined ? [] : [{ scope, attack }];
  });
}

export interface JudgedThreat {
  readonly threat: NamedThreat;
  readonly attack: AttackCatalog;
}

export function* judgedThreats(rule: RuleDocument, baseline: AttackCatalog): Generator<JudgedThreat> {
  for (const { scope, attack } of judgedScopes(rule, baseline)) {
    for (const threat of threatsIn(scope)) yield { threat, attack };
  }
}
