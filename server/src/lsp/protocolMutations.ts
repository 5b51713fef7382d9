/** Messages about the mutation score of a rule, declared once. Types only, as in `protocol.ts`. */
import { type TextRange } from "./protocol.ts";

export interface MutationParams {
  /** The rule. */
  readonly uri: string;
  /** Says how far it is, by `$/progress`; null: nobody wants to know. */
  readonly workDoneToken: string | null;
}

export type MutationResult =
  | {
      readonly ok: true;
      /** Small changes of the query that can be run, in the order of their places. */
      readonly changes: readonly JudgedChange[];
      readonly noticedCount: number;
      /** Changed queries that Elasticsearch would refuse: they count for nothing. */
      readonly refusedCount: number;
      /** Names of cases that do not pass on the rule as it is, and notice nothing. */
      readonly leftOut: readonly string[];
      /** All of this as a page in Markdown, with links to the places. */
      readonly page: string;
    }
  /** Nothing can be changed or run: one sentence says why. */
  | { readonly ok: false; readonly message: string };

export interface JudgedChange {
  readonly kind: "dropped" | "flipped" | "weakened";
  /** Such as "without `process.name : "x"`". */
  readonly name: string;
  /** What is changed, in the rule's file. */
  readonly range: TextRange;
  /** The name of the first case that fails because of it; null: no test notices. */
  readonly noticedBy: string | null;
}
