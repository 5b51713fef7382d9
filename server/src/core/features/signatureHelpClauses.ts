/** The shapes that keywords of EQL give to what follows them. Words are images of tokens, strings stand as `""`. */
import { EQL_PIPE_WORDS, EQL_WORDS, type EqlWord } from "../query/eql/words.ts";
import { codeBlock, paragraphs } from "./markdown.ts";
import { type Signature, shape } from "./signatureHelpModel.ts";

type Part = readonly [text: string, markdown: string];

const KEYS: Part = ["by field, …", "Only events whose values of these fields are equal belong together."];
const DURATION: Part = ["duration", "A whole number and a unit: `ms`, `s`, `m`, `h` or `d`."];
const COUNT: Part = ["number", "How many times in a row, from 1 to 100."];
const EVENTS: Part = ["[event] [event] …", "Two or more, each as `[category where condition]`."];
const STEP_LABEL = "[category where condition] by field, … with runs=number";
const STEP_PARTS: readonly Part[] = [
  ["category", "What `event.category` must equal, or `any`."],
  ["condition", "What must hold of the event."],
  ["by field, …", "The keys of this event: each event has as many, tied by their position."],
  ["with runs=number", "The event must occur this many times in a row."],
];
const STEP_TEXT = "One event of a sequence or sample. With `![` it must not occur.";

/** In brackets, until the condition begins: from there on the condition speaks for itself. */
export function stepShape(inside: readonly string[]): Signature | undefined {
  return inside.includes("where") ? undefined : shape(STEP_LABEL, STEP_TEXT, STEP_PARTS, 0);
}

/** After `|`. */
export function pipeShape([name = ""]: readonly string[]): Signature | undefined {
  const doc = EQL_PIPE_WORDS.get(name);
  return doc && shape(doc.signature, textOf(doc), [["number", "How many results."]], 0);
}

/** Outside all brackets: at the head of a series, or behind one of its events. */
export function clauseShape(words: readonly string[]): Signature | undefined {
  const close = words.lastIndexOf("]");
  const after = words.slice(close + 1);
  const option = optionShape(after);
  if (option !== undefined) return option;
  if (0 <= close) return after.includes("by") ? shape(STEP_LABEL, STEP_TEXT, STEP_PARTS, 2) : undefined;
  return after.includes("where") ? undefined : headShape(after);
}

/** `with maxspan=…` and `with runs=…`, which nothing but a number and a unit follow. */
function optionShape(words: readonly string[]): Signature | undefined {
  const at = words.lastIndexOf("with");
  const [name, ...rest] = at < 0 ? [] : words.slice(at + 1);
  if ((name !== "maxspan" && name !== "runs") || 3 < rest.length) return undefined;
  const doc = EQL_WORDS.get(name);
  return doc && shape(doc.signature, textOf(doc), [name === "maxspan" ? DURATION : COUNT], 0);
}

function headShape(words: readonly string[]): Signature | undefined {
  const [keyword = ""] = words;
  const doc = EQL_WORDS.get(keyword);
  if (doc === undefined) return undefined;
  if (keyword === "sample") return shape(doc.signature, textOf(doc), [KEYS, EVENTS], 0);
  if (keyword !== "sequence") return undefined;
  const parts: readonly Part[] = [KEYS, ["with maxspan=duration", DURATION[1]], EVENTS];
  return shape(doc.signature, textOf(doc), parts, words.includes("with") ? 1 : 0);
}

function textOf({ text, example }: EqlWord): string {
  return paragraphs(text, example === "" ? undefined : codeBlock("eql", example));
}
