/** The searches of a Sigma rule as conditions of EQL; what EQL cannot say is refused with the reason. */
import { type JsonValue, isObject, isList } from "../engine/event.ts";
import { writtenField } from "../query/eql/completeOperand.ts";
import { ecsField, kindOfValues } from "./sigmaFields.ts";
import { type Condition, joined, refused, test } from "./sigmaLogic.ts";
import { luceneRegex } from "./sigmaRegex.ts";

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

const COMPARISONS: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["lte", "<="],
  ["gt", ">"],
  ["gte", ">="],
]);

interface FieldTest {
  /** As ECS names it. */
  readonly field: string;
  readonly kind: string;
  /** Letters of the other case are others. */
  readonly isCased: boolean;
}

function fieldTest(key: string, value: JsonValue, product: string | undefined): Condition {
  const [name = "", ...modifiers] = key.split("|");
  if (name === "") return refused("keywords without a field have no form in EQL");
  const isAll = modifiers.includes("all");
  const kinds = modifiers.filter((one) => one !== "all" && one !== "cased");
  const [kind = "is", ...others] = kinds;
  const isAnyCase = kind === "re" && others.length === 1 && others[0] === "i";
  if (0 < others.length && !isAnyCase)
    return refused(`the modifiers \`${kinds.join("|")}\` have no form in EQL`);
  const isCased = kind === "re" ? !isAnyCase : modifiers.includes("cased");
  const values = isList(value) ? value : [value];
  if (values.length === 0) return refused(`\`${name}\` has no value`);
  if (values.some((one) => typeof one === "object" && one !== null))
    return refused(`\`${name}\` has a table or a list among its values`);
  const about: FieldTest = { field: ecsField(name, product), kind, isCased };
  const tests =
    isAll || values.includes(null)
      ? values.map((one) => valueTest(about, [one]))
      : [valueTest(about, values)];
  return joined(tests, isAll ? "and" : "or");
}

function valueTest(about: FieldTest, values: readonly JsonValue[]): Condition {
  const { field, kind } = about;
  const written = writtenField(field);
  if (values.every((value) => value === null)) return test(`${written} == null`);
  if (kind === "exists") {
    const [isThere] = values;
    return typeof isThere === "boolean"
      ? test(`${written} ${isThere ? "!=" : "=="} null`)
      : refused("`exists` needs true or false");
  }
  const operator = COMPARISONS.get(kind);
  if (operator !== undefined) {
    const [bound] = values;
    return typeof bound === "number" && values.length === 1
      ? test(`${written} ${operator} ${bound}`)
      : refused(`\`${kind}\` needs a number`);
  }
  switch (kindOfValues(field)) {
    case "number":
      return numberTest(about, values);
    case "address":
      if (kind !== "cidr") return addressTest(about, values.map(String));
      break;
    case "text":
      return textTest(about, values.map(String));
    case undefined:
      break;
  }
  const isPlain = values.every((value) => typeof value === "number" || typeof value === "boolean");
  return kind === "is" && isPlain
    ? test(`${written} ${equalTo(values.map(String))}`)
    : textTest(about, values.map(String));
}

function equalTo(constants: readonly string[]): string {
  return constants.length === 1 ? `== ${constants.join("")}` : `in (${constants.join(", ")})`;
}

/** EQL compares numbers with numbers alone, however Sigma quotes them. */
function numberTest({ field, kind }: FieldTest, values: readonly JsonValue[]): Condition {
  const numbers = values.map(String);
  return kind === "is" && numbers.every((number) => /^-?\d+(?:\.\d+)?$/.test(number))
    ? test(`${field} ${equalTo(numbers)}`)
    : refused(`\`${field}\` holds numbers, which EQL compares with numbers alone`);
}

/** A list of addresses cannot follow `in`. */
function addressTest({ field, kind }: FieldTest, values: readonly string[]): Condition {
  return kind === "is" && values.every((value) => !/[*?\\]/.test(value))
    ? joined(
        values.map((value) => test(`${field} == ${quotedText(value)}`)),
        "or",
      )
    : refused(`\`${field}\` holds addresses, a part of which EQL finds by \`cidr\` alone`);
}

function textTest({ field, kind, isCased }: FieldTest, values: readonly string[]): Condition {
  const written = writtenField(field);
  const list = (texts: readonly string[]): string => {
    const quoted = texts.map(quotedText).join(", ");
    return texts.length === 1 ? quoted : `(${quoted})`;
  };
  switch (kind) {
    case "re": {
      const patterns = values.map(luceneRegex);
      return patterns.includes(undefined)
        ? refused(`the regular expressions of \`${field}\` have no form in EQL`)
        : test(`${written} regex${isCased ? "" : "~"} ${list(patterns.filter((one) => one !== undefined))}`);
    }
    case "cidr":
      return test(`cidrMatch(${written}, ${values.map(quotedText).join(", ")})`);
    case "is":
    case "contains":
    case "startswith":
    case "endswith": {
      const patterns = values.map((value) => patternOf(value, kind));
      return patterns.includes(undefined)
        ? refused("a literal `*` or `?` cannot be told from a wildcard in EQL")
        : test(`${written} ${isCased ? "like" : ":"} ${list(patterns.filter((one) => one !== undefined))}`);
    }
    default:
      return refused(`the modifier \`${kind}\` has no form in EQL`);
  }
}

/**
 * Sigma writes `\*` for a star itself, `\\` for a backslash, and takes every other backslash for itself. Undefined for
 * a literal star or question mark.
 */
function patternOf(value: string, kind: "is" | "contains" | "startswith" | "endswith"): string | undefined {
  if (/(?<!\\)(?:\\\\)*\\[*?]/.test(value)) return undefined;
  const text = value.replaceAll("\\\\", "\\");
  const begins = kind === "contains" || kind === "endswith" ? "*" : "";
  const ends = kind === "contains" || kind === "startswith" ? "*" : "";
  return `${begins}${text}${ends}`;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function quotedText(text: string): string {
  return `"${text.replace(/[\\"\n\r\t]/g, (sign) => ESCAPES.get(sign) ?? `\\${sign}`)}"`;
}
