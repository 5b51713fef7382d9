import { type AttackCatalog } from "../knowledge/attack.ts";
import { type FieldCatalog } from "../knowledge/fields.ts";
import { type QueryFacts } from "../query/facts.ts";
import {
  type QueryLanguage,
  type QueryLanguageSupport,
  type QueryParse,
  type QueryProblem,
} from "../query/language.ts";
import { type EmbeddedQuery, type RuleDocument } from "../rule/model.ts";
import { type Fix } from "../text/edit.ts";
import { type Span } from "../text/span.ts";
import { type TomlDocument } from "../toml/model.ts";

export const SEVERITIES = ["error", "warning", "info", "hint"] as const;

/** `error`: Elastic would refuse the rule. `warning`: it loads, and is wrong or dead. `info`, `hint`: style. */
export type Severity = (typeof SEVERITIES)[number];

/** A problem before it is turned into a diagnostic. Query checks speak in query offsets, all others in file offsets. */
export interface Finding {
  readonly span: Span;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly fixes: readonly Fix[];
  /** Places that the message refers to, in the same offsets. */
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
}

export interface CheckMeta {
  /** `area/problem`; reads well after "allow". */
  readonly id: string;
  readonly severity: Severity;
  /** Severity in the profile `custom`, where it is another: what only Elastic's own CI refuses. */
  readonly customSeverity?: Severity;
  readonly since: string;
  readonly when: "keystroke" | "save" | "workspace";
  /** Whether the check also looks at deprecated rules, which Elastic no longer validates. */
  readonly seesDeprecated?: boolean;
  /** Editors strike through or fade what the finding marks. */
  readonly tag?: "deprecated" | "unnecessary";
  readonly summary: string;
  readonly why: string;
  /** An excerpt of a rule that yields exactly this check's finding, and one that yields none. */
  readonly bad: string;
  readonly good: string;
}

export interface TomlCheck extends CheckMeta {
  readonly on: "toml";
  run(document: TomlDocument): Iterable<Finding>;
}

export interface RuleCheck extends CheckMeta {
  readonly on: "rule";
  run(rule: RuleDocument): Iterable<Finding>;
}

export interface ThreatCheck extends CheckMeta {
  readonly on: "threat";
  /** Runs once the ATT&CK catalog is there. */
  run(rule: RuleDocument, attack: AttackCatalog): Iterable<Finding>;
}

export interface QueryCheck extends CheckMeta {
  readonly on: "query";
  readonly languages: readonly QueryLanguage[];
  run(query: AnalyzedQuery): Iterable<Finding>;
}

export interface FieldCheck extends CheckMeta {
  readonly on: "fields";
  readonly languages: readonly QueryLanguage[];
  /** Runs once the field catalog is there. */
  run(query: AnalyzedQuery, fields: FieldCatalog): Iterable<Finding>;
}

/** A check of a query that depends on the rest of the rule too. It speaks in file offsets. */
export interface RuleQueryCheck extends CheckMeta {
  readonly on: "rule-query";
  readonly languages: readonly QueryLanguage[];
  /** Runs once the field catalog is there. */
  run(query: AnalyzedQuery, rule: RuleDocument, fields: FieldCatalog): Iterable<Finding>;
}

/** A check that `runChecks` works itself out, from what happened while the others ran. */
export interface BuiltInCheck extends CheckMeta {
  readonly on: "run";
}

export type Check =
  TomlCheck | RuleCheck | ThreatCheck | QueryCheck | FieldCheck | RuleQueryCheck | BuiltInCheck;

/** A query with everything that is derived from its text and the catalogs. */
export interface AnalyzedQuery {
  readonly embedded: EmbeddedQuery;
  readonly support: QueryLanguageSupport;
  readonly parse: QueryParse;
  readonly facts: QueryFacts;
  /** What the language's verifier says, given the field catalog; nothing while that is not there. */
  problems(): readonly QueryProblem[];
}
