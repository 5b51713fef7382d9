/** What KQL takes at a place: told by the tokens before it, and by the tree for what they belong to. */
import {
  type FieldSlot,
  type QueryChoice,
  type QueryExpectation,
  type QuerySlot,
  type ValueSlot,
} from "../expectation.ts";
import { type Span, spanOf, touches } from "../../text/span.ts";
import { walk } from "../ast.ts";
import { type KqlAst, type KqlIs, type KqlRange } from "./ast.ts";
import { childrenOf } from "./children.ts";
import * as choices from "./completeChoices.ts";
import { type KqlPlace, type OpenBracket, type PlacedToken, placeAt } from "./completePlace.ts";
import { wholeName } from "./facts.ts";
import { encodeQuoted } from "./literals.ts";
import { type KqlParse } from "./parse.ts";

export function expectsKql(parse: KqlParse, offset: number): QueryExpectation | undefined {
  const place = placeAt(parse, offset);
  const word = place.quoted === undefined ? place.word : wordInQuotes(place.text, place.quoted, offset);
  const slots = slotsAt(parse, place);
  return slots.length === 0 ? undefined : { word, slots };
}

function words(found: readonly QueryChoice[], operand?: string): QuerySlot {
  return { kind: "words", operand, choices: found };
}

function slotsAt(parse: KqlParse, place: KqlPlace): readonly QuerySlot[] {
  const { before, brackets, quoted, sameLiteral } = place;
  const last = before.at(-1);
  const list = brackets.at(-1)?.kind === "list" ? brackets.at(-1) : undefined;
  if (sameLiteral !== undefined) return afterOperand(place, { operand: sameLiteral, operator: last, list });
  if (last?.kind === "operator") return operandSlots(parse, place, last);
  if (last === undefined || last.kind === "keyword" || last.image === "(" || last.image === "{") {
    if (list?.owner !== undefined) return itemSlots(parse, place, { owner: list.owner, last });
    if (quoted !== undefined) return [];
    return [fieldSlot(place), words(last?.image.toLowerCase() === "not" ? [] : [choices.NOT])];
  }
  // A text in quotes or a bracket must be behind a blank before a word can begin.
  if (quoted !== undefined || last.span.end === place.word.start) return [];
  return afterOperand(place, { operand: last, operator: before.at(-2), list });
}

interface Operand {
  readonly operand: PlacedToken;
  /** What stands before it. */
  readonly operator: PlacedToken | undefined;
  readonly list: OpenBracket | undefined;
}

/** Behind a field that nothing is asked of yet its operator; behind everything else what goes on. */
function afterOperand(place: KqlPlace, { operand, operator, list }: Operand): readonly QuerySlot[] {
  if (list !== undefined) return [words([choices.OR, choices.AND])];
  const name = firstWord(operand);
  const isBare = operand.kind !== "punctuation" && operator?.kind !== "operator" && name !== undefined;
  if (!isBare) return [words([choices.AND, choices.OR])];
  return [words(choices.OPERATORS, `${prefixAt(place)}${name}`)];
}

/** The name that a literal of several words begins with. */
function firstWord({ image }: PlacedToken): string | undefined {
  return /^[\w@.-]+/.exec(image)?.[0];
}

function operandSlots(parse: KqlParse, place: KqlPlace, operator: PlacedToken): readonly QuerySlot[] {
  const values = valueSlots(parse, place, operator);
  const isRange = operator.image !== ":";
  return isRange || place.quoted !== undefined
    ? values
    : [...values, words([choices.ANY_VALUE, choices.LIST])];
}

function itemSlots(
  parse: KqlParse,
  place: KqlPlace,
  { owner, last }: { readonly owner: PlacedToken; readonly last: PlacedToken | undefined },
): readonly QuerySlot[] {
  const values = valueSlots(parse, place, owner);
  const isNegated = last?.image.toLowerCase() === "not";
  return place.quoted !== undefined || isNegated ? values : [...values, words([choices.NOT])];
}

function valueSlots(parse: KqlParse, place: KqlPlace, operator: PlacedToken): readonly ValueSlot[] {
  const found = comparisonAt(parse, operator.span.start);
  const field = found === undefined ? undefined : wholeName(found.node.field, found.prefix);
  if (found === undefined || field === undefined) return [];
  const { quoted } = place;
  const isQuoted = quoted !== undefined;
  const taken = textsIn(found.node, quoted?.span ?? place.word);
  const write = isQuoted ? writerInside(quoted) : writtenValue;
  return [{ kind: "value", field, taken, isQuoted, takesNull: false, write }];
}

interface Comparison {
  readonly node: KqlIs | KqlRange;
  /** Of the objects that it is asked of. */
  readonly prefix: string;
}

function comparisonAt({ ast }: KqlParse, operatorStart: number): Comparison | undefined {
  let prefix = "";
  let node: KqlAst | undefined = ast;
  while (node !== undefined) {
    if ((node.kind === "is" || node.kind === "range") && node.operatorSpan.start === operatorStart)
      return { node, prefix };
    if (node.kind === "nested") prefix = `${wholeName(node.field, prefix) ?? ""}.`;
    node = childrenOf(node).find(({ span }) => span.start <= operatorStart && operatorStart < span.end);
  }
  return undefined;
}

/** The texts that are compared already, but for the one at the cursor. */
function textsIn({ value }: KqlIs | KqlRange, here: Span): readonly string[] {
  const texts: string[] = [];
  for (const node of walk<KqlAst>(value, childrenOf)) {
    if (node.kind === "literal" && !touches(node.span, here.start)) texts.push(node.text);
  }
  return texts;
}

function fieldSlot(place: KqlPlace): FieldSlot {
  const below = prefixAt(place);
  return { kind: "field", role: "condition", below, taken: fieldsJoined(place), write: writtenField };
}

/** `path.` inside `path:{ … }`. */
function prefixAt({ brackets, before }: KqlPlace): string {
  return brackets
    .filter(({ kind }) => kind === "objects")
    .flatMap(({ owner }) => {
      const field = owner && before[before.indexOf(owner) - 1];
      return field === undefined ? [] : [`${field.image}.`];
    })
    .join("");
}

/** The fields of the conditions before, as far as they are joined by `and`. */
function fieldsJoined({ brackets, before }: KqlPlace): readonly string[] {
  let joined: string[] = [];
  let depth = 0;
  for (const { kind, image } of brackets.at(-1)?.inner ?? before) {
    if (image === "(" || image === "{") depth++;
    if (image === ")" || image === "}") depth--;
    if (0 < depth) continue;
    if (kind === "field") joined.push(image);
    if (kind === "keyword" && image.toLowerCase() === "or") joined = [];
  }
  return joined;
}

/** Signs that end a literal take a backslash. */
function writtenField(name: string): string {
  return name.replace(/[\\():<>"*{}]/g, "\\$&");
}

const PLAIN = /^[^\s\\():<>"*{}]+$/;
const RESERVED: ReadonlySet<string> = new Set(["and", "or", "not", "null", "true", "false"]);

function writtenValue(value: string): string {
  const isPlain = PLAIN.test(value) && !RESERVED.has(value.toLowerCase()) && !/not$/i.test(value);
  return isPlain ? value : encodeQuoted(value);
}

function wordInQuotes(text: string, { span }: PlacedToken, offset: number): Span {
  const rest = /^[^\s"\\]*/.exec(text.slice(offset, span.end))?.[0] ?? "";
  return spanOf(Math.min(span.start + 1, offset), offset + rest.length);
}

function writerInside({ image }: PlacedToken): ValueSlot["write"] {
  const isClosed = 1 < image.length && image.endsWith('"');
  return (value) => `${encodeQuoted(value).slice(1, -1)}${isClosed ? "" : '"'}`;
}
