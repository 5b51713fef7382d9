/** The words of EQL as completion offers them. */
import { type FieldFamily, type QueryChoice } from "../expectation.ts";
import { type Snippet, type SnippetPart, tabStop } from "../../text/snippet.ts";
import {
  EQL_FUNCTIONS,
  type EqlFunction,
  type EqlParameter,
  functionNamed,
  signatureOf,
} from "./functions.ts";
import { EQL_PIPE_WORDS, EQL_UNIT_WORDS, EQL_WORDS, type EqlWord } from "./words.ts";

function keyword(label: string, snippet: Snippet = [label], detail = ""): QueryChoice {
  return { label, kind: "keyword", detail, snippet, suits: undefined, word: wordOf(label) };
}

function operator(
  label: string,
  snippet: Snippet,
  detail: string,
  suits?: readonly FieldFamily[],
): QueryChoice {
  return { label, kind: "operator", detail, snippet, suits, word: wordOf(label) };
}

/** `in (…)` is documented as `in`, `with maxspan=` as `maxspan`. */
function wordOf(label: string): string {
  return label.replace(/^(?:not|with) (?=\w)|[ =[].*$/g, "");
}

const TEXT: readonly FieldFamily[] = ["text"];
const ORDERED: readonly FieldFamily[] = ["text", "number", "date"];
const UNQUOTED: readonly FieldFamily[] = ["number", "boolean"];
const QUOTED: readonly FieldFamily[] = ["text", "ip", "date"];

/** What may follow a field, the usual first. */
export const OPERATORS: readonly QueryChoice[] = [
  operator(":", [': "', tabStop(1), '"'], "pattern, ignoring case", TEXT),
  operator("==", ['== "', tabStop(1), '"'], "equal, minding case", QUOTED),
  operator("==", ["== ", tabStop(1)], "equal", UNQUOTED),
  operator("!=", ['!= "', tabStop(1), '"'], "not equal, or no value", QUOTED),
  operator("!=", ["!= ", tabStop(1)], "not equal, or no value", UNQUOTED),
  operator(": (…)", [': ("', tabStop(1), '")'], "one of several patterns, ignoring case", TEXT),
  operator("in (…)", ['in ("', tabStop(1), '")'], "one of several values, minding case", QUOTED),
  operator("in (…)", ["in (", tabStop(1), ")"], "one of several values", ["number"]),
  operator("like~", ['like~ "', tabStop(1), '"'], "pattern, ignoring case", TEXT),
  operator("like", ['like "', tabStop(1), '"'], "pattern, minding case", TEXT),
  operator("in~ (…)", ['in~ ("', tabStop(1), '")'], "one of several values, ignoring case", TEXT),
  operator("not in (…)", ['not in ("', tabStop(1), '")'], "none of several values", QUOTED),
  operator("regex~", ['regex~ """', tabStop(1), '"""'], "regular expression, ignoring case", TEXT),
  operator("regex", ['regex """', tabStop(1), '"""'], "regular expression, minding case", TEXT),
  ...["<", "<=", ">", ">="].map((sign) => operator(sign, [`${sign} `, tabStop(1)], "compared", ORDERED)),
  operator("!= null", ["!= null"], "has a value"),
  operator("== null", ["== null"], "has no value"),
];

/** What may follow `not` after a field. */
export const MEMBERSHIP: readonly QueryChoice[] = [
  operator("in (…)", ['in ("', tabStop(1), '")'], "one of several values, minding case"),
  operator("in~ (…)", ['in~ ("', tabStop(1), '")'], "one of several values, ignoring case"),
];

/** A list after `in` or `:`. */
export const LIST: QueryChoice = operator("(…)", ['("', tabStop(1), '")'], "a list of values");

export const NOT = keyword("not");
export const WHERE = keyword("where");
export const LOGIC = [keyword("and"), keyword("or")];
export const BOOLEANS = [keyword("true"), keyword("false")];

const EVENT: Snippet = ["[", tabStop(1, "process"), " where ", tabStop(2, "true"), "]"];
export const ANY = keyword("any", ["any"], "events of every category");
export const BY = keyword("by", ["by "], "the fields whose values are equal");
export const MAXSPAN = keyword(
  "with maxspan=",
  ["with maxspan=", tabStop(1, "1m")],
  "the longest time it may take",
);
export const RUNS = keyword("with runs=", ["with runs=", tabStop(1, "3")], "how often the event occurs");
export const STEP = keyword("[…]", EVENT, "an event");
export const MISSING = keyword("![…]", ["!", ...EVENT], "an event that does not occur");
export const UNTIL = keyword("until", ["until ", ...EVENT], "what ends a sequence");
/** `maxspan` and `runs` after `with`. */
export const MAXSPAN_ALONE = keyword("maxspan=", ["maxspan=", tabStop(1, "1m")]);
export const RUNS_ALONE = keyword("runs=", ["runs=", tabStop(1, "3")]);

const steps = (first: number): Snippet => [
  "\n  [",
  tabStop(first, "process"),
  " where ",
  tabStop(first + 1, "true"),
  "]\n  [",
  tabStop(first + 2, "network"),
  " where ",
  tabStop(first + 3, "true"),
  "]",
];

export const SERIES: readonly QueryChoice[] = [
  keyword(
    "sequence",
    ["sequence by ", tabStop(1, "host.id"), " with maxspan=", tabStop(2, "1m"), ...steps(3)],
    "events that follow each other",
  ),
  keyword("sample", ["sample by ", tabStop(1, "host.id"), ...steps(2)], "events in any order of time"),
];

export const PIPES: readonly QueryChoice[] = [...EQL_PIPE_WORDS.keys()].map((name) =>
  keyword(name, [`${name} `, tabStop(1, "10")], `the ${name === "head" ? "first" : "last"} results only`),
);

export const PIPED: readonly QueryChoice[] = PIPES.map((pipe) => ({
  ...pipe,
  label: `| ${pipe.label}`,
  snippet: ["| ", ...pipe.snippet],
}));

export const UNITS: readonly QueryChoice[] = ["m", "s", "h", "d", "ms"].map((unit) => ({
  label: unit,
  kind: "unit",
  detail: EQL_UNIT_WORDS.get(unit)?.text ?? "",
  snippet: [unit],
  suits: undefined,
  word: unit,
}));

export const DURATIONS: readonly QueryChoice[] = ["1m", "5m", "30s", "10s", "10m", "1h", "1d"].map(
  (duration) => ({
    label: duration,
    kind: "number",
    detail: "",
    snippet: [duration],
    suits: undefined,
    word: duration.replace(/^\d+/, ""),
  }),
);

/** Every function, with the form that ignores case first where there is one. */
export function functionChoices(isCalled: "called" | "not-called"): readonly QueryChoice[] {
  return EQL_FUNCTIONS.flatMap((known) =>
    (known.hasInsensitiveForm ? ["~", ""] : [""]).map((tilde): QueryChoice => {
      const label = `${known.name}${tilde}`;
      const snippet = isCalled === "called" ? [label] : [`${label}(`, ...argumentsOf(known), ")"];
      return {
        label,
        kind: "function",
        detail: signatureOf(known),
        snippet,
        suits: undefined,
        word: known.name,
      };
    }),
  );
}

function argumentsOf({ parameters }: EqlFunction): readonly SnippetPart[] {
  return parameters
    .filter(({ optional }) => optional !== true)
    .flatMap((parameter, i) => [...(i === 0 ? [] : [", "]), ...argumentOf(parameter, i)]);
}

/** The first is what is looked at, most often a field; a text after it is a literal. */
function argumentOf({ name, types }: EqlParameter, index: number): readonly SnippetPart[] {
  const stop = tabStop(index + 1, name);
  return 0 < index && types.includes("string") ? ['"', stop, '"'] : [stop];
}

/** Documentation of what the choices above name. */
export function docOfWord(word: string): EqlWord | undefined {
  const known = functionNamed(word);
  if (known !== undefined) return { signature: signatureOf(known), text: known.text, example: known.example };
  return EQL_WORDS.get(word) ?? EQL_PIPE_WORDS.get(word) ?? EQL_UNIT_WORDS.get(word);
}
