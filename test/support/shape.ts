/** What a query says, whatever its layout: its tree without places, and its comments without blanks. */
import { type QueryParse } from "../../server/src/core/query/language.ts";
import { textAt } from "../../server/src/core/text/span.ts";

export function shapeOf({ ast }: QueryParse): string {
  return JSON.stringify(ast, (_key, value: unknown) => (isSpan(value) ? "a span" : value));
}

function isSpan(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const names = Object.keys(value);
  return names.length === 2 && names.includes("start") && names.includes("end");
}

export function commentTexts({ text, tokens }: QueryParse): readonly string[] {
  return tokens
    .filter(({ kind }) => kind === "comment")
    .map(({ span }) => textAt(text, span).replace(/\s+/g, ""));
}
