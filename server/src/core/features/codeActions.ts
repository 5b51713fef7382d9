import { type Diagnostic } from "../analysis/diagnostic.ts";
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { type Edit, type Fix } from "../text/edit.ts";
import { type Span } from "../text/span.ts";
import { conversionOf } from "./convertQuery.ts";
import { allowComment } from "./allowComment.ts";
import { DEFAULT_LAYOUT, formatQuery } from "./formatQuery.ts";
import { isTooLong } from "./refactor/refactoring.ts";

/** A fix, with the diagnostic that it removes. */
export interface QuickFix {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
  /** The only fix of its diagnostic, and a safe one: editors may take it without asking. */
  readonly isPreferred: boolean;
}

export function diagnosticsAt(diagnostics: readonly Diagnostic[], range: Span): readonly Diagnostic[] {
  return diagnostics.filter(({ span }) => overlaps(span, range));
}

/** The fixes of all diagnostics that touch the range. */
export function quickFixes(diagnostics: readonly Diagnostic[], range: Span): readonly QuickFix[] {
  return diagnosticsAt(diagnostics, range).flatMap((diagnostic) =>
    diagnostic.fixes.map((fix) => ({
      diagnostic,
      fix,
      isPreferred: diagnostic.fixes.length === 1 && fix.safety === "safe",
    })),
  );
}

/** The comment that allows a diagnostic where it stands. */
export interface Allowing {
  readonly diagnostic: Diagnostic;
  readonly check: string;
  readonly edit: Edit;
}

/** One comment for each check that has something to tell in the range. */
export function allowings(
  snapshot: Snapshot,
  diagnostics: readonly Diagnostic[],
  range: Span,
): readonly Allowing[] {
  const found = new Map<string, Allowing>();
  for (const diagnostic of diagnostics) {
    const { check, span } = diagnostic;
    const isAsked = overlaps(span, range) && !found.has(check) && !check.startsWith("allow/");
    const edit = isAsked ? allowComment(snapshot, diagnostic) : undefined;
    if (edit !== undefined) found.set(check, { diagnostic, check, edit });
  }
  return [...found.values()];
}

/** A change that an author can ask for without anything being wrong. */
export interface Rewrite {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Why it cannot be done: then there are no edits. */
  readonly refusal?: string;
}

/** What can be done with the queries that touch the range: their layout, and the other language for single events. */
export function rewrites(snapshot: Snapshot, range: Span): readonly Rewrite[] {
  return snapshot.queries().flatMap((query) => {
    if (!overlaps(query.embedded.host.span, range) || isTooLong(query)) return [];
    return [...layoutOf(snapshot, query), ...otherLanguage(snapshot, query)];
  });
}

/** Where it would change the query. */
function layoutOf(snapshot: Snapshot, query: SnapshotQuery): readonly Rewrite[] {
  const formatting = formatQuery(snapshot, query, DEFAULT_LAYOUT);
  if (formatting.kind !== "formatted" || formatting.edits.length === 0) return [];
  return [{ title: "Format the query", edits: formatting.edits }];
}

function otherLanguage(snapshot: Snapshot, query: SnapshotQuery): readonly Rewrite[] {
  const conversion = conversionOf(snapshot, query);
  if (conversion === undefined) return [];
  const { title } = conversion;
  return conversion.kind === "converted"
    ? [{ title, edits: conversion.edits }]
    : [{ title, edits: [], refusal: conversion.reason }];
}

function overlaps(span: Span, range: Span): boolean {
  return span.start <= range.end && range.start <= span.end;
}
