import { type QuerySymbol } from "../query/language.ts";
import { type ThreatEntry, type ThreatRef } from "../rule/model.ts";
import { type Span, cover, encloses } from "../text/span.ts";
import { sectionOf } from "../toml/edits.ts";
import { type TomlTable } from "../toml/model.ts";
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { withClauses } from "./symbolsEql.ts";

export type SymbolKind = "rule" | "table" | "query" | "query-part" | "tactic" | "technique";

/** An entry of the outline. The selection lies inside the span, and children inside their parent. */
export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly selection: Span;
  readonly children: readonly OutlineSymbol[];
}

export function outline(snapshot: Snapshot): readonly OutlineSymbol[] {
  if (!snapshot.isRule()) return [];
  const { root } = snapshot.toml();
  return root.entries.flatMap(({ key, value }) => {
    if (value.kind !== "table") return [];
    const section = sectionOf(snapshot.toml(), value);
    const children = key.name === "rule" ? ruleChildren(snapshot) : [];
    const span = children.reduce((all: Span, child) => cover(all, child.span), cover(section, key.span));
    return [
      {
        name: key.name,
        detail: key.name === "rule" ? (snapshot.rule().name?.value ?? "") : "",
        kind: key.name === "rule" ? "rule" : "table",
        span,
        selection: key.span,
        children,
      } as const,
    ];
  });
}

function ruleChildren(snapshot: Snapshot): readonly OutlineSymbol[] {
  const queries = snapshot.queries().map(querySymbol);
  const threats = snapshot.rule().threats.map((entry) => threatSymbol(snapshot, entry));
  return [...queries, ...threats, ...otherTables(snapshot)].sort((a, b) => a.span.start - b.span.start);
}

function querySymbol(query: SnapshotQuery): OutlineSymbol {
  const { embedded, support, parse } = query;
  const { host, role, language } = embedded;
  const parts = support.symbols?.(parse) ?? [];
  const clauses = support.id === "eql" ? withClauses(parts, query) : parts;
  const children = clauses.map((part) => queryPart(part, (span) => host.map.toHostSpan(span)));
  return { name: role, detail: language, kind: "query", span: host.span, selection: host.span, children };
}

function queryPart(part: QuerySymbol, toHost: (span: Span) => Span): OutlineSymbol {
  const span = toHost(part.span);
  const children = part.children.map((child) => queryPart(child, toHost));
  return { name: part.name, detail: part.detail, kind: "query-part", span, selection: span, children };
}

function threatSymbol(snapshot: Snapshot, entry: ThreatEntry): OutlineSymbol {
  const children = entry.techniques.map((technique) =>
    refSymbol(
      snapshot,
      technique,
      technique.subtechniques.map((sub) => refSymbol(snapshot, sub, [])),
    ),
  );
  const section = sectionOf(snapshot.toml(), entry.table);
  const span = children.reduce((all: Span, child) => cover(all, child.span), section);
  const { tactic } = entry;
  return {
    name: tactic?.name?.value || "threat",
    detail: tactic?.id?.value ?? "",
    kind: "tactic",
    span,
    selection: entry.span,
    children,
  };
}

function refSymbol(snapshot: Snapshot, ref: ThreatRef, children: readonly OutlineSymbol[]): OutlineSymbol {
  const section = sectionOf(snapshot.toml(), ref.table);
  const span = children.reduce((all: Span, child) => cover(all, child.span), cover(section, ref.span));
  return {
    name: ref.name?.value || "technique",
    detail: ref.id?.value ?? "",
    kind: "technique",
    span,
    selection: encloses(span, ref.span) ? ref.span : span,
    children,
  };
}

/** Tables below `[rule]` that have no symbol of their own, such as `[rule.threshold]`. */
function otherTables(snapshot: Snapshot): readonly OutlineSymbol[] {
  const { rule } = snapshot.rule();
  if (rule === undefined) return [];
  return rule.entries.flatMap(({ key, value }) => {
    if (key.name === "threat") return [];
    const tables: readonly TomlTable[] =
      value.kind === "table"
        ? [value]
        : value.kind === "array" && value.form === "tables"
          ? value.items.filter((item) => item.kind === "table")
          : [];
    return tables.map((table): OutlineSymbol => {
      const span = cover(sectionOf(snapshot.toml(), table), table.span);
      return { name: key.name, detail: "", kind: "table", span, selection: table.span, children: [] };
    });
  });
}
