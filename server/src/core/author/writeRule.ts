/** Writes a rule that was made from something else as a TOML file, in the layout that most rules have. */
import { type JsonObject, type JsonValue, isObject, isList } from "../engine/event.ts";
import { encode } from "../toml/strings.ts";

/** The root tables, keys in the order in which they are to be written. What is null or undefined is left out. */
export interface RuleTables {
  readonly metadata: JsonObject;
  readonly rule: JsonObject;
}

/** How long a list may be to stay on one line: as formatting has it. */
const WIDTH = 100;
const INDENT = "    ";

export function ruleText({ metadata, rule }: RuleTables): string {
  return [...tableLines(["metadata"], metadata), "", ...tableLines(["rule"], houseOrder(rule)), ""].join(
    "\n",
  );
}

/** In alphabetical order, the query last. */
function houseOrder(rule: JsonObject): JsonObject {
  const names = Object.keys(rule).filter((name) => name !== "query");
  const sorted = [...names].sort();
  return Object.fromEntries([...sorted, "query"].map((name) => [name, rule[name]]));
}

function tableLines(path: readonly string[], table: JsonObject): readonly string[] {
  return [`[${pathText(path)}]`, ...bodyLines(path, table)];
}

function bodyLines(path: readonly string[], table: JsonObject): readonly string[] {
  const entries = entriesOf(table);
  const values = entries.filter(([, value]) => !isTables(value) && !isObject(value));
  const lists = entries.flatMap(([name, value]) =>
    isTables(value)
      ? value.flatMap((item) => ["", `[[${pathText([...path, name])}]]`, ...bodyLines([...path, name], item)])
      : [],
  );
  const tables = entries.flatMap(([name, value]) =>
    isObject(value) ? ["", ...tableLines([...path, name], value)] : [],
  );
  // The query stands alone, after a blank line.
  const written = values.flatMap(([name, value]) => [
    ...(name === "query" ? [""] : []),
    `${keyText(name)} = ${valueText(name, value)}`,
  ]);
  return [...written, ...lists, ...tables];
}

type Entry = readonly [string, JsonValue];

function entriesOf(table: JsonObject): readonly Entry[] {
  return Object.entries(table).flatMap(([name, value]): readonly Entry[] =>
    value === null || value === undefined ? [] : [[name, value]],
  );
}

function isTables(value: JsonValue): value is readonly JsonObject[] {
  return Array.isArray(value) && 0 < value.length && value.every(isObject);
}

function pathText(path: readonly string[]): string {
  return path.map(keyText).join(".");
}

function keyText(name: string): string {
  return /^[\w-]+$/.test(name) ? name : basic(name);
}

function basic(text: string): string {
  return `"${encode(text, "basic") ?? ""}"`;
}

/** Texts of several lines, and where their first line begins. */
const PROSE: ReadonlyMap<string, "below" | "beside"> = new Map([
  ["description", "below"],
  ["note", "beside"],
  ["setup", "beside"],
]);
const LONGEST_PROSE_ON_A_LINE = 100;

function valueText(name: string, value: JsonValue): string {
  if (typeof value === "string") return textValue(name, value);
  return isList(value) ? listText(value) : inlineText(value);
}

function textValue(name: string, text: string): string {
  if (name === "query" || name === "threat_query") return queryText(text);
  const start = PROSE.get(name);
  if (start === undefined || (!text.includes("\n") && text.length <= LONGEST_PROSE_ON_A_LINE))
    return basic(text);
  const body = encode(withLineEnd(text), "multiline-basic") ?? "";
  // What begins with a line end would lose it beside the quotes.
  return start === "below" || body.startsWith("\n") ? `"""\n${body}"""` : `"""${body}"""`;
}

/** Without escapes, so that it reads as it is sent. */
function queryText(query: string): string {
  const text = withLineEnd(query);
  const literal = encode(text, "multiline-literal");
  return literal === undefined ? `"""\n${encode(text, "multiline-basic") ?? ""}"""` : `'''\n${literal}'''`;
}

function withLineEnd(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

function listText(list: readonly JsonValue[]): string {
  const items = list.filter((item) => item !== null).map(inlineText);
  const line = `[${items.join(", ")}]`;
  if (items.length < 2 || line.length <= WIDTH) return line;
  return `[\n${items.map((item) => `${INDENT}${item},\n`).join("")}]`;
}

function inlineText(value: JsonValue): string {
  if (typeof value === "string") return basic(value);
  if (typeof value === "number") return numberText(value);
  if (isList(value))
    return `[${value
      .filter((item) => item !== null)
      .map(inlineText)
      .join(", ")}]`;
  if (isObject(value)) {
    const entries = entriesOf(value);
    return `{ ${entries.map(([name, inner]) => `${keyText(name)} = ${inlineText(inner)}`).join(", ")} }`;
  }
  return String(value);
}

/** Beyond what a number holds exactly, readers of TOML refuse whole numbers. */
function numberText(value: number): string {
  const text = String(value);
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(text) ? `${text}.0` : text;
}
