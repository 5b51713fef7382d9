/** What a KQL query asks, if EQL can ask the same. */
import { unreachable } from "../../base/unreachable.ts";
import { type FieldTypes } from "../fieldTypes.ts";
import { type KqlCondition, type KqlLiteral, type KqlQuery, type KqlValue } from "./ast.ts";
import {
  allConverted,
  type Converted,
  converted,
  familyAt,
  type Question,
  refusedAt,
  wantedOf,
} from "./convertModel.ts";
import { isLoneStar } from "./literals.ts";
import { targetNamed } from "./fieldTargets.ts";
import { familyOf } from "./valueTypes.ts";

export function questionOfKql({ condition }: KqlQuery, types: FieldTypes): Converted {
  return condition === undefined ? converted({ kind: "all", parts: [] }) : ofCondition(types, condition);
}

function ofCondition(types: FieldTypes, condition: KqlCondition): Converted {
  const { span } = condition;
  switch (condition.kind) {
    case "and":
    case "or":
      return joined(
        condition.kind,
        condition.operands.map((operand) => ofCondition(types, operand)),
      );
    case "not":
      return negated(ofCondition(types, condition.operand));
    case "group":
      return ofCondition(types, condition.inner);
    case "is":
      return condition.field.kind === "hole"
        ? refusedAt(span, INCOMPLETE)
        : ofValue(types, condition.field, condition.value);
    case "range": {
      const { field, operator, value } = condition;
      if (field.kind === "hole" || value.kind !== "literal") return refusedAt(span, INCOMPLETE);
      const name = nameOf(types, field);
      if (!name.ok) return name;
      const { type } = targetNamed(types, name.value);
      const limit = value.type === "string" ? wantedOf(type, value.text, "range") : undefined;
      if (limit === undefined) return refusedAt(value.span, unlikeMessage(name.value, value));
      return converted({ kind: "range", field: name.value, operator, limit });
    }
    case "text":
      return refusedAt(span, "EQL does not look for a text in all fields");
    case "nested":
      return refusedAt(span, "EQL does not look into nested fields");
    case "invalid":
    case "hole":
      return refusedAt(span, INCOMPLETE);
    default:
      return unreachable(condition);
  }
}

const INCOMPLETE = "The query is incomplete";

function joined(kind: "and" | "or", parts: readonly Converted[]): Converted {
  const all = allConverted(parts);
  return all.ok ? converted({ kind: kind === "and" ? "all" : "any", parts: all.value }) : all;
}

function negated(part: Converted): Converted {
  return part.ok ? converted({ kind: "not", part: part.value }) : part;
}

/** The name of a field that both languages know by it. */
function nameOf(types: FieldTypes, { type, text, span }: KqlLiteral): Converted<string> {
  if (type === "wildcard") return refusedAt(span, "EQL has no patterns for the names of fields");
  if (type === "null") return refusedAt(span, "EQL does not look for a text in all fields");
  const family = familyAt(types, text, span);
  return family.ok ? converted(text) : family;
}

function ofValue(types: FieldTypes, field: KqlLiteral, value: KqlValue): Converted {
  if (value.kind === "literal" && isLoneStar(field) && isLoneStar(value))
    return converted({ kind: "all", parts: [] });
  const name = nameOf(types, field);
  return name.ok ? ofNamed(types, name.value, value) : name;
}

/** Values of which any will do are asked for together. */
function ofNamed(types: FieldTypes, field: string, value: KqlValue): Converted {
  switch (value.kind) {
    case "and":
    case "or": {
      const parts = allConverted(value.operands.map((operand) => ofNamed(types, field, operand)));
      if (!parts.ok) return parts;
      return converted(
        value.kind === "and" ? { kind: "all", parts: parts.value } : anyOf(field, parts.value),
      );
    }
    case "not":
      return negated(ofNamed(types, field, value.operand));
    case "group":
      return ofNamed(types, field, value.inner);
    case "literal":
      return ofLiteral(types, field, value);
    case "invalid":
    case "hole":
      return refusedAt(value.span, INCOMPLETE);
    default:
      return unreachable(value);
  }
}

function anyOf(field: string, parts: readonly Question[]): Question {
  const lists = parts.flatMap((part) => (part.kind === "any-of" ? [part] : []));
  return lists.length === parts.length
    ? { kind: "any-of", field, values: lists.flatMap(({ values }) => values) }
    : { kind: "any", parts };
}

function ofLiteral(types: FieldTypes, field: string, literal: KqlLiteral): Converted {
  const { type } = targetNamed(types, field);
  if (isLoneStar(literal)) return converted({ kind: "exists", field });
  if (literal.type === "wildcard" && familyOf(type) === "version")
    return refusedAt(literal.span, `\`${field}\` is a version, for which EQL has no patterns`);
  if (literal.type === "wildcard")
    return converted({ kind: "any-of", field, values: [{ kind: "pattern", pieces: literal.pieces }] });
  const wanted = literal.type === "null" ? undefined : wantedOf(type, literal.text, "is");
  if (wanted === undefined) return refusedAt(literal.span, unlikeMessage(field, literal));
  return converted({ kind: "any-of", field, values: [wanted] });
}

function unlikeMessage(field: string, { text }: KqlLiteral): string {
  return `KQL and EQL do not read \`${text}\` of \`${field}\` alike`;
}
