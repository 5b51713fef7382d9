/** What EQL takes at a place: told by the tokens before it, and by the tree for what they belong to. */
import { type FieldSlot, type QueryChoice, type QueryExpectation, type QuerySlot } from "../expectation.ts";
import { type Span } from "../../text/span.ts";
import * as choices from "./completeChoices.ts";
import { isBareFieldBefore, operandBefore, writtenField } from "./completeOperand.ts";
import { type EqlPlace, type PlacedToken, placeAt } from "./completePlace.ts";
import {
  categorySlot,
  listSlots,
  operandSlots,
  quotedCategory,
  valueSlots,
  wordInString,
} from "./completeValue.ts";
import { functionNamed } from "./functions.ts";
import { type EqlParse } from "./parse.ts";

export function expectsEql(parse: EqlParse, offset: number): QueryExpectation | undefined {
  const place = placeAt(parse, offset);
  if (place === undefined) return undefined;
  const word: Span = place.string === undefined ? place.word : wordInString(place.text, place.string, offset);
  const slots = place.string === undefined ? slotsAt(parse, place) : slotsInString(parse, place);
  return slots.length === 0 ? undefined : { word, slots };
}

function words(found: readonly QueryChoice[], operand?: string): QuerySlot {
  return { kind: "words", operand, choices: found };
}

function slotsInString(parse: EqlParse, place: EqlPlace): readonly QuerySlot[] {
  const { bracket, event } = place;
  if (event.length === 0) return quotedCategory(place);
  if (bracket?.kind === "list") return listSlots(parse, place, bracket);
  const operator = place.before.at(-1);
  return operator === undefined ? [] : valueSlots(parse, place, operator);
}

function slotsAt(parse: EqlParse, place: EqlPlace): readonly QuerySlot[] {
  const { bracket, event, before } = place;
  if (bracket?.kind === "call") return argumentSlots(place, bracket);
  if (bracket?.kind === "list") return isItemStart(bracket.inner) ? listSlots(parse, place, bracket) : [];
  if (bracket === undefined && before.some(({ image }) => image === "|"))
    return before.at(-1)?.image === "|" ? [words(choices.PIPES)] : [];
  if (bracket === undefined && isSeries(before)) return seriesSlots(place);
  if (event.some(({ image }) => image === "where")) return conditionSlots(parse, place);
  return headSlots(place, bracket === undefined ? choices.SERIES : []);
}

function isSeries([first]: readonly PlacedToken[]): boolean {
  return first?.image === "sequence" || first?.image === "sample" || first?.image === "join";
}

function isItemStart(inner: readonly PlacedToken[]): boolean {
  const last = inner.at(-1);
  return last === undefined || last.image === ",";
}

/** Before `where`. */
function headSlots({ event }: EqlPlace, others: readonly QueryChoice[]): readonly QuerySlot[] {
  if (event.length === 0) return [categorySlot, words([choices.ANY, ...others])];
  return event.length === 1 ? [words([choices.WHERE])] : [];
}

const STEPS = [choices.STEP, choices.MISSING, choices.UNTIL, ...choices.PIPED];

/** Between the events of a sequence or sample. */
function seriesSlots(place: EqlPlace): readonly QuerySlot[] {
  const { before } = place;
  const isSequence = before[0]?.image === "sequence";
  const isInHead = !before.some(({ image }) => image === "]");
  const has = (word: string): boolean => before.some(({ image }) => image === word);
  const steps = isInHead
    ? [choices.STEP]
    : STEPS.filter((choice) => {
        if (choice === choices.UNTIL) return isSequence && !has("until");
        return choice !== choices.MISSING || isSequence;
      });
  const option = isInHead ? (isSequence && !has("maxspan") ? [choices.MAXSPAN] : []) : [choices.RUNS];
  switch (before.at(-1)?.image) {
    case "sequence":
    case "sample":
    case "]":
      return [words([choices.BY, ...option, ...steps])];
    case "by":
    case ",":
      return [keySlot(place)];
    case "with":
      return [words([isInHead ? choices.MAXSPAN_ALONE : choices.RUNS_ALONE])];
    case "until":
      return [words([choices.STEP])];
    default:
      return clauseSlots(place, { option, steps });
  }
}

/** In or behind the keys or the option of a sequence, or of one of its events. */
function clauseSlots(
  place: EqlPlace,
  { option, steps }: { readonly option: readonly QueryChoice[]; readonly steps: readonly QueryChoice[] },
): readonly QuerySlot[] {
  const last = place.before.at(-1);
  const clause = place.before.findLast(({ image }) => /^(?:by|maxspan|runs)$/.test(image))?.image;
  const isDuration = clause === "maxspan";
  if (last?.image === "=") return isDuration ? [words(choices.DURATIONS)] : [];
  if (last?.kind === "number" && isDuration) return [words(choices.UNITS)];
  if (clause === undefined || isTouching(place)) return [];
  return [words(clause === "by" ? [...option, ...steps] : steps)];
}

/** The cursor stands right behind a token that is no word. */
function isTouching({ word, before }: EqlPlace): boolean {
  return before.at(-1)?.span.end === word.start;
}

function keySlot({ before }: EqlPlace): FieldSlot {
  const by = before.findLastIndex(({ image }) => image === "by");
  const taken = before
    .slice(by + 1)
    .map(({ image }) => image)
    .join("")
    .split(",")
    .filter((name) => name !== "");
  return { kind: "field", role: "key", below: "", taken, write: writtenField };
}

function argumentSlots(
  { text, word }: EqlPlace,
  bracket: NonNullable<EqlPlace["bracket"]>,
): readonly QuerySlot[] {
  if (!isItemStart(bracket.inner)) return [];
  const parameters = functionNamed(bracket.owner?.image ?? "")?.parameters ?? [];
  const index = bracket.inner.filter(({ image }) => image === ",").length;
  const parameter = parameters[index] ?? parameters.findLast(({ repeated }) => repeated === true);
  if (parameter === undefined || parameter.constant === true) return [];
  if (parameter.types.every((type) => type === "boolean")) return [words(choices.BOOLEANS)];
  const field: FieldSlot = { kind: "field", role: "argument", below: "", taken: [], write: writtenField };
  return [field, words(choices.functionChoices(calledAt(text, word)))];
}

function calledAt(text: string, word: Span): "called" | "not-called" {
  return text[word.end] === "(" ? "called" : "not-called";
}

const STARTS_CONDITION = new Set(["where", "and", "or", "not", "("]);

function conditionSlots(parse: EqlParse, place: EqlPlace): readonly QuerySlot[] {
  const { before, text, word } = place;
  const last = before.at(-1);
  if (last === undefined) return [];
  const beforeLast = before.at(-2);
  if (last.image === "not" && beforeLast !== undefined && endsOperand(beforeLast))
    return [words(choices.MEMBERSHIP)];
  if (STARTS_CONDITION.has(last.image)) {
    const field = conditionSlot(place);
    const others = choices.functionChoices(calledAt(text, word));
    return [field, words([...(last.image === "not" ? [] : [choices.NOT]), ...others])];
  }
  if (last.image === "?" || /^[-+*/%]$/.test(last.image)) return [conditionSlot(place)];
  if (endsOperand(last)) return isTouching(place) ? [] : afterOperand(parse, place, last);
  return operandSlots(parse, place, last);
}

function conditionSlot(place: EqlPlace): FieldSlot {
  return { kind: "field", role: "condition", below: "", taken: fieldsJoined(place), write: writtenField };
}

/** The fields of the conditions before, as far as they are joined by `and`. */
function fieldsJoined({ bracket, event }: EqlPlace): readonly string[] {
  let joined: string[] = [];
  let name = "";
  let depth = 0;
  for (const { kind, image } of bracket?.inner ?? event) {
    if (image === "(") depth++;
    if (image === ")") depth--;
    if (0 < depth) continue;
    const isName = kind === "name" || image === "." || (name.endsWith(".") && kind === "keyword");
    if (isName) name += image;
    else if (name !== "") {
      joined.push(name);
      name = "";
    }
    if (image === "or" || image === "where") joined = [];
  }
  return joined;
}

function endsOperand({ kind, image }: PlacedToken): boolean {
  return kind === "name" || kind === "string" || kind === "number" || /^(?:\)|true|false|null)$/.test(image);
}

/** An operator after a field that stands alone, or what goes on after a condition. */
function afterOperand(parse: EqlParse, { bracket, word }: EqlPlace, last: PlacedToken): readonly QuerySlot[] {
  const isBare = isBareFieldBefore(parse, last.span.end, word);
  const logic = words(choices.LOGIC);
  if (isBare) return [words(choices.OPERATORS, operandBefore(parse, last.span.end)), logic];
  return bracket === undefined ? [logic, words(choices.PIPED)] : [logic];
}
