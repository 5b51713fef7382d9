/** Messages about views of rules: what Kibana receives, guides, coverage, and what changed. Types only. */

/** Requests from the client to the server, by method. */
export interface ViewRequests {
  /** The open rule as Kibana gets it; null for what is no rule. */
  "views/kibana": { readonly params: RuleRef; readonly result: KibanaView | null };
  /** The open rule's guide as Markdown, its placeholders resolved; null for what is no rule. */
  "views/guide": { readonly params: RuleRef; readonly result: string | null };
  /** What differs from the version in git's HEAD, as Markdown; null for what is not open. */
  "views/compare": { readonly params: RuleRef; readonly result: string | null };
  "views/coverage": { readonly params: undefined; readonly result: CoverageView };
  "views/export": { readonly params: { readonly format: CoverageFormat }; readonly result: string };
}

/** What the server tells the client about views, by method. */
export interface ViewNotifications {
  /** Some rule of the workspace is another one than before, as it is typed or on the disk: coverage may be another. */
  "views/changed": undefined;
}

export interface RuleRef {
  readonly uri: string;
}

export interface KibanaView {
  /** JSON with what is missing in comments above it. */
  readonly text: string;
  /** JSON on one line, and a line end. */
  readonly ndjson: string;
}

export type CoverageFormat = "navigator" | "svg";

export interface CoverageView {
  /** Of ATT&CK, such as "18.1". */
  readonly version: string;
  readonly rules: readonly ViewedRule[];
  /** In the order of the matrix. */
  readonly tactics: readonly ViewedTactic[];
  readonly groupings: readonly ViewedGrouping[];
}

export interface ViewedRule {
  readonly uri: string;
  readonly name: string;
  readonly detail: string;
}

export interface ViewedTactic {
  readonly id: string;
  readonly name: string;
  /** Indexes of rules, those of its techniques included. */
  readonly rules: readonly number[];
  readonly techniques: readonly ViewedTechnique[];
}

export interface ViewedTechnique {
  readonly id: string;
  readonly name: string;
  /** Those of its sub-techniques included. */
  readonly rules: readonly number[];
  readonly subtechniques: readonly ViewedTechnique[];
}

/** Rules by something else than ATT&CK. */
export interface ViewedGrouping {
  readonly kind: "status" | "integration" | "source";
  readonly groups: readonly { readonly name: string; readonly rules: readonly number[] }[];
}
