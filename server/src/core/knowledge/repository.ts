/** What a repository of rules decides for each of its rules: its layout, its stacks, and which checks it turns off. */
import { type Bypass } from "./etc/repositoryConfig.ts";
import { NO_RECORDS, type RuleRecords } from "./ruleRecords.ts";

export interface Repository {
  /** `elastic`: a checkout of Elastic's rules; `custom-rules`: a folder with a `_config.yaml`; `loose`: neither. */
  readonly kind: "elastic" | "custom-rules" | "loose";
  readonly bypasses: ReadonlySet<Bypass>;
  /** Names of rule files need not begin with a tactic. */
  readonly omitsTacticInFileName: boolean;
  /** Its tools write KQL keywords in capitals in small letters before they read a query. */
  readonly normalizesKqlKeywords: boolean;
  /** Versions of rules may stand in the rules. */
  readonly bypassesVersionLock: boolean;
  /** The stack version that is built for, such as "9.6.0", and the oldest that is supported; undefined if not known. */
  readonly newestStack: string | undefined;
  readonly oldestStack: string | undefined;
  /** Ids of rules that are exempt from Elastic's validation (`rule_validation`) and from its tests (`unit_tests`). */
  isExempt(ruleId: string, from: "rule_validation" | "unit_tests"): boolean;
  readonly records: RuleRecords;
}

export const NO_REPOSITORY: Repository = {
  kind: "loose",
  bypasses: new Set(),
  omitsTacticInFileName: false,
  normalizesKqlKeywords: false,
  bypassesVersionLock: false,
  newestStack: undefined,
  oldestStack: undefined,
  isExempt: () => false,
  records: NO_RECORDS,
};
