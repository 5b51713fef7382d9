/** What each word of an EQL query is, from its tree where that says so, else from its tokens. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { eqlParseOf } from "../checks/eqlParse.ts";
import { walk } from "../query/ast.ts";
import {
  type EqlAst,
  type EqlExpression,
  type EqlField,
  type EqlParse,
  type EqlString,
  childrenOf,
  functionNamed,
  mapOfString,
  withoutGroups,
} from "../query/eql/index.ts";
import { type Span, spanOf, textAt } from "../text/span.ts";
import { type AnswerAt } from "./semanticTokensFields.ts";
import { type QueryMark, type TokenModifier, markOf } from "./semanticTokensLegend.ts";

export function eqlMarks(query: SnapshotQuery, answerAt: AnswerAt): readonly QueryMark[] {
  const parse = eqlParseOf(query);
  const roles = rolesIn(parse, answerAt);
  const marks: QueryMark[] = [];
  let reached = 0;
  for (const token of parse.tokens) {
    if (token.span.start < reached) continue;
    const found = roles.get(token.span.start) ?? tokenMarks(parse.text, token);
    marks.push(...found);
    reached = Math.max(reached, found.at(-1)?.end ?? token.span.end);
  }
  return marks;
}

const LOGIC: ReadonlySet<string> = new Set([
  ...["and", "or", "not", "in", "in~", "like", "like~", "regex", "regex~"],
]);
const CONSTANTS: ReadonlySet<string> = new Set(["true", "false", "null"]);
const WORD: readonly TokenModifier[] = ["word"];

function tokenMarks(text: string, { kind, span }: EqlParse["tokens"][number]): readonly QueryMark[] {
  const { start, end } = span;
  switch (kind) {
    case "keyword": {
      const image = textAt(text, span);
      if (LOGIC.has(image)) return [markOf(start, end, "operator", WORD)];
      return [markOf(start, end, CONSTANTS.has(image) ? "constant" : "keyword")];
    }
    case "string":
    case "number":
    case "comment":
    case "operator":
      return [markOf(start, end, kind)];
    case "punctuation":
      return /^(?:!\[|\|)$/.test(textAt(text, span)) ? [markOf(start, start + 1, "operator")] : [];
    case "name":
    case "unknown":
      return [];
  }
}

/** How the text of a string is read. */
type StringRole = "plain" | "pattern" | "regex";

/** Marks by the offset where the first of them begins. */
type Roles = Map<number, readonly QueryMark[]>;

interface Reading {
  readonly text: string;
  readonly answerAt: AnswerAt;
  readonly roles: Roles;
  readonly joinKeys: Set<EqlAst>;
  readonly strings: Map<EqlAst, StringRole>;
}

function rolesIn({ ast, text }: EqlParse, answerAt: AnswerAt): Roles {
  const reading: Reading = { text, answerAt, roles: new Map(), joinKeys: new Set(), strings: new Map() };
  for (const node of walk<EqlAst>(ast, childrenOf)) addRole(reading, node);
  return reading.roles;
}

function addRole(reading: Reading, node: EqlAst): void {
  const { roles, text } = reading;
  const add = ({ start, end }: Span, type: QueryMark["type"], modifiers?: readonly TokenModifier[]): void => {
    if (start < end) roles.set(start, [markOf(start, end, type, modifiers)]);
  };
  switch (node.kind) {
    case "field":
      return add(node.nameSpan, "property", fieldModifiers(reading, node));
    case "call":
      return add(node.nameSpan, "function", [functionNamed(node.name) === undefined ? "unknown" : "known"]);
    case "category":
      return node.form === "any" ? undefined : add(node.span, "type");
    case "string":
      if (node.span.start < node.span.end)
        roles.set(node.span.start, stringMarks(text, node, reading.strings.get(node) ?? "plain"));
      return;
    case "match":
      return addPatterns(reading, node.right, node.operator.startsWith("regex") ? "regex" : "pattern");
    case "by":
      for (const key of node.keys) reading.joinKeys.add(key);
      return;
    case "maxspan":
      return node.unitSpan && add(node.unitSpan, "number");
    case "runs":
      return add(node.nameSpan, "keyword");
    case "pipe":
      return node.nameSpan && add(node.nameSpan, "function", [node.name === undefined ? "unknown" : "known"]);
    default:
      return;
  }
}

function addPatterns({ strings }: Reading, right: EqlExpression, role: StringRole): void {
  const value = withoutGroups(right);
  for (const item of value.kind === "list" ? value.items : [value]) {
    const literal = withoutGroups(item);
    if (literal.kind === "string") strings.set(literal, role);
  }
}

function fieldModifiers({ answerAt, joinKeys }: Reading, field: EqlField): readonly TokenModifier[] {
  const modifiers: TokenModifier[] = [];
  // While its last part is still to come, nothing can be said of it.
  const answer = field.incomplete ? undefined : answerAt(field.name, field.nameSpan.start);
  if (answer !== undefined) modifiers.push(answer.kind);
  if (field.optionalSpan !== undefined) modifiers.push("optional");
  if (joinKeys.has(field)) modifiers.push("joinKey");
  return modifiers;
}

/** A string in pieces: its text, its wildcards and its escapes. */
function stringMarks(text: string, string: EqlString, role: StringRole): readonly QueryMark[] {
  const { span, bodySpan } = string;
  const plain = role === "regex" ? "regexp" : "string";
  const marks: QueryMark[] = [];
  let from = span.start;
  const special = (found: Span, type: "wildcard" | "escape"): void => {
    if (from < found.start) marks.push(markOf(from, found.start, plain));
    marks.push(markOf(found.start, found.end, type));
    from = found.end;
  };
  for (const { found, type } of specialsIn(text, string, bodySpan, role)) special(found, type);
  if (from < span.end) marks.push(markOf(from, span.end, plain));
  return marks;
}

interface Special {
  readonly found: Span;
  readonly type: "wildcard" | "escape";
}

function* specialsIn(text: string, string: EqlString, body: Span, role: StringRole): Generator<Special> {
  const source = textAt(text, body);
  const hasEscapes = string.value !== source;
  if (!hasEscapes && (role !== "pattern" || !/[*?]/.test(source))) return;
  const map = mapOfString(text, string);
  let reached = body.start;
  for (let i = 0; i < string.value.length; i++) {
    const found = map.toHostSpan(spanOf(i, i + 1));
    // Both halves of a character beyond the first plane may come of one escape.
    if (found.start < reached) continue;
    reached = found.end;
    if (1 < found.end - found.start) yield { found, type: "escape" };
    else if (role === "pattern" && /[*?]/.test(string.value.charAt(i))) yield { found, type: "wildcard" };
  }
}
