import { type Diagnostic } from "../analysis/diagnostic.ts";
import { type Snapshot } from "../analysis/snapshot.ts";
import { type Edit, type Fix } from "../text/edit.ts";
import { type Span } from "../text/span.ts";
import { DEFAULT_LAYOUT, formatQuery } from "./formatQuery.ts";

/** A fix, with the diagnostic that it removes. */
export interface QuickFix {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
  /** The only fix of its diagnostic, and a safe one: editors may take it without asking. */
  readonly isPreferred: boolean;
}

/** The fixes of all diagnostics that touch the range. */
export function quickFixes(diagnostics: readonly Diagnostic[], range: Span): readonly QuickFix[] {
  return diagnostics
    .filter(({ span }) => overlaps(span, range))
    .flatMap((diagnostic) =>
      diagnostic.fixes.map((fix) => ({
        diagnostic,
        fix,
        isPreferred: diagnostic.fixes.length === 1 && fix.safety === "safe",
      })),
    );
}

/** A change that an author can ask for without anything being wrong. */
export interface Rewrite {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** The layout of the queries that touch the range, where it would change them. */
export function rewrites(snapshot: Snapshot, range: Span): readonly Rewrite[] {
  return snapshot.queries().flatMap((query) => {
    if (!overlaps(query.embedded.host.span, range)) return [];
    const formatting = formatQuery(snapshot, query, DEFAULT_LAYOUT);
    if (formatting.kind !== "formatted" || formatting.edits.length === 0) return [];
    return [{ title: "Format the query", edits: formatting.edits }];
  });
}

function overlaps(span: Span, range: Span): boolean {
  return span.start <= range.end && range.start <= span.end;
}
