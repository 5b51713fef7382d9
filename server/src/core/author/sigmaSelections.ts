/** The searches of a Sigma rule as conditions of EQL; what EQL cannot say is refused with the reason. */
import { type JsonObject, type JsonValue } from "../engine/event.ts";
import { ecsField } from "./sigmaFields.ts";
import { type Condition, joined, refused, test } from "./sigmaLogic.ts";

/** A list of tables is one or another of them, a table is all of its entries. */
export function searchCondition(search: JsonValue, product: string | undefined): Condition {
  if (isList(search)) {
    if (search.some((one) => !isObject(one))) return refused("keywords without a field have no form in EQL");
    return joined(
      search.map((one) => searchCondition(one, product)),
      "or",
    );
  }
  if (!isObject(search)) return refused("a search must be a table");
  const tests = Object.entries(search).map(([key, value]) => fieldTest(key, value ?? null, product));
  return tests.length === 0 ? refused("a search is empty") : joined(tests, "and");
}

const COMPARISONS: Readonly<Record<string, string>> = { lt: "<", lte: "<=", gt: ">", gte: ">=" };

function fieldTest(key: string, value: JsonValue, product: string | undefined): Condition {
  const [name = "", ...modifiers] = key.split("|");
  const field = ecsField(name, product);
  const isAll = modifiers.includes("all");
  const kinds = modifiers.filter((one) => one !== "all" && one !== "cased");
  const [kind = "is", ...others] = kinds;
  if (0 < others.length) return refused(`the modifiers \`${kinds.join("|")}\` have no form in EQL`);
  const values = isList(value) ? value : [value];
  if (values.length === 0) return refused(`\`${name}\` has no value`);
  const tests =
    isAll || values.includes(null)
      ? values.map((one) => valueTest(field, kind, [one]))
      : [valueTest(field, kind, values)];
  return joined(tests, isAll ? "and" : "or");
}

function valueTest(field: string, kind: string, values: readonly JsonValue[]): Condition {
  if (values.every((value) => value === null)) return test(`${field} == null`);
  if (kind === "exists") return test(`${field} ${values[0] === true ? "!=" : "=="} null`);
  const operator = COMPARISONS[kind];
  if (operator !== undefined) {
    const [bound] = values;
    return typeof bound === "number"
      ? test(`${field} ${operator} ${bound}`)
      : refused(`\`${kind}\` needs a number`);
  }
  if (kind === "is" && values.every((value) => typeof value === "number" || typeof value === "boolean")) {
    return test(
      values.length === 1 ? `${field} == ${String(values[0])}` : `${field} in (${values.join(", ")})`,
    );
  }
  return textTest(field, kind, values.map(String));
}

function textTest(field: string, kind: string, values: readonly string[]): Condition {
  const list = (texts: readonly string[]): string => {
    const quoted = texts.map(quotedText).join(", ");
    return texts.length === 1 ? quoted : `(${quoted})`;
  };
  switch (kind) {
    case "re":
      return test(`${field} regex~ ${list(values.map((value) => `.*${value}.*`))}`);
    case "cidr":
      return test(`cidrMatch(${field}, ${values.map(quotedText).join(", ")})`);
    case "is":
    case "contains":
    case "startswith":
    case "endswith": {
      const patterns = values.map((value) => patternOf(value, kind));
      return patterns.some((one) => one === undefined)
        ? refused("a literal `*` or `?` cannot be told from a wildcard in EQL")
        : test(`${field} : ${list(patterns.filter((one) => one !== undefined))}`);
    }
    default:
      return refused(`the modifier \`${kind}\` has no form in EQL`);
  }
}

/**
 * Sigma writes `\*` for a star itself, and takes every other backslash for itself. Undefined for a literal star or
 * question mark.
 */
function patternOf(value: string, kind: "is" | "contains" | "startswith" | "endswith"): string | undefined {
  if (/(?<!\\)(?:\\\\)*\\[*?]/.test(value)) return undefined;
  const text = value.replace(/\\\\(?=[*?])/g, "\\");
  const begins = kind === "contains" || kind === "endswith" ? "*" : "";
  const ends = kind === "contains" || kind === "startswith" ? "*" : "";
  return `${begins}${text}${ends}`;
}

function quotedText(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
