import { type Span, cover } from "../text/span.ts";
import { commentRuns } from "../toml/comments.ts";
import { type TomlTable, type TomlValue } from "../toml/model.ts";
import { type Snapshot } from "../analysis/snapshot.ts";

export interface Fold {
  readonly span: Span;
  readonly kind: "region" | "comment";
}

/** Spans that can be folded: tables, values and query parts of several lines, runs of comments. */
export function folds(snapshot: Snapshot): readonly Fold[] {
  if (!snapshot.isRule()) return [];
  const toml = snapshot.toml();
  const spans = [
    ...toml.headers.map(({ section }) => section),
    ...valueSpans(toml.root),
    ...snapshot
      .queries()
      .flatMap(({ support, parse, embedded }) =>
        (support.folds?.(parse) ?? []).map((span) => embedded.host.map.toHostSpan(span)),
      ),
  ];
  const regions = spans.filter((span) => snapshot.text.slice(span.start, span.end).trimEnd().includes("\n"));
  const comments = commentRuns(toml)
    .filter((run) => 1 < run.length)
    .map((run): Fold => ({ span: cover(run[0], run[run.length - 1] ?? run[0]), kind: "comment" }));
  return [...regions.map((span): Fold => ({ span, kind: "region" })), ...comments];
}

function* valueSpans(table: TomlTable): Generator<Span> {
  for (const { value } of table.entries) yield* spansIn(value);
}

function* spansIn(value: TomlValue): Generator<Span> {
  if (value.kind === "table") {
    if (value.form === "inline") yield value.span;
    yield* valueSpans(value);
  } else if (value.kind === "array") {
    if (value.form === "inline") yield value.span;
    for (const item of value.items) yield* spansIn(item);
  } else if (value.kind === "string") {
    yield value.span;
  }
}
