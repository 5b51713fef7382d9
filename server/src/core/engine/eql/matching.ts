/** `:`, `like` and `regex`: texts against patterns. */
import { type EqlMatchOperator } from "../../query/eql/index.ts";
import { type Span } from "../../text/span.ts";
import { compilePatterns, type Folding } from "../pattern.ts";
import { compileRegex } from "../regex.ts";
import { type ValueType } from "../value.ts";
import { type TextTest } from "../wildcard.ts";
import { beginTest } from "../work.ts";
import { type Compiled, REFUSED, testOf } from "./compiled.ts";
import { type CompileContext, giveUp, refuse } from "./context.ts";
import { type ListItem } from "./membership.ts";

export function compileMatch(
  context: CompileContext,
  operator: EqlMatchOperator,
  operand: Compiled,
  items: readonly ListItem[],
  span: Span,
): Compiled {
  if (!isText(operand.type)) {
    refuse(context, `\`${operator}\` on a value of the type ${operand.type}`, span);
    return REFUSED;
  }
  const patterns: { readonly text: string; readonly span: Span }[] = [];
  for (const { compiled, span } of items) {
    if (typeof compiled.constant === "string") patterns.push({ text: compiled.constant, span });
    else refuse(context, `a pattern for \`${operator}\` that is no text`, span);
  }
  const folding = foldingOf(operator, operand);
  const { work } = context;
  const isRegex = operator.startsWith("regex");
  const texts = patterns.map(({ text }) => text);
  const test = isRegex ? regexTest(context, patterns, folding) : compilePatterns(texts, folding, work);
  const tooLong = isRegex ? "a regular expression on so long a text" : "patterns on so long a text";
  return testOf(operand, (value) => {
    beginTest(work);
    const answer = test(typeof value === "string" ? value : String(value));
    return work.left < 0 ? (giveUp(context, tooLong, span) ?? false) : answer;
  });
}

/** A value of unknown type may be a text: Elasticsearch keeps 5 as "5" in a field of texts. */
export function isText(type: ValueType): boolean {
  return type === "string" || type === "version" || type === "unknown" || type === "null";
}

function foldingOf(operator: EqlMatchOperator, operand: Compiled): Folding {
  if (operator === "like" || operator === "regex") return "exact";
  return operand.isField ? "ascii" : "unicode";
}

function regexTest(
  context: CompileContext,
  patterns: readonly { readonly text: string; readonly span: Span }[],
  folding: Folding,
): TextTest {
  const tests: TextTest[] = [];
  for (const { text, span } of patterns) {
    const test = compileRegex(text, folding, context.work);
    if (test.ok) tests.push(test.value);
    else refuse(context, `a regular expression with ${test.error}`, span);
  }
  const [first] = tests;
  return first !== undefined && tests.length === 1 ? first : (text) => tests.some((test) => test(text));
}
