import { type AttackCatalog } from "../knowledge/attack.ts";
import { type Repository } from "../knowledge/repository.ts";
import { type FieldScope } from "../knowledge/scope.ts";
import { type QueryFacts } from "../query/facts.ts";
import {
  type QueryLanguage,
  type QueryLanguageSupport,
  type QueryParse,
  type QueryProblem,
} from "../query/language.ts";
import { type EmbeddedQuery, type RuleDocument } from "../rule/model.ts";
import { type RuleSummary } from "../rule/summary.ts";
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
  /** It rests on what names look like, so it is a warning at most unless settings say otherwise. */
  readonly isGuess?: boolean;
  /** Places that the message refers to, in the same offsets. */
  readonly related?: readonly RelatedPlace[];
}

export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
  /** Another file of the workspace, as its summary names it; undefined for the file itself. */
  readonly path?: string;
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
  /** What Elastic's tooling has for it, by the ids of `docs/parity.md`; several if it says in one what we say in several, or the other way round. */
  readonly upstream?: readonly string[];
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
  /** Runs once ECS is loaded. */
  run(query: AnalyzedQuery, scope: FieldScope): Iterable<Finding>;
}

/** A check of a query that depends on the rest of the rule too. It speaks in file offsets. */
export interface RuleQueryCheck extends CheckMeta {
  readonly on: "rule-query";
  readonly languages: readonly QueryLanguage[];
  /** Runs once ECS is loaded. */
  run(query: AnalyzedQuery, rule: RuleDocument, scope: FieldScope): Iterable<Finding>;
}

/** A check of the rule's keys that depends on fields or packages. It speaks in file offsets. */
export interface SchemaCheck extends CheckMeta {
  readonly on: "schemas";
  /** Runs once ECS is loaded. */
  run(rule: RuleDocument, scope: FieldScope): Iterable<Finding>;
}

/** A check that depends on where the rule stands: its file name, its folder, what its repository decides. It speaks in file offsets. */
export interface PlaceCheck extends CheckMeta {
  readonly on: "place";
  run(rule: RuleDocument, place: RulePlace): Iterable<Finding>;
}

export interface RulePlace {
  /** Path below the repository's root or the workspace folder, with `/`; undefined for a text without a file. */
  readonly path: string | undefined;
  readonly repository: Repository;
  /** The rule's queries, in languages that are known. */
  readonly queries: readonly AnalyzedQuery[];
  /** Undefined while it is not loaded. */
  readonly attack: AttackCatalog | undefined;
  /** The day, as rules write it: `2024/01/31`. Undefined where no clock is at hand. */
  readonly today: string | undefined;
  /** The file as it was where the branch began; undefined if it is new, or nothing is known of it. */
  readonly baseText: string | undefined;
}

/** A check that compares the rule with the others of its workspace. It speaks in file offsets. */
export interface WorkspaceCheck extends CheckMeta {
  readonly on: "workspace";
  /** True wherever `run` may find something. It is asked of every rule, so that few are read again. */
  concerns(summary: RuleSummary, workspace: Workspace): boolean;
  /** Runs once all rules of the workspace are known. */
  run(rule: RuleDocument, place: RulePlace, workspace: Workspace): Iterable<Finding>;
}

/** Elastic's loader keeps deprecated rules apart from the others. */
export type Standing = "active" | "deprecated";

/** The rules of a workspace as checks see them, the rule itself included. */
export interface Workspace {
  /** In no certain order. */
  rules(): Iterable<RuleSummary>;
  withId(id: string, standing: Standing): readonly RuleSummary[];
  withName(name: string, standing: Standing): readonly RuleSummary[];
  /** Active rules whose description has this key. */
  describedAs(key: string): readonly RuleSummary[];
  /** Rules in production whose files have this name, in whatever folder. */
  inFilesNamed(name: string): readonly RuleSummary[];
  /** Rules with an exclusion of this key. */
  excluding(key: string): readonly RuleSummary[];
}

/** A check that `runChecks` works itself out, from what happened while the others ran. */
export interface BuiltInCheck extends CheckMeta {
  readonly on: "run";
  /** What it looks at, where that is no rule: sample events, or a manifest of test cases. */
  readonly file?: "events" | "manifest";
}

export type Check =
  | TomlCheck
  | RuleCheck
  | ThreatCheck
  | SchemaCheck
  | PlaceCheck
  | WorkspaceCheck
  | QueryCheck
  | FieldCheck
  | RuleQueryCheck
  | BuiltInCheck;

/** A query with everything that is derived from its text and the catalogs. */
export interface AnalyzedQuery {
  readonly embedded: EmbeddedQuery;
  readonly support: QueryLanguageSupport;
  readonly parse: QueryParse;
  readonly facts: QueryFacts;
  /** What is known of its fields; undefined while ECS is not loaded. */
  scope(): FieldScope | undefined;
  /** What the language's verifier says, given the types of fields; nothing while ECS is not loaded. */
  problems(): readonly QueryProblem[];
}
