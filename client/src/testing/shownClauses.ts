/** Of what is known of clauses, what settings let be shown. */
import { type InlineClause } from "../../../server/src/lsp/protocol.ts";

export interface ShownResults {
  readonly counts: boolean;
  /** What the chosen event has, and where it is rejected. */
  readonly rejectedClause: boolean;
  readonly sequences: boolean;
}

export function shownClauses(clauses: readonly InlineClause[], shown: ShownResults): readonly InlineClause[] {
  return clauses.flatMap((clause): readonly InlineClause[] => {
    if (clause.about === "series") return shown.sequences ? [clause] : [];
    if (!shown.rejectedClause)
      return shown.counts ? [{ ...clause, text: clause.count, state: "neutral" }] : [];
    if (shown.counts) return [clause];
    return clause.verdict === null ? [] : [{ ...clause, text: clause.verdict }];
  });
}
