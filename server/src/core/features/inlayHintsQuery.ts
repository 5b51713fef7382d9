/** Notes in queries: the types of fields, and whether a comparison heeds capital letters. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { eqlParseOf } from "../checks/eqlParse.ts";
import { kqlParseOf } from "../checks/kqlParse.ts";
import { walk } from "../query/ast.ts";
import {
  type EqlAst,
  type EqlExpression,
  childrenOf,
  functionNamed,
  withoutGroups,
} from "../query/eql/index.ts";
import { type KqlAst, childrenOf as kqlChildrenOf } from "../query/kql/index.ts";
import { type Span } from "../text/span.ts";
import { type InlayHint, type InlaySubject } from "./inlayHintsModel.ts";
import { type AnswerAt } from "./semanticTokensFields.ts";

/** The type behind each field that some schema has. */
export function typeHints(query: SnapshotQuery, answerAt: AnswerAt): readonly InlayHint[] {
  const { facts, scope, embedded } = query;
  return facts.fields.flatMap(({ name, span }) => {
    const answer = answerAt(name, span.start);
    if (answer?.kind !== "known" || answer.type === undefined) return [];
    const isList = scope()?.catalog.get(name)?.isList === true;
    const offset = embedded.host.map.toHost(span.end, "end");
    const label = `: ${answer.type}${isList ? "[]" : ""}`;
    return [{ kind: "fieldTypes", offset, label, subject: { kind: "field", name } }];
  });
}

/** Behind each operator and function that compares texts. */
export function caseHints(query: SnapshotQuery, answerAt: AnswerAt): readonly InlayHint[] {
  const { support, embedded } = query;
  const found =
    support.id === "eql"
      ? eqlComparisons(query)
      : support.id === "kuery"
        ? kqlComparisons(query, answerAt)
        : [];
  return [...found].map(({ span, letters, subject }) => ({
    kind: "caseSensitivity",
    offset: embedded.host.map.toHost(span.end, "end"),
    label: letters,
    subject,
  }));
}

interface TextComparison {
  /** Of the operator, in query offsets. */
  readonly span: Span;
  readonly letters: "exact case" | "any case";
  readonly subject: InlaySubject;
}

function* eqlComparisons(query: SnapshotQuery): Generator<TextComparison> {
  for (const node of walk<EqlAst>(eqlParseOf(query).ast, childrenOf)) {
    const found = eqlComparison(node);
    if (found !== undefined) yield found;
  }
}

function eqlComparison(node: EqlAst): TextComparison | undefined {
  switch (node.kind) {
    case "comparison": {
      const isOfTexts = [node.left, node.right].some((side) => withoutGroups(side).kind === "string");
      if (!isOfTexts || (node.operator !== "==" && node.operator !== "!=")) return undefined;
      return inEql(node.operatorSpan, "exact case", node.operator);
    }
    case "in":
    case "match": {
      if (!holdsText(node.right)) return undefined;
      const isAny = node.operator === ":" || node.operator.endsWith("~");
      return inEql(node.operatorSpan, isAny ? "any case" : "exact case", node.operator);
    }
    case "call": {
      const known = functionNamed(node.name);
      if (known?.hasInsensitiveForm !== true) return undefined;
      return inEql(node.nameSpan, node.insensitive ? "any case" : "exact case", known.name);
    }
    default:
      return undefined;
  }
}

function inEql(span: Span, letters: TextComparison["letters"], word: string): TextComparison {
  return { span, letters, subject: { kind: "word", language: "eql", word } };
}

function holdsText(right: EqlExpression): boolean {
  const value = withoutGroups(right);
  return (value.kind === "list" ? value.items : [value]).some(
    (item) => withoutGroups(item).kind === "string",
  );
}

/** Whole values as they are indexed, and texts that are split into small words. */
const EXACT: ReadonlySet<string> = new Set(["keyword", "constant_keyword", "wildcard", "flattened"]);
const ANALYSED: ReadonlySet<string> = new Set(["text", "match_only_text", "semantic_text"]);

/** In KQL the field decides; of a field without a known type nothing is said. */
function* kqlComparisons(query: SnapshotQuery, answerAt: AnswerAt): Generator<TextComparison> {
  const refs = new Map(query.facts.fields.map(({ name, span }) => [span.start, name]));
  for (const node of walk<KqlAst>(kqlParseOf(query).ast, kqlChildrenOf)) {
    if (node.kind !== "is" || isAnyValue(node.value)) continue;
    const name = refs.get(node.field.span.start);
    const answer = name === undefined ? undefined : answerAt(name, node.field.span.start);
    const type = answer?.kind === "known" ? (answer.type ?? "") : "";
    const letters = EXACT.has(type) ? "exact case" : ANALYSED.has(type) ? "any case" : undefined;
    const subject: InlaySubject = { kind: "word", language: "kuery", word: ":" };
    if (letters !== undefined) yield { span: node.operatorSpan, letters, subject };
  }
}

/** `field:*` asks for no text, and neither does what is still to be written. */
function isAnyValue(value: KqlAst): boolean {
  if (value.kind === "hole") return true;
  return value.kind === "literal" && value.type === "wildcard" && value.text === "*";
}
