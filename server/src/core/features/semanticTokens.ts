/** The words of a rule's queries and its technique ids by meaning, for colours. The rest of the file is TOML, which grammars know. */
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { type AttackCatalog } from "../knowledge/attack.ts";
import { nearestCatalog } from "../knowledge/attackVersions.ts";
import { type EmbeddedQuery } from "../rule/model.ts";
import { type NamedThreat, namedThreats } from "../rule/threats.ts";
import { type Span, encloses, spanOf, textAt } from "../text/span.ts";
import { type TextMap } from "../text/textMap.ts";
import { eqlMarks } from "./semanticTokensEql.ts";
import { esqlMarks } from "./semanticTokensEsql.ts";
import { type AnswerAt, fieldAnswers } from "./semanticTokensFields.ts";
import { kqlMarks } from "./semanticTokensKql.ts";
import { type QueryMark, type TokenModifier, type TokenType } from "./semanticTokensLegend.ts";
import { luceneMarks } from "./semanticTokensLucene.ts";

/** A stretch of the file. It is not empty and stands on one line, as editors ask. */
export interface SemanticToken {
  readonly span: Span;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/** Sorted, and none overlaps another. Yields while fields are looked up. */
export function semanticTokens(snapshot: Snapshot): Generator<undefined, readonly SemanticToken[]> {
  return semanticTokensIn(snapshot, spanOf(0, snapshot.text.length));
}

/** Those that begin or end in a part of the file. */
export function* semanticTokensIn(
  snapshot: Snapshot,
  part: Span,
): Generator<undefined, readonly SemanticToken[]> {
  if (!snapshot.isRule()) return [];
  const tokens: SemanticToken[] = [];
  for (const query of snapshot.queries()) {
    if (!overlaps(query.embedded.host.span, part)) continue;
    const answerAt = yield* fieldAnswers(query);
    addQuery(tokens, snapshot, query.embedded, marksOf(query, answerAt), part);
    yield;
  }
  for (const embedded of unparsedQueries(snapshot)) {
    if (overlaps(embedded.host.span, part))
      addQuery(tokens, snapshot, embedded, esqlMarks(embedded.text), part);
    yield;
  }
  for (const { span, ...mark } of techniqueTokens(snapshot))
    if (overlaps(span, part)) addLines(tokens, snapshot.text, span, mark);
  return tokens.sort((a, b) => a.span.start - b.span.start);
}

function addQuery(
  tokens: SemanticToken[],
  { text }: Snapshot,
  { host: { map } }: EmbeddedQuery,
  marks: readonly QueryMark[],
  part: Span,
): void {
  for (const mark of marks) {
    const inner = spanOf(mark.start, mark.end);
    const host = map.toHostSpan(inner);
    if (!overlaps(host, part)) continue;
    if (host.end - host.start === mark.end - mark.start) addLines(tokens, text, host, mark);
    else addPieces(tokens, text, inner, mark, map);
  }
}

function marksOf(query: SnapshotQuery, answerAt: AnswerAt): readonly QueryMark[] {
  switch (query.support.id) {
    case "eql":
      return eqlMarks(query, answerAt);
    case "kuery":
      return kqlMarks(query, answerAt);
    case "lucene":
      return luceneMarks(query.embedded.text);
    case "esql":
      return esqlMarks(query.embedded.text);
  }
}

/** Those in ES|QL, as long as no parser reads them. What TOML has an error in is not what its author meant. */
function unparsedQueries(snapshot: Snapshot): readonly EmbeddedQuery[] {
  const parsed = new Set(snapshot.queries().map(({ embedded }) => embedded.role));
  return snapshot
    .rule()
    .queries.filter(
      ({ language, role, host }) =>
        language === "esql" &&
        !parsed.has(role) &&
        !snapshot.toml().errors.some(({ span }) => encloses(host.span, span)),
    );
}

function overlaps(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}

/** Escapes of TOML in a text, such as `\u00e9`, are told apart from what is written out. */
function addPieces(tokens: SemanticToken[], text: string, inner: Span, mark: QueryMark, map: TextMap): void {
  const splits = mark.type === "string" || mark.type === "regexp" || mark.type === "comment";
  if (!splits) return addLines(tokens, text, map.toHostSpan(inner), mark);
  let from = map.toHost(inner.start, "start");
  for (let i = inner.start; i < inner.end; i++) {
    const unit = map.toHostSpan(spanOf(i, i + 1));
    if (unit.end - unit.start === 1 || unit.start < from) continue;
    addLines(tokens, text, spanOf(from, unit.start), mark);
    addLines(tokens, text, unit, { ...mark, type: isQuote(text, unit) ? mark.type : "escape" });
    from = unit.end;
  }
  addLines(tokens, text, spanOf(from, map.toHost(inner.end, "end")), mark);
}

/** `\"` in a query on one line is a quote of the query, no character of the text in it. */
function isQuote(text: string, unit: Span): boolean {
  return textAt(text, unit) === '\\"';
}

/** Without the breaks, and the indentation of lines that go on. */
function addLines(
  tokens: SemanticToken[],
  text: string,
  span: Span,
  { type, modifiers }: Omit<SemanticToken, "span">,
): void {
  let start = span.start;
  for (let at = span.start; at < span.end; at++) {
    if (!isBreak(text.charCodeAt(at))) continue;
    if (start < at) tokens.push({ span: spanOf(start, at), type, modifiers });
    while (at + 1 < span.end && isBlank(text.charCodeAt(at + 1))) at++;
    start = at + 1;
  }
  if (start < span.end) tokens.push({ span: spanOf(start, span.end), type, modifiers });
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

function isBlank(code: number): boolean {
  return isBreak(code) || code === 32 || code === 9;
}

function* techniqueTokens(snapshot: Snapshot): Generator<SemanticToken> {
  const { attack } = snapshot.knowledge;
  for (const threat of namedThreats(snapshot.rule())) {
    const { id } = threat.ref;
    if (id === undefined || id.value === "") continue;
    const span = spanOf(id.host.map.toHost(0, "start"), id.host.map.toHost(id.value.length, "end"));
    const { framework, version } = threat.scope;
    const catalog = attack && nearestCatalog(attack, framework, version);
    yield { span, type: "technique", modifiers: threatModifiers(threat, catalog) };
  }
}

function threatModifiers(
  { role, ref }: NamedThreat,
  catalog: AttackCatalog | undefined,
): readonly TokenModifier[] {
  if (catalog === undefined) return [];
  const id = ref.id?.value ?? "";
  if (role === "tactic") return [catalog.tactic(id) === undefined ? "unknown" : "known"];
  const technique = catalog.technique(id);
  if (technique === undefined) return ["unknown"];
  const isOutdated = technique.isDeprecated || technique.replacedBy !== undefined;
  return isOutdated ? ["known", "deprecated"] : ["known"];
}
