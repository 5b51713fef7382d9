/** A question in EQL. */
import { unreachable } from "../../base/unreachable.ts";
import { type Span } from "../../text/span.ts";
import { encodeString } from "../eql/strings.ts";
import { isIdentifier, writtenField } from "../eql/completeOperand.ts";
import { type Converted, converted, type Question, refusedAt, type Wanted } from "./convertModel.ts";

const CATEGORY = "event.category";

/** A category that is asked for stands before `where`. `span`: what a refusal is about. */
export function eqlOf(question: Question, span: Span): Converted<string> {
  const parts = question.kind === "all" ? question.parts : [question];
  const category = parts.find(isCategory);
  const rest = parts.filter((part) => part !== category);
  const condition = rest.length === 0 ? converted("true") : joined("and", rest, span);
  if (!condition.ok) return condition;
  return converted(`${category === undefined ? "any" : categoryText(category)} where ${condition.value}`);
}

type AnyOf = Extract<Question, { readonly kind: "any-of" }>;

function isCategory(part: Question): part is AnyOf {
  return (
    part.kind === "any-of" &&
    part.field === CATEGORY &&
    part.values.length === 1 &&
    textOf(part) !== undefined
  );
}

function textOf({ values }: AnyOf): string | undefined {
  const [value] = values;
  return value?.kind === "text" ? value.text : undefined;
}

/** `any` stands for all categories. */
function categoryText(category: AnyOf): string {
  const text = textOf(category) ?? "";
  return isIdentifier(text) && /^[a-z]\w*$/i.test(text) ? text : encodeString(text);
}

/** Binds as tightly as is needed around it. */
function joined(word: "and" | "or", parts: readonly Question[], span: Span): Converted<string> {
  const texts: string[] = [];
  for (const part of parts) {
    const text = written(part, span);
    if (!text.ok) return text;
    const isLoose = (part.kind === "all" || part.kind === "any") && 1 < part.parts.length;
    const isSame = part.kind === (word === "and" ? "all" : "any");
    texts.push(isLoose && !isSame && 1 < parts.length ? `(${text.value})` : text.value);
  }
  return converted(texts.join(` ${word} `));
}

function written(question: Question, span: Span): Converted<string> {
  switch (question.kind) {
    case "all":
    case "any": {
      const { kind, parts } = question;
      if (parts.length === 0) return converted(kind === "all" ? "true" : "false");
      return joined(kind === "all" ? "and" : "or", parts, span);
    }
    case "not":
      return negated(question.part, span);
    case "exists":
      return converted(`${writtenField(question.field)} != null`);
    case "any-of":
      return anyOf(question, span);
    case "range": {
      const { field, operator, limit } = question;
      return converted(`${writtenField(field)} ${operator} ${constant(limit)}`);
    }
    default:
      return unreachable(question);
  }
}

function negated(part: Question, span: Span): Converted<string> {
  if (part.kind === "exists") return converted(`${writtenField(part.field)} == null`);
  if (part.kind === "any-of" && isEqualities(part))
    return converted(grouped("and", equalities(part, "!=", "not in")));
  const text = written(part, span);
  if (!text.ok) return text;
  const isPlain = part.kind === "any-of" || part.kind === "range";
  return converted(isPlain ? `not ${text.value}` : `not (${text.value})`);
}

function isEqualities({ values }: AnyOf): boolean {
  return values.every((value) => wayOf(value) === "equal");
}

/** One text, or one for each value that does not stand in a list. */
function equalities({ field, values }: AnyOf, single: string, several: string): readonly string[] {
  const name = writtenField(field);
  const constants = values.map(constant);
  if (1 < values.length && values.every(isListable)) return [`${name} ${several} ${listed(constants)}`];
  return constants.map((value) => `${name} ${single} ${value}`);
}

/** Elasticsearch compares a list with the type of its field, and takes no texts for addresses, dates and versions. */
function isListable({ kind }: Wanted): boolean {
  return kind === "text" || kind === "number" || kind === "boolean";
}

/** Texts, patterns and blocks are asked for in different ways. */
function anyOf({ field, values }: AnyOf, span: Span): Converted<string> {
  const name = writtenField(field);
  const texts: string[] = [];
  for (const way of waysOf(values)) {
    const own = values.filter((value) => wayOf(value) === way);
    if (way === "pattern") {
      const unsafe = own.flatMap(piecesOf).find((piece) => /[*?]/.test(piece));
      if (unsafe !== undefined)
        return refusedAt(span, `\`${unsafe}\` holds a wildcard of EQL that cannot be taken literally there`);
      const patterns = own.map((value) => encodeString(piecesOf(value).join("*")));
      texts.push(`${name} like ${listed(patterns)}`);
    } else if (way === "block") texts.push(`cidrMatch(${name}, ${own.map(constant).join(", ")})`);
    else texts.push(...equalities({ kind: "any-of", field, values: own }, "==", "in"));
  }
  return converted(grouped("or", texts));
}

function grouped(word: "and" | "or", texts: readonly string[]): string {
  return texts.length === 1 ? texts.join("") : `(${texts.join(` ${word} `)})`;
}

type Way = "equal" | "pattern" | "block";

function wayOf({ kind }: Wanted): Way {
  return kind === "pattern" || kind === "block" ? kind : "equal";
}

function waysOf(values: readonly Wanted[]): readonly Way[] {
  return [...new Set(values.map(wayOf))];
}

function piecesOf(wanted: Wanted): readonly string[] {
  return wanted.kind === "pattern" ? wanted.pieces : [];
}

function listed(texts: readonly string[]): string {
  return texts.length === 1 ? texts.join("") : `(${texts.join(", ")})`;
}

function constant(wanted: Wanted): string {
  switch (wanted.kind) {
    case "number":
      return wanted.text;
    case "boolean":
      return String(wanted.value);
    case "pattern":
      return encodeString(wanted.pieces.join("*"));
    default:
      return encodeString(wanted.text);
  }
}
