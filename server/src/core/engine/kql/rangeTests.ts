/** Tests of values against a limit, by the type of the field. */
import { type KqlLiteral, type KqlRangeOperator } from "../../query/kql/index.ts";
import { familyOf } from "../../query/kql/valueTypes.ts";
import { timeOf } from "../date.ts";
import { compareAddresses, parseAddress } from "../ip.ts";
import { numberFrom, type Present, readBoolean } from "../value.ts";
import { compareVersions } from "../version.ts";
import { wordsOf } from "./analysis.ts";
import { numberOf } from "./numbers.ts";
import { type ValueTest } from "./plan.ts";
import { existenceTest, isOrdered, momentsIn } from "./valueTests.ts";

/** Undefined if the type takes no such limit. */
export function rangeTest(
  type: string | undefined,
  operator: KqlRangeOperator,
  literal: KqlLiteral,
  now: number,
): ValueTest | undefined {
  const { text } = literal;
  if (literal.type === "null") return existenceTest(type);
  const byOrder =
    (orderOf: (value: Present) => number): ValueTest =>
    (value) =>
      isOrdered(operator, orderOf(value));
  switch (familyOf(type)) {
    case "keyword":
    case "flattened": {
      const isIndexed = existenceTest(type);
      return (value) => isIndexed(value) && isOrdered(operator, compareBytes(String(value), text));
    }
    case "version":
      return byOrder((value) => compareVersions(String(value), text));
    case "text":
      return (value) => wordsOf(String(value)).some((word) => isOrdered(operator, compareBytes(word, text)));
    case "integer":
    case "decimal":
      return numberRange(type, operator, text);
    case "boolean": {
      const limit = text === "" ? false : readBoolean(text);
      if (limit === undefined) return undefined;
      return byOrder((value) => Number(value === "" ? false : (readBoolean(value) ?? NaN)) - Number(limit));
    }
    case "ip": {
      const limit = parseAddress(text);
      if (limit === undefined) return undefined;
      return byOrder((value) => {
        const address = typeof value === "string" ? parseAddress(value) : undefined;
        return address === undefined ? NaN : compareAddresses(address, limit);
      });
    }
    case "date": {
      const moments = momentsIn(text, now);
      if (moments === undefined) return undefined;
      const limit = operator === ">" || operator === "<=" ? moments.last : moments.first;
      return byOrder((value) => timeOf(value) - limit);
    }
    case "holder":
      return () => false;
    default:
      return type === undefined || type === "alias" ? unknownRange(operator, text) : undefined;
  }
}

function numberRange(
  type: string | undefined,
  operator: KqlRangeOperator,
  text: string,
): ValueTest | undefined {
  const number = numberFrom(text);
  if (Number.isNaN(number)) return undefined;
  // A whole number is compared with the limit as it is written.
  const limit = familyOf(type) === "integer" ? number : numberOf(type, number);
  return (value) => isOrdered(operator, numberOf(type, value) - limit);
}

/** Numbers by their size, all else by its text. */
function unknownRange(operator: KqlRangeOperator, text: string): ValueTest {
  const limit = numberFrom(text);
  return (value) =>
    isOrdered(operator, typeof value === "number" ? value - limit : compareBytes(String(value), text));
}

/** In the order of UTF-8, which puts what takes two code units behind all else. */
export function compareBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const [one, other] = [left.charCodeAt(i), right.charCodeAt(i)];
    if (one !== other) return rankOf(one) - rankOf(other);
  }
  return left.length - right.length;
}

function rankOf(unit: number): number {
  return 0xd800 <= unit && unit <= 0xdfff ? unit + 0x10000 : unit;
}
