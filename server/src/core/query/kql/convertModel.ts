/** What a query for single events asks, whether it is written in KQL or in EQL: the middle of each conversion. */
import { type Result } from "../../base/result.ts";
import { type Span } from "../../text/span.ts";
import { type FieldTypes } from "../fieldTypes.ts";
import { isAddress, isAddressOrBlock } from "../addresses.ts";
import { parseDateMath } from "./dateMath.ts";
import { targetNamed } from "./fieldTargets.ts";
import { familyOf, isNumber, type TypeFamily } from "./valueTypes.ts";

/** True of an event or not; of an event without the field every question of a field is not true. */
export type Question =
  /** All of none is true of every event, any of none of no event. */
  | { readonly kind: "all" | "any"; readonly parts: readonly Question[] }
  | { readonly kind: "not"; readonly part: Question }
  | { readonly kind: "exists"; readonly field: string }
  /** One of the field's values is one of these. */
  | { readonly kind: "any-of"; readonly field: string; readonly values: readonly Wanted[] }
  | {
      readonly kind: "range";
      readonly field: string;
      readonly operator: "<" | "<=" | ">" | ">=";
      readonly limit: Wanted;
    };

export type Wanted =
  | { readonly kind: "text" | "number" | "date" | "version" | "address" | "block"; readonly text: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** A text with anything between the pieces; letters must be of the same case. */
  | { readonly kind: "pattern"; readonly pieces: readonly string[] };

/** Why a query cannot be said in the other language. */
export interface ConversionRefusal {
  readonly span: Span;
  /** One sentence without a full stop. */
  readonly message: string;
}

export type Converted<T = Question> = Result<T, ConversionRefusal>;

export function converted<T>(value: T): Converted<T> {
  return { ok: true, value };
}

export function refusedAt(span: Span, message: string): Converted<never> {
  return { ok: false, error: { span, message } };
}

export function allConverted<T>(parts: readonly Converted<T>[]): Converted<readonly T[]> {
  const values: T[] = [];
  for (const part of parts) {
    if (!part.ok) return part;
    values.push(part.value);
  }
  return converted(values);
}

/** The family of a field of which both languages ask the same. */
export function familyAt(
  types: FieldTypes,
  name: string,
  span: Span,
): Converted<Exclude<TypeFamily, "text" | "flattened" | "holder">> {
  const { type, nestedIn } = targetNamed(types, name);
  if (type === undefined) return refusedAt(span, `The type of \`${name}\` is not known`);
  if (nestedIn !== undefined)
    return refusedAt(span, `EQL does not look into nested fields such as \`${name}\``);
  const family = familyOf(type);
  switch (family) {
    case "text":
      return refusedAt(span, `KQL looks for words in \`${name}\`, and EQL for the whole text`);
    case undefined:
    case "flattened":
    case "holder":
      return refusedAt(span, `\`${name}\` is of the type ${type}, of which EQL asks nothing`);
    default:
      return converted(family);
  }
}

/** A single value of the field; undefined if the two languages do not read it alike. */
export function wantedOf(type: string | undefined, text: string, asked: "is" | "range"): Wanted | undefined {
  switch (familyOf(type)) {
    case "keyword":
      return asked === "is" && !isOddNumber(text) ? { kind: "text", text } : undefined;
    case "version":
      return { kind: "version", text };
    case "integer":
    case "decimal":
      return numberOf(type, text, asked);
    case "boolean":
      return asked === "is" && (text === "true" || text === "false")
        ? { kind: "boolean", value: text === "true" }
        : undefined;
    case "ip":
      if (isAddress(text)) return { kind: "address", text };
      return asked === "is" && isAddressOrBlock(text) ? { kind: "block", text } : undefined;
    case "date":
      return isPlainDate(text) ? { kind: "date", text } : undefined;
    default:
      return undefined;
  }
}

/** A number in a keyword is the same text in one language, and the same number in the other. */
function isOddNumber(text: string): boolean {
  return isNumber(text) && String(Number(text)) !== text;
}

/** Numbers that every type holds as they are written. */
function numberOf(type: string | undefined, text: string, asked: "is" | "range"): Wanted | undefined {
  const value = isNumber(text) ? Number(text) : NaN;
  const plain = String(value);
  if (!/^-?\d+(?:\.\d+)?$/.test(plain) || Object.is(value, -0)) return undefined;
  const isWhole = Number.isSafeInteger(value);
  const isExact =
    familyOf(type) === "integer"
      ? isWhole || (asked === "range" && Math.abs(value) < SMALL)
      : type === "double" || (isWhole && Math.abs(value) <= SMALL);
  return isExact ? { kind: "number", text: plain } : undefined;
}

/** Whole numbers up to here are exact even in half of the bits. */
const SMALL = 2048;

/** EQL knows no `now`, and takes digits for a year. */
function isPlainDate(text: string): boolean {
  const math = parseDateMath(text);
  return math !== undefined && math.steps.length === 0 && math.anchor !== "now" && text.includes("-");
}
