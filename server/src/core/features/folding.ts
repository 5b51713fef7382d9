import { type Span } from "../text/span.ts";
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
  return [...regions.map((span): Fold => ({ span, kind: "region" })), ...commentRuns(snapshot)];
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

/** Comments on lines that follow each other fold together. */
function commentRuns(snapshot: Snapshot): readonly Fold[] {
  const runs: Span[] = [];
  for (const comment of snapshot.toml().comments) {
    const last = runs[runs.length - 1];
    const between = last === undefined ? "" : snapshot.text.slice(last.end, comment.start);
    if (last !== undefined && /^\r?\n[ \t]*$/.test(between))
      runs[runs.length - 1] = { start: last.start, end: comment.end };
    else runs.push(comment);
  }
  return runs
    .filter((run) => snapshot.text.slice(run.start, run.end).includes("\n"))
    .map((span) => ({ span, kind: "comment" }));
}
