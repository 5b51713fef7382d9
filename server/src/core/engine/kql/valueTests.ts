/** Tests of single values, by the type of the field. Values that the type cannot hold are not indexed and fit nothing. */
import { type KqlLiteral, type KqlRangeOperator, matchesPieces } from "../../query/kql/index.ts";
import { parseDateMath } from "../../query/kql/dateMath.ts";
import { familyOf } from "../../query/kql/valueTypes.ts";
import { type DateRange, timeOf } from "../date.ts";
import { canonicalAddress, parseAddress, parseBlock } from "../ip.ts";
import { fitsKeyword } from "../keyword.ts";
import { numberFrom, readBoolean } from "../value.ts";
import { momentsOf } from "./dateMath.ts";
import { numberOf } from "./numbers.ts";
import { type ValueTest } from "./plan.ts";
import { textTest, wordPatternTest } from "./textTests.ts";

/** Undefined if the type takes no such value. `type` is undefined where only the value tells what it is. */
export function equalityTest(
  type: string | undefined,
  literal: KqlLiteral,
  now: number,
): ValueTest | undefined {
  const { text } = literal;
  switch (familyOf(type)) {
    case "keyword":
    case "version":
    case "flattened": {
      const isIndexed = keywordLimit(type);
      return (value) => {
        const own = String(value);
        return own === text && isIndexed(own);
      };
    }
    case "text":
      return textTest(literal);
    case "integer":
    case "decimal":
      return numberTest(type, text);
    case "boolean":
      return booleanTest(text);
    case "ip":
      return addressTest(text);
    case "date": {
      const moments = momentsIn(text, now);
      return moments && ((value) => isWithin(timeOf(value), moments.first, moments.last));
    }
    case "holder":
      return () => false;
    default:
      return type === undefined || type === "alias" ? unknownTest(text) : undefined;
  }
}

export function wildcardTest(type: string | undefined, literal: KqlLiteral): ValueTest | undefined {
  const { pieces } = literal;
  const known = familyOf(type);
  if (known === "text") return wordPatternTest(literal);
  if (known === "holder") return () => false;
  const isIndexed = keywordLimit(type);
  const isKeyword = known === "keyword" || known === "version" || known === "flattened";
  if (!isKeyword && type !== undefined && type !== "alias") return undefined;
  return (value) => {
    const own = String(value);
    return isIndexed(own) && matchesPieces(own, pieces);
  };
}

/** Whether there is a value that a search can find. */
export function existenceTest(type: string | undefined): ValueTest {
  const known = familyOf(type);
  switch (known) {
    case "integer":
    case "decimal":
      return (value) => !Number.isNaN(numberOf(type, value));
    case "boolean":
      return (value) => value === "" || readBoolean(value) !== undefined;
    case "ip":
      return (value) => typeof value === "string" && parseAddress(value) !== undefined;
    case "date":
      return (value) => !Number.isNaN(timeOf(value));
    default: {
      const isIndexed = keywordLimit(type);
      return (value) => isIndexed(String(value));
    }
  }
}

export function momentsIn(text: string, now: number): DateRange | undefined {
  const math = parseDateMath(text);
  return math && momentsOf(math, now);
}

export function isWithin(value: number, first: number, last: number): boolean {
  return first <= value && value <= last;
}

/** Whether `order`, of a value against a limit, is as the operator asks; NaN is as none does. */
export function isOrdered(operator: KqlRangeOperator, order: number): boolean {
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return 0 < order;
    case ">=":
      return 0 <= order;
  }
}

function keywordLimit(type: string | undefined): (text: string) => boolean {
  return type === "keyword" ? fitsKeyword : () => true;
}

function numberTest(type: string | undefined, text: string): ValueTest | undefined {
  const wanted = numberFrom(text);
  if (Number.isNaN(wanted)) return undefined;
  // A whole number never equals 47.5, where 47.0 is one.
  if (familyOf(type) === "integer" && !Number.isInteger(wanted)) return () => false;
  const own = numberOf(type, wanted);
  return (value) => numberOf(type, value) === own;
}

function booleanTest(text: string): ValueTest | undefined {
  const wanted = text === "" ? false : readBoolean(text);
  if (wanted === undefined) return undefined;
  return (value) => (value === "" ? false : readBoolean(value)) === wanted;
}

function addressTest(text: string): ValueTest | undefined {
  const block = parseBlock(text);
  if (block === undefined) return undefined;
  if (!text.includes("/")) {
    const wanted = canonicalAddress(text);
    return (value) => typeof value === "string" && canonicalAddress(value) === wanted;
  }
  return (value) => {
    const address = typeof value === "string" ? parseAddress(value) : undefined;
    return address !== undefined && block.contains(address);
  };
}

/** By what the value is: a number equals one that is written otherwise. */
function unknownTest(text: string): ValueTest {
  const number = numberFrom(text);
  return (value) => String(value) === text || (typeof value === "number" && value === number);
}
