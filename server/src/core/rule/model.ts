import { type QueryLanguage } from "../query/language.ts";
import { type Span } from "../text/span.ts";
import { type TomlDocument, type TomlString, type TomlTable } from "../toml/model.ts";
import { type RuleType } from "./keyTypes.ts";
import { type SectionVisit, type ValueVisit } from "./visit.ts";

/** A value read from the file, with where it was written. Absent keys are undefined, never a stand-in. */
export interface Sourced<T> {
  readonly value: T;
  readonly span: Span;
  readonly keySpan: Span;
}

/** A text of the file, with the string that holds it. */
export interface SourcedText extends Sourced<string> {
  readonly host: TomlString;
}

export interface EmbeddedQuery {
  readonly role: "query" | "threat_query";
  readonly language: QueryLanguage;
  readonly text: string;
  readonly host: TomlString;
}

/** A tactic, technique or sub-technique as a rule names it. */
export interface ThreatRef {
  readonly table: TomlTable;
  /** Where the table is named: its header, or its braces. */
  readonly span: Span;
  readonly id: SourcedText | undefined;
  readonly name: SourcedText | undefined;
  readonly reference: SourcedText | undefined;
}

export interface TechniqueRef extends ThreatRef {
  readonly subtechniques: readonly ThreatRef[];
}

/** One `[[rule.threat]]`. */
export interface ThreatEntry {
  readonly table: TomlTable;
  readonly span: Span;
  readonly framework: SourcedText | undefined;
  readonly tactic: ThreatRef | undefined;
  readonly techniques: readonly TechniqueRef[];
}

/** A rule file as far as it can be read. What is missing or of the wrong type is undefined. */
export interface RuleDocument {
  readonly toml: TomlDocument;
  readonly metadata: TomlTable | undefined;
  readonly rule: TomlTable | undefined;
  readonly isDeprecated: boolean;
  /**
   * Undefined if `rule.type` is missing or no type that Kibana knows. Where all other keys speak against what is written,
   * the type that they speak for.
   */
  readonly type: RuleType | undefined;
  readonly name: SourcedText | undefined;
  readonly threats: readonly ThreatEntry[];
  readonly queries: readonly EmbeddedQuery[];
  /** The file along the table of keys, walked once. */
  sections(): readonly SectionVisit[];
  values(): readonly ValueVisit[];
}
