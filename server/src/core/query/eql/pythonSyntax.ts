/** What Elasticsearch reads in EQL and python-eql, by which Elastic's CI validates rules, does not. */
import { type Fix } from "../../text/edit.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { walk } from "../ast.ts";
import { insertAt, replaceWith } from "../fixes.ts";
import { type QuerySyntaxError } from "../language.ts";
import {
  type EqlAst,
  type EqlCategory,
  type EqlComparison,
  type EqlField,
  type EqlFieldPart,
  type EqlPipe,
  type EqlSequence,
  type EqlString,
} from "./ast.ts";
import { childrenOf, withoutGroups } from "./children.ts";
import { type EqlParse } from "./parse.ts";
import { pipeCount } from "./pipes.ts";

/** Words that only python-eql reserves. */
const RESERVED: ReadonlySet<string> = new Set(["const", "macro"]);

/** In the order of the tree; spans and messages say nothing of who refuses. */
export function* refusedByPython(parse: EqlParse): Generator<QuerySyntaxError> {
  yield* nestedComments(parse);
  for (const node of walk<EqlAst>(parse.ast, childrenOf)) yield* refusedIn(parse.text, node);
}

function* refusedIn(text: string, node: EqlAst): Generator<QuerySyntaxError> {
  switch (node.kind) {
    case "category":
      yield* refusedCategory(node);
      break;
    case "field":
      yield* refusedField(text, node);
      break;
    case "string":
      yield* shortEscapes(text, node);
      break;
    case "number":
      if (/^\d+\.(?!\d)/.test(node.text)) {
        const end = node.span.start + node.text.indexOf(".") + 1;
        yield refusal(node.span, "a number that ends in a dot", insertAt(end, "0", "Add a zero"));
      }
      break;
    case "sign":
      // The innermost two, however many there are.
      if (node.operand.kind === "sign" && node.operand.operand.kind !== "sign")
        yield refusal(node.operatorSpan, "two signs before a value");
      break;
    case "comparison":
      yield* bareOperands(node);
      break;
    case "sequence":
      yield* refusedRuns(node);
      break;
    case "pipe":
      yield* refusedPipe(node);
      break;
    default:
  }
}

function refusal(span: Span, what: string, ...fixes: readonly Fix[]): QuerySyntaxError {
  return { span, message: what, fixes };
}

function* refusedCategory({ form, value, span }: EqlCategory): Generator<QuerySyntaxError> {
  if (form === "name" && RESERVED.has(value))
    yield refusal(span, `the category \`${value}\`, a word it reserves`);
  if (form !== "string" && form !== "raw") return;
  const isName = /^[A-Za-z_]\w*$/.test(value) && !RESERVED.has(value) && !KEYWORDS.has(value);
  yield refusal(
    span,
    "an event category in quotes",
    ...(isName ? [replaceWith(span, value, "Remove the quotes")] : []),
  );
}

/** Words that no category can be without quotes. */
const KEYWORDS: ReadonlySet<string> = new Set(
  "and any by false in join like maxspan not null of or regex sample sequence true until where with".split(
    " ",
  ),
);

function* refusedField(text: string, field: EqlField): Generator<QuerySyntaxError> {
  const { parts, optionalSpan, nameSpan } = field;
  for (const part of parts) {
    // Backticks do not help a date, whose type it refuses too, unless the field is optional.
    const canQuote = field.name !== "@timestamp" || optionalSpan !== undefined;
    for (const refused of refusedPart(part)) yield canQuote ? refused : { ...refused, fixes: [] };
  }
  if (optionalSpan !== undefined && optionalSpan.end < nameSpan.start) {
    const gap = spanOf(optionalSpan.end, nameSpan.start);
    yield refusal(optionalSpan, "a blank after the ? of a field", replaceWith(gap, "", "Remove the blank"));
  }
  const blank = parts.findIndex((part, i) => i + 1 < parts.length && text[part.span.end] !== ".");
  if (0 <= blank) yield refusal(nameSpan, "a blank before the dot of a field");
}

function* refusedPart({ text, span, quoted }: EqlFieldPart): Generator<QuerySyntaxError> {
  if (quoted) {
    if (text.includes("`")) yield refusal(span, "a backtick in the name of a field");
    else if (/[\r\n]/.test(text)) yield refusal(span, "a line break in the name of a field");
    return;
  }
  const quote = replaceWith(span, `\`${text}\``, "Put backticks around it");
  if (text.startsWith("@")) yield refusal(span, `\`${text}\` without backticks`, quote);
  if (RESERVED.has(text)) yield refusal(span, `\`${text}\`, a word it reserves, without backticks`, quote);
}

/** `\u0041`, where `\u{0041}` is read by both. */
function* shortEscapes(text: string, { form, bodySpan }: EqlString): Generator<QuerySyntaxError> {
  if (form !== "escaped") return;
  const body = text.slice(bodySpan.start, bodySpan.end);
  if (!body.includes("\\u")) return;
  for (const { 0: escape, index } of body.matchAll(/\\(?:u[0-9a-fA-F]{4}|[^])/g)) {
    if (escape.length < 6) continue;
    const span = spanOf(bodySpan.start + index, bodySpan.start + index + escape.length);
    const braced = `\\u{${escape.slice(2)}}`;
    yield refusal(span, `the escape \`${escape}\``, replaceWith(span, braced, `Write ${braced}`));
  }
}

/** `a in (1) == true`: a condition that is compared needs parentheses of its own. */
function* bareOperands({ left, right }: EqlComparison): Generator<QuerySyntaxError> {
  for (const { kind, span } of [left, right]) {
    if (kind !== "in" && kind !== "match") continue;
    const edits = [
      { span: spanOf(span.start, span.start), text: "(" },
      { span: spanOf(span.end, span.end), text: ")" },
    ];
    yield refusal(span, "a condition without parentheses in a comparison", {
      title: "Add parentheses",
      safety: "safe",
      edits,
    });
  }
}

function* refusedRuns({ steps, until }: EqlSequence): Generator<QuerySyntaxError> {
  for (const { runs } of steps) {
    if (runs?.count === 1)
      yield refusal(runs.span, "`runs=1`", replaceWith(runs.span, "", "Remove `with runs=1`"));
  }
  const onUntil = until?.step?.runs;
  if (onUntil !== undefined) yield refusal(onUntil.span, "`runs` after the event of `until`");
}

function* refusedPipe(pipe: EqlPipe): Generator<QuerySyntaxError> {
  const [argument] = pipe.arguments;
  const count = pipeCount(pipe);
  if (argument === undefined || count === undefined) return;
  if (count === 0) yield refusal(argument.span, `0 after \`${pipe.name}\``);
  const inner = withoutGroups(argument);
  const isPlain =
    inner.kind === "number" ||
    (inner.kind === "sign" && inner.operator === "+" && inner.operand.kind === "number");
  if (count === 0 || isPlain) return;
  const fix = replaceWith(argument.span, String(count), `Write ${count}`);
  yield refusal(argument.span, `a calculation after \`${pipe.name}\``, fix);
}

/** Its comments end at the first end of one. */
function* nestedComments({ text, tokens }: EqlParse): Generator<QuerySyntaxError> {
  for (const { kind, span } of tokens) {
    if (kind !== "comment" || !text.startsWith("/*", span.start)) continue;
    const inner = text.indexOf("/*", span.start + 2);
    if (inner < 0 || span.end <= inner) continue;
    yield refusal(spanOf(inner, inner + 2), "a comment inside another one");
  }
}
