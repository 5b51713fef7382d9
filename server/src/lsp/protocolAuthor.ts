/** Messages about rules that are begun, or brought in from elsewhere. Types only. */

export interface AuthorRequests {
  /** What an author can choose from for a new rule. */
  "rules/choices": { readonly params: undefined; readonly result: RuleChoices };
  "rules/create": { readonly params: NewRule; readonly result: BegunRule | null };
  /** Rules out of a text: an export of Kibana, or Sigma as JSON or YAML. */
  "rules/import": { readonly params: { readonly text: string }; readonly result: ImportedRules };
}

export interface RuleChoices {
  readonly kinds: readonly Choice[];
  readonly sources: readonly Choice[];
  readonly tactics: readonly Choice[];
  readonly techniques: readonly TechniqueChoice[];
}

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
}

export interface TechniqueChoice extends Choice {
  /** Ids of tactics. */
  readonly tactics: readonly string[];
}

export interface NewRule {
  readonly kind: string;
  readonly source: string;
  readonly name: string;
  readonly author: string;
  /** Ids; null: none. */
  readonly tactic: string | null;
  readonly technique: string | null;
}

export interface CreatedRule {
  readonly fileName: string;
  readonly text: string;
}

export interface BegunRule extends CreatedRule {
  /** Where the author goes on, one after another. */
  readonly tabStops: readonly TabStop[];
}

export interface TabStop {
  /** Offsets in the text, of places that hold the same and are written at once. */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

export interface ImportedRules {
  readonly rules: readonly (CreatedRule & { readonly name: string; readonly leftOut: readonly string[] })[];
  readonly problems: readonly string[];
}
