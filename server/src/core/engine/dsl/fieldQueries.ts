/** Queries that ask one field for values: `{ "term": { "process.name": "cmd.exe" } }` and its like. */
import { type KqlLiteral } from "../../query/kql/index.ts";
import { targetNamed } from "../../query/kql/fieldTargets.ts";
import { familyOf } from "../../query/kql/valueTypes.ts";
import { type JsonObject, type JsonValue } from "../event.ts";
import { foldAscii } from "../fold.ts";
import { wordsOf } from "../kql/analysis.ts";
import { compileExistence } from "../kql/existence.ts";
import { isVisible, readerOf, someValue } from "../kql/fields.ts";
import { type ValueTest } from "../kql/plan.ts";
import { predicateOf } from "../kql/predicate.ts";
import { rangeTest } from "../kql/rangeTests.ts";
import { equalityTest, existenceTest } from "../kql/valueTests.ts";
import { compileRegex } from "../regex.ts";
import { type Present } from "../value.ts";
import { type Compiled, compiledAs, type DslContext, entriesOf, isObject, refusedFor } from "./model.ts";
import { wildcardPattern } from "./wildcardPattern.ts";

/** The field of a query, and what is asked of it. */
interface Asked {
  readonly field: string;
  readonly type: string | undefined;
  readonly value: Present;
  readonly settings: JsonObject;
}

/** Undefined if the type takes no such value. */
type TestOf = (asked: Asked, context: DslContext) => ValueTest | undefined;

export const compileTerm = single(["value", "case_insensitive"], "value", termTest);
export const compileMatch = single(["query", "operator", "type", "lenient"], "query", matchTest);
export const compileMatchPhrase = single(["query"], "query", (asked, context) =>
  literalTest(asked, context, "quoted"),
);
export const compilePrefix = single(["value", "case_insensitive"], "value", prefixTest);
export const compileWildcard = single(["value", "wildcard", "case_insensitive"], "value", wildcardTest);
export const compileRegexp = single(["value", "flags", "case_insensitive"], "value", regexpTest);

export function compileExists(context: DslContext, body: JsonValue): Compiled {
  const field = isObject(body) ? body["field"] : undefined;
  if (typeof field !== "string") return refusedFor("`exists` without a field");
  const literal = literalOf(field, "unquoted");
  const targets = [targetNamed(context.options.types, field)];
  const clause = compileExistence({ ...context, refusals: [] }, literal, targets, literal.span);
  return compiledAs(predicateOf(clause));
}

export function compileTerms(context: DslContext, body: JsonValue): Compiled {
  const [entry, ...others] = isObject(body) ? entriesOf(body) : [];
  if (entry === undefined || others.length !== 0) return refusedFor("`terms` of other than one field");
  const [field, values] = entry;
  if (!isList(values)) return refusedFor("`terms` without a list of values");
  const tests: ValueTest[] = [];
  for (const value of values) {
    const test = isPresent(value) ? termTest(askedOf(context, field, value, {}), context) : undefined;
    if (test === undefined) return refusedFor(valueRefusal(context, field, value));
    tests.push(test);
  }
  return compiledAs(holder(context, field, (value) => tests.some((test) => test(value))));
}

const OPERATORS = { gt: ">", gte: ">=", lt: "<", lte: "<=" } as const;

export function compileRange(context: DslContext, body: JsonValue): Compiled {
  const [entry, ...others] = isObject(body) ? entriesOf(body) : [];
  if (entry === undefined || others.length !== 0) return refusedFor("`range` of other than one field");
  const [field, limits] = entry;
  if (!isObject(limits)) return refusedFor("`range` without limits");
  const { type, mapped } = targetNamed(context.options.types, field);
  const tests: ValueTest[] = [];
  for (const [name, limit] of entriesOf(limits)) {
    if (name === "format" && /^(?:strict_)?date_optional_time(?:\|\||$)/.test(textOf(limit))) continue;
    const operator = Object.entries(OPERATORS).find(([key]) => key === name)?.[1];
    if (operator === undefined) return refusedFor(`\`${name}\` of a \`range\``);
    if (limit === null) continue;
    const test = isPresent(limit)
      ? rangeTest(type, operator, literalOf(limit, "unquoted"), context.options.now)
      : undefined;
    if (test === undefined) return refusedFor(valueRefusal(context, field, limit));
    tests.push(test);
  }
  if (type === "flattened" && mapped === undefined && tests.length < 2)
    return refusedFor(`a range of \`${field}\` with one limit, which is the key of a flattened field`);
  // One value must lie between all limits.
  return compiledAs(holder(context, field, (value) => tests.every((test) => test(value))));
}

/** `{ "field": value }` and `{ "field": { "value": value, … } }`. Settings that are not known are refused. */
function single(settings: readonly string[], valueName: string, testOf: TestOf) {
  return (context: DslContext, body: JsonValue): Compiled => {
    const [entry, ...others] = isObject(body) ? entriesOf(body) : [];
    if (entry === undefined || others.length !== 0) return refusedFor("a query of other than one field");
    const [field, given] = entry;
    const long: JsonObject = isObject(given) ? given : { [valueName]: given };
    const unknown = entriesOf(long).find(([name]) => !settings.includes(name));
    if (unknown !== undefined) return refusedFor(`the setting \`${unknown[0]}\` of \`${field}\``);
    const value = long[valueName] ?? long["wildcard"];
    const asked = isPresent(value) ? askedOf(context, field, value, long) : undefined;
    const test = asked === undefined ? undefined : testOf(asked, context);
    if (test === undefined) return refusedFor(valueRefusal(context, field, value));
    return compiledAs(holder(context, field, test));
  };
}

function askedOf({ options }: DslContext, field: string, value: Present, settings: JsonObject): Asked {
  return { field, type: targetNamed(options.types, field).type, value, settings };
}

function valueRefusal({ options }: DslContext, field: string, value: JsonValue | undefined): string {
  const type = targetNamed(options.types, field).type;
  const shown = value === undefined ? "no value" : `\`${JSON.stringify(value)}\``;
  return `${shown} asked of \`${field}\`${type === undefined ? "" : ` of the type ${type}`}`;
}

function holder({ options, path }: DslContext, field: string, test: ValueTest) {
  const target = targetNamed(options.types, field);
  if (target.type !== undefined && !isVisible(options.types, target, path)) return () => false;
  if (target.type === undefined && options.types.isComplete) return () => false;
  return someValue(readerOf(options.types, target, path), test);
}

/** As it stands; a text field is asked for the one word. */
function termTest({ type, value, settings }: Asked, { options }: DslContext): ValueTest | undefined {
  const text = String(value);
  const isInsensitive = settings["case_insensitive"] === true;
  const wanted = isInsensitive ? foldAscii(text) : text;
  const known = familyOf(type);
  if (known === "text") return (own) => wordsOf(String(own)).includes(wanted);
  if (!isInsensitive) return equalityTest(type, literalOf(value, "quoted"), options.now);
  return ofTexts(type, (own) => foldAscii(own) === wanted);
}

/** `type = "phrase"` is how Kibana wrote `match_phrase` at first. */
function matchTest(asked: Asked, context: DslContext): ValueTest | undefined {
  const { operator, type } = asked.settings;
  if (type !== undefined && type !== "phrase") return undefined;
  if (type === "phrase") return literalTest(asked, context, "quoted");
  if (familyOf(asked.type) !== "text" || textOf(operator).toLowerCase() !== "and")
    return literalTest(asked, context, "unquoted");
  const wanted = wordsOf(String(asked.value));
  return (own) => {
    const words = wordsOf(String(own));
    return wanted.length !== 0 && wanted.every((word) => words.includes(word));
  };
}

function literalTest(
  { type, value }: Asked,
  { options }: DslContext,
  form: KqlLiteral["form"],
): ValueTest | undefined {
  return equalityTest(type, literalOf(value, form), options.now);
}

function prefixTest({ type, value, settings }: Asked): ValueTest | undefined {
  const isInsensitive = settings["case_insensitive"] === true;
  const fold = isInsensitive ? foldAscii : (text: string): string => text;
  const wanted = fold(String(value));
  return ofTexts(type, (text) => fold(text).startsWith(wanted));
}

function wildcardTest({ type, value, settings }: Asked): ValueTest | undefined {
  const folding = settings["case_insensitive"] === true ? "ascii" : "exact";
  return ofTexts(type, wildcardPattern(String(value), folding));
}

function regexpTest({ type, value, settings }: Asked): ValueTest | undefined {
  const { flags, case_insensitive: isInsensitive } = settings;
  if (flags !== undefined && flags !== "ALL") return undefined;
  const test = compileRegex(String(value), isInsensitive === true ? "ascii" : "exact");
  return test.ok ? ofTexts(type, test.value) : undefined;
}

/** Of a text field each word is tried by itself. */
function ofTexts(type: string | undefined, test: (text: string) => boolean): ValueTest | undefined {
  if (familyOf(type) === "text") return (own) => wordsOf(String(own)).some(test);
  if (!isKeyword(type)) return undefined;
  const isIndexed = existenceTest(type);
  return (own) => isIndexed(own) && test(String(own));
}

function isKeyword(type: string | undefined): boolean {
  const known = familyOf(type);
  return type === undefined || known === "keyword" || known === "version" || known === "flattened";
}

function literalOf(value: Present, form: KqlLiteral["form"]): KqlLiteral {
  const text = String(value);
  return { kind: "literal", span: { start: 0, end: 0 }, form, type: "string", text, pieces: [text] };
}

function isPresent(value: JsonValue | undefined): value is Present {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

/** `Array.isArray`, which the types do not believe of read-only arrays. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
