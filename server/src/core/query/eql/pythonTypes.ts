/** What Elasticsearch converts or reads and python-eql, by which Elastic's CI validates rules, takes for a mistake in types. */
import { walk } from "../ast.ts";
import { type Fix } from "../../text/edit.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { type FieldTypes } from "../fieldTypes.ts";
import { type QuerySyntaxError } from "../language.ts";
import { type EqlAst, type EqlComparison, type EqlExpression, type EqlField, type EqlMatch } from "./ast.ts";
import { childrenOf, withoutGroups } from "./children.ts";
import { functionNamed } from "./functions.ts";
import { type EqlParse } from "./parse.ts";
import { subjectOf } from "./problem.ts";
import { described, type EqlType, isNumeric } from "./valueTypes.ts";
import { type EqlTyping, typeEql } from "./verify.ts";

/** The types that python-eql has. Addresses are text to it. */
type Hint = "string" | "number" | "boolean";

/** Messages say nothing of who refuses. What Elasticsearch itself refuses is left out. */
export function* typesRefusedByPython(parse: EqlParse, types: FieldTypes): Generator<QuerySyntaxError> {
  const typing = typeEql(parse.ast, types, { categoryField: "event.category" });
  for (const node of walk<EqlAst>(parse.ast.body, childrenOf)) {
    if (node.kind === "comparison") yield* refusedComparison(typing, node);
    if (node.kind === "match" && node.operator !== ":") yield* refusedPatterns(typing, node);
    if (node.kind === "field") yield* refusedField(typing, parse.text, node);
  }
}

function* refusedComparison(typing: EqlTyping, comparison: EqlComparison): Generator<QuerySyntaxError> {
  const { left, right, operator, operatorSpan } = comparison;
  const [leftValue, rightValue] = [typing.valueOf(left), typing.valueOf(right)];
  // What varies on both sides is refused by Elasticsearch.
  if (leftValue.isConstant === false && rightValue.isConstant === false) return;
  const [leftHint, rightHint] = [hintOf(typing, left), hintOf(typing, right)];
  if (leftHint === undefined || rightHint === undefined) return;
  if (leftHint !== rightHint) {
    const [constant, other] = rightValue.isConstant === true ? [right, left] : [left, right];
    const [is, wanted] = [typing.valueOf(constant).type, typing.valueOf(other).type];
    const message = `${described(is)} compared with ${subjectOf(other)}, ${describedPlainly(wanted)}`;
    yield { span: withoutGroups(constant).span, message, fixes: asHint(constant, hintOf(typing, other)) };
  } else if (leftHint === "boolean" && operator !== "==" && operator !== "!=") {
    yield { span: operatorSpan, message: `true and false compared by ${operator}`, fixes: [] };
  }
}

function* refusedPatterns(typing: EqlTyping, { right, operator }: EqlMatch): Generator<QuerySyntaxError> {
  for (const item of right.kind === "list" ? right.items : [right]) {
    const hint = hintOf(typing, item);
    if (hint === undefined || hint === "string") continue;
    const message = `${describedPlainly(typing.valueOf(item).type)} after \`${operator}\``;
    yield { span: item.span, message, fixes: asHint(item, "string") };
  }
}

/** Fields of other types are unknown to it; a `?` with the same name anywhere in the query makes it look away. */
function* refusedField(typing: EqlTyping, text: string, field: EqlField): Generator<QuerySyntaxError> {
  const { type } = typing.valueOf(field);
  if (type !== "date" && type !== "version" && type !== "binary") return;
  if (text.includes(`?${field.name}`)) return;
  // It does not get beyond the sign.
  if (field.parts.some((part) => !part.quoted && part.text.startsWith("@"))) return;
  yield { span: field.nameSpan, message: `\`${field.name}\`, ${described(type)}`, fixes: [] };
}

function hintOf(typing: EqlTyping, expression: EqlExpression): Hint | undefined {
  const inner = withoutGroups(expression);
  // It knows functions by their exact names only, and takes others for granted.
  if (inner.kind === "call" && functionNamed(inner.name)?.name !== inner.name) return undefined;
  const { type } = typing.valueOf(inner);
  if (type === "string" || type === "ip") return "string";
  if (type === "boolean") return "boolean";
  return isNumeric(type) ? "number" : undefined;
}

function describedPlainly(type: EqlType): string {
  return isNumeric(type) ? "a number" : described(type);
}

/** The literal as one of the other type, if it can be. */
function asHint(expression: EqlExpression, hint: Hint | undefined): readonly Fix[] {
  const literal = withoutGroups(expression);
  const written =
    literal.kind === "number" ? literal.text : literal.kind === "boolean" ? String(literal.value) : undefined;
  if (hint === "string" && written !== undefined)
    return [asGuess(replaceWith(literal.span, `"${written}"`, "Put quotes around it"))];
  if (literal.kind !== "string") return [];
  const { value } = literal;
  const fits = hint === "number" ? /^-?\d+(?:\.\d+)?$/.test(value) : value === "true" || value === "false";
  return fits && hint !== "string" ? [replaceWith(literal.span, value, "Remove the quotes")] : [];
}
