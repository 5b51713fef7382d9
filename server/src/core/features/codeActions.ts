import { type Diagnostic } from "../analysis/diagnostic.ts";
import { type Fix } from "../text/edit.ts";
import { type Span } from "../text/span.ts";

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
    .filter(({ span }) => span.start <= range.end && range.start <= span.end)
    .flatMap((diagnostic) =>
      diagnostic.fixes.map((fix) => ({ diagnostic, fix, isPreferred: diagnostic.fixes.length === 1 })),
    );
}
