/** Values and categories at a place of an EQL query, in quotes or still without them. */
import { type CategorySlot, type QuerySlot, type ValueSlot } from "../expectation.ts";
import { type Span, spanOf, touches } from "../../text/span.ts";
import { walk } from "../ast.ts";
import { type EqlAst } from "./ast.ts";
import { childrenOf } from "./children.ts";
import * as choices from "./completeChoices.ts";
import { fieldComparedAt, isIdentifier } from "./completeOperand.ts";
import { type EqlPlace, type OpenBracket, type PlacedToken } from "./completePlace.ts";
import { type EqlParse } from "./parse.ts";
import { encodeString } from "./strings.ts";

export const categorySlot: CategorySlot = {
  kind: "category",
  write: (value) => (isIdentifier(value) ? value : encodeString(value)),
};

export function quotedCategory({ string }: EqlPlace): readonly QuerySlot[] {
  return string === undefined ? [] : [{ kind: "category", write: writerInside(string) }];
}

/** What may stand after an operator that compares. */
export function operandSlots(parse: EqlParse, place: EqlPlace, operator: PlacedToken): readonly QuerySlot[] {
  const list: QuerySlot = { kind: "words", operand: undefined, choices: [choices.LIST] };
  if (operator.image === "in" || operator.image === "in~") return [list];
  const values = valueSlots(parse, place, operator);
  const takesList = /^(?::|like~?|regex~?)$/.test(operator.image);
  return takesList ? [...values, list] : values;
}

const COMPARES = /^(?:==|!=|<=?|>=?|:|like~?|regex~?)$/;

export function valueSlots(parse: EqlParse, place: EqlPlace, operator: PlacedToken): readonly QuerySlot[] {
  if (!COMPARES.test(operator.image)) return [];
  const takesNull = operator.image === "==" || operator.image === "!=";
  return slotOf(parse, place, operator, { takesNull, taken: [] });
}

export function listSlots(parse: EqlParse, place: EqlPlace, list: OpenBracket): readonly QuerySlot[] {
  if (list.owner === undefined) return [];
  return slotOf(parse, place, list.owner, { takesNull: false, taken: itemsOf(parse, place, list) });
}

function slotOf(
  parse: EqlParse,
  { string }: EqlPlace,
  operator: PlacedToken,
  rest: Pick<ValueSlot, "takesNull" | "taken">,
): readonly ValueSlot[] {
  const field = fieldComparedAt(parse, operator.span.start);
  if (field === undefined) return [];
  const isQuoted = string !== undefined;
  return [{ kind: "value", field, isQuoted, write: isQuoted ? writerInside(string) : encodeString, ...rest }];
}

/** The other texts of the list that opens at a bracket. */
function itemsOf({ ast }: EqlParse, { word, string }: EqlPlace, { span }: OpenBracket): readonly string[] {
  const here = string?.span ?? word;
  let node: EqlAst | undefined = ast;
  while (node !== undefined && node.span.start !== span.start) {
    node = childrenOf(node).find((child) => child.span.start <= span.start && span.start < child.span.end);
  }
  if (node === undefined) return [];
  const texts: string[] = [];
  for (const one of walk(node, childrenOf)) {
    if (one.kind === "string" && !touches(one.span, here.start)) texts.push(one.value);
  }
  return texts;
}

/** The text between the quotes that a choice replaces: what was typed, and what touches it. */
export function wordInString(text: string, string: PlacedToken, offset: number): Span {
  const { body } = quotesOf(string.image);
  const start = Math.min(string.span.start + body, offset);
  const rest = /^[^\s"'\\]*/.exec(text.slice(offset, string.span.end))?.[0] ?? "";
  return spanOf(start, offset + rest.length);
}

function quotesOf(image: string): { readonly quote: string; readonly body: number } {
  const opening = /^\??(?:"""|["'“”„‘’])/.exec(image)?.[0] ?? "";
  return { quote: opening.replace("?", ""), body: opening.length };
}

/** Writes a value between the quotes that stand there, and closes them if they are open. */
function writerInside({ image }: PlacedToken): ValueSlot["write"] {
  const { quote, body } = quotesOf(image);
  const isOpen = image.length < body + quote.length || !image.endsWith(quote);
  const end = isOpen ? quote : "";
  if (quote === '"""') return (value) => (/"""|[\r\n]|"$/.test(value) ? undefined : `${value}${end}`);
  return (value) => `${encodeString(value).slice(1, -1)}${end}`;
}
