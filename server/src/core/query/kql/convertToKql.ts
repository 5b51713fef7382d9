/** A question in KQL, written so that Kibana and Elastic's own reader take it for the same. */
import { unreachable } from "../../base/unreachable.ts";
import { type Span } from "../../text/span.ts";
import { type Converted, converted, type Question, refusedAt, type Wanted } from "./convertModel.ts";

/** `span`: what a refusal is about. */
export function kqlOf(question: Question, span: Span): Converted<string> {
  switch (question.kind) {
    case "all":
    case "any": {
      const { kind, parts } = question;
      if (parts.length === 0) return converted(kind === "all" ? "*:*" : "not *:*");
      return joined(kind, parts, span);
    }
    case "not": {
      const text = kqlOf(question.part, span);
      if (!text.ok) return text;
      const { part } = question;
      const isPlain = part.kind === "any-of" || part.kind === "exists" || part.kind === "range";
      return converted(`not ${isPlain ? text.value : `(${text.value})`}`);
    }
    case "exists":
      return ofField(question.field, span, () => converted(":*"));
    case "any-of":
      return ofField(question.field, span, () => valuesText(question.values, span));
    case "range": {
      const { operator, limit } = question;
      return ofField(question.field, span, () => {
        const text = valueText(limit, span);
        return text.ok ? converted(` ${operator} ${text.value}`) : text;
      });
    }
    default:
      return unreachable(question);
  }
}

function joined(kind: "all" | "any", parts: readonly Question[], span: Span): Converted<string> {
  const texts: string[] = [];
  for (const part of parts) {
    const text = kqlOf(part, span);
    if (!text.ok) return text;
    const isLoose = (part.kind === "all" || part.kind === "any") && 1 < part.parts.length;
    texts.push(isLoose && part.kind !== kind && 1 < parts.length ? `(${text.value})` : text.value);
  }
  return converted(texts.join(kind === "all" ? " and " : " or "));
}

/** `rest`: the operator and what follows it. */
function ofField(field: string, span: Span, rest: () => Converted<string>): Converted<string> {
  if (!/^[\w@./-]+$/.test(field) || /^(?:not|null|true|false)/i.test(field))
    return refusedAt(span, `\`${field}\` is no name that every reader of KQL takes for a field`);
  const text = rest();
  return text.ok ? converted(`${field}${text.value}`) : text;
}

function valuesText(values: readonly Wanted[], span: Span): Converted<string> {
  const texts: string[] = [];
  for (const value of values) {
    const text = valueText(value, span);
    if (!text.ok) return text;
    texts.push(text.value);
  }
  return converted(`:${texts.length === 1 ? texts.join("") : `(${texts.join(" or ")})`}`);
}

function valueText(wanted: Wanted, span: Span): Converted<string> {
  switch (wanted.kind) {
    case "number":
      return converted(wanted.text);
    case "boolean":
      return converted(String(wanted.value));
    case "pattern":
      return patternText(wanted.pieces, span);
    default:
      return converted(isWord(wanted.text) ? wanted.text : quoted(wanted.text));
  }
}

/** What every reader takes for this text without quotes: no number, no word of the language. */
function isWord(text: string): boolean {
  return /^[A-Za-z_][\w.-]*$/.test(text) && !/^(?:not|and$|or$|null$|true$|false$|inf|nan)/i.test(text);
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replace(/[\t\r\n]/g, whiteSpace)}"`;
}

function whiteSpace(character: string): string {
  return character === "\t" ? "\\t" : character === "\r" ? "\\r" : "\\n";
}

/** Blanks at the ends of a value without quotes are dropped, and words between blanks may join it to another. */
function patternText(pieces: readonly string[], span: Span): Converted<string> {
  const whole = pieces.join("*");
  if (/^\s|\s$/.test(whole) || /(?:^|[\s*])(?:and|or|not)(?=[\s*]|$)|not\s/i.test(whole))
    return refusedAt(span, `\`${whole}\` cannot be written as a pattern of KQL`);
  // Every value fits, so that what is asked is whether there is one.
  if (pieces.every((piece) => piece === "")) return converted("*");
  const texts = pieces.map((piece) =>
    piece.replace(/[\\():<>"*{}]/g, "\\$&").replace(/[\t\r\n]/g, whiteSpace),
  );
  return converted(texts.join("*"));
}
