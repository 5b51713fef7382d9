/** What an EQL query for single events asks, if KQL can ask the same. */
import {
  type EqlCall,
  type EqlComparison,
  type EqlExpression,
  type EqlMatch,
  type EqlMembership,
  type EqlQuery,
  functionNamed,
  withoutGroups,
} from "../eql/index.ts";
import { type FieldTypes } from "../fieldTypes.ts";
import { type Span } from "../../text/span.ts";
import {
  allConverted,
  type Converted,
  converted,
  familyAt,
  type Question,
  refusedAt,
  type Wanted,
  wantedOf,
} from "./convertModel.ts";
import { targetNamed } from "./fieldTargets.ts";
import { familyOf } from "./valueTypes.ts";

export function questionOfEql({ body, pipes }: EqlQuery, types: FieldTypes): Converted {
  if (body.kind !== "event")
    return refusedAt(body.span, "KQL looks at single events, not at several together");
  const [pipe] = pipes;
  if (pipe !== undefined) return refusedAt(pipe.span, "KQL has no pipes");
  const { category, condition } = body;
  const question = ofExpression(types, condition);
  if (!question.ok || category === undefined || category.form === "any") return question;
  const values: readonly Wanted[] = [{ kind: "text", text: category.value }];
  const isCategory: Question = { kind: "any-of", field: "event.category", values };
  const { value } = question;
  return converted({ kind: "all", parts: [isCategory, ...(value.kind === "all" ? value.parts : [value])] });
}

function ofExpression(types: FieldTypes, expression: EqlExpression): Converted {
  const inner = withoutGroups(expression);
  const { span } = inner;
  switch (inner.kind) {
    case "and":
    case "or": {
      const parts = allConverted(inner.operands.map((operand) => ofExpression(types, operand)));
      return parts.ok ? converted({ kind: inner.kind === "and" ? "all" : "any", parts: parts.value }) : parts;
    }
    case "not":
      return negated(ofExpression(types, inner.operand));
    case "boolean":
      return converted({ kind: inner.value ? "all" : "any", parts: [] });
    case "field":
      return asked(types, inner, span, (field) =>
        familyOf(targetNamed(types, field).type) === "boolean"
          ? valueOf(types, field, "true", span)
          : refusedAt(span, `\`${field}\` is not true or false`),
      );
    case "comparison":
      return ofComparison(types, inner);
    case "in":
    case "match":
      return ofList(types, inner);
    case "call":
      return ofCall(types, inner);
    default:
      return refusedAt(span, "KQL has nothing like it");
  }
}

function negated(part: Converted): Converted {
  return part.ok ? converted({ kind: "not", part: part.value }) : part;
}

/** Asks about a field by its name, if both languages know it by it. */
function asked(
  types: FieldTypes,
  operand: EqlExpression,
  span: Span,
  ask: (field: string) => Converted,
): Converted {
  const field = withoutGroups(operand);
  if (field.kind !== "field") return refusedAt(span, "KQL compares fields with values, and nothing else");
  const family = familyAt(types, field.name, field.span);
  return family.ok ? ask(field.name) : family;
}

const MIRRORED = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!=" } as const;

function ofComparison(types: FieldTypes, { left, right, operator, span }: EqlComparison): Converted {
  const isTurned = withoutGroups(right).kind === "field" && withoutGroups(left).kind !== "field";
  const [operand, other] = isTurned ? [right, left] : [left, right];
  const seen = isTurned ? MIRRORED[operator] : operator;
  return asked(types, operand, span, (field) => {
    const constant = withoutGroups(other);
    if (constant.kind === "null") {
      const exists: Question = { kind: "exists", field };
      if (seen === "!=") return converted(exists);
      return seen === "=="
        ? converted({ kind: "not", part: exists })
        : refusedAt(span, "Nothing is smaller or larger than `null`");
    }
    const text = textOf(constant);
    if (text === undefined) return refusedAt(other.span, "KQL compares fields with values, and nothing else");
    if (seen === "==") return valueOf(types, field, text, other.span);
    if (seen === "!=") return negated(valueOf(types, field, text, other.span));
    const limit = wantedOf(targetNamed(types, field).type, text, "range");
    if (limit === undefined) return refusedAt(other.span, unlikeMessage(field, text));
    return converted({ kind: "range", field, operator: seen, limit });
  });
}

/** A number with its sign, a text, true or false. */
function textOf(expression: EqlExpression): string | undefined {
  switch (expression.kind) {
    case "string":
      return expression.value;
    case "boolean":
      return String(expression.value);
    case "number":
      return expression.text;
    case "sign": {
      const inner = withoutGroups(expression.operand);
      return inner.kind === "number" && expression.operator === "-" ? `-${inner.text}` : undefined;
    }
    default:
      return undefined;
  }
}

function valueOf(types: FieldTypes, field: string, text: string, span: Span): Converted {
  const wanted = wantedOf(targetNamed(types, field).type, text, "is");
  if (wanted === undefined) return refusedAt(span, unlikeMessage(field, text));
  return converted({ kind: "any-of", field, values: [wanted] });
}

function unlikeMessage(field: string, text: string): string {
  return `KQL and EQL do not read \`${text}\` of \`${field}\` alike`;
}

function ofList(types: FieldTypes, leaf: EqlMatch | EqlMembership): Converted {
  const { operand, operator, right, span, notSpan } = leaf;
  if (operator === "regex" || operator === "regex~") return refusedAt(span, "KQL has no regular expressions");
  const question = asked(types, operand, span, (field) => {
    const items = right.kind === "list" ? right.items : [right];
    const values = allConverted(
      items.map((item): Converted<Wanted> => {
        const constant = withoutGroups(item);
        const text = textOf(constant);
        if (text === undefined)
          return refusedAt(item.span, "KQL compares fields with values, and nothing else");
        if (operator === "in" || operator === "in~") return memberOf(types, field, text, operator, item.span);
        if (!isKeyword(types, field)) return refusedAt(item.span, unlikeMessage(field, text));
        return patternOf(text, operator === "like" ? "exact" : "any", item.span);
      }),
    );
    return values.ok ? converted({ kind: "any-of", field, values: values.value }) : values;
  });
  return notSpan === undefined ? question : negated(question);
}

function memberOf(
  types: FieldTypes,
  field: string,
  text: string,
  operator: "in" | "in~",
  span: Span,
): Converted<Wanted> {
  if (operator === "in~" && hasLetters(text)) return refusedAt(span, caseMessage(text));
  const wanted = wantedOf(targetNamed(types, field).type, text, "is");
  return wanted === undefined ? refusedAt(span, unlikeMessage(field, text)) : converted(wanted);
}

/** `letterCase`: whether letters that differ in case only are the same to EQL. */
function patternOf(text: string, letterCase: "exact" | "any", span: Span): Converted<Wanted> {
  if (letterCase === "any" && hasLetters(text)) return refusedAt(span, caseMessage(text));
  if (text.includes("?")) return refusedAt(span, "KQL has no wildcard for a single character");
  const pieces = text.split("*");
  return converted(pieces.length === 1 ? { kind: "text", text } : { kind: "pattern", pieces });
}

function isKeyword(types: FieldTypes, field: string): boolean {
  return familyOf(targetNamed(types, field).type) === "keyword";
}

function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}

function caseMessage(text: string): string {
  return `EQL takes \`${text}\` in any case here, and KQL only as it is written`;
}

function ofCall(types: FieldTypes, call: EqlCall): Converted {
  const { span, insensitive } = call;
  const name = functionNamed(call.name)?.name.toLowerCase() ?? "";
  const [operand, ...others] = call.arguments;
  const frame = FRAMES.get(name);
  if (operand === undefined || (frame === undefined && name !== "cidrmatch"))
    return refusedAt(span, `KQL has nothing like \`${call.name}\``);
  return asked(types, operand, span, (field) => {
    const values = allConverted(
      others.map((other): Converted<Wanted> => {
        const constant = withoutGroups(other);
        if (constant.kind !== "string")
          return refusedAt(other.span, "KQL compares fields with values, and nothing else");
        const { value } = constant;
        if (frame === undefined) return memberOf(types, field, value, "in", other.span);
        if (insensitive && hasLetters(value)) return refusedAt(other.span, caseMessage(value));
        if (!isKeyword(types, field)) return refusedAt(other.span, unlikeMessage(field, value));
        return converted({ kind: "pattern", pieces: frame(value) });
      }),
    );
    return values.ok ? converted({ kind: "any-of", field, values: values.value }) : values;
  });
}

/** Functions that are patterns. An empty text is part of every one. */
const FRAMES: ReadonlyMap<string, (text: string) => readonly string[]> = new Map([
  ["startswith", (text: string) => [text, ""]],
  ["endswith", (text: string) => ["", text]],
  ["stringcontains", (text: string) => ["", text, ""]],
]);
