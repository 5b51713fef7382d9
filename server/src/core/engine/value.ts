/** Values as queries see them: what a field holds, how values compare, and logic in which null is not known. */

/** What a field can hold once. */
export type Present = string | number | boolean;

export type Scalar = Present | null;

/**
 * What an expression can be for one document: one value, or several where a field holds several. Every one of several
 * is tried, and one that fits is enough. An array has at least two items.
 */
export type Values = Scalar | readonly Scalar[];

/** What values of a field or expression are. `number` is whole or not, `unknown` is anything. */
export type ValueType =
  "string" | "integer" | "double" | "number" | "boolean" | "date" | "ip" | "version" | "null" | "unknown";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number that a text holds, as a numeric field would read it; NaN if it holds none. */
export function numberFrom(text: string): number {
  return NUMBER.test(text) ? Number(text) : NaN;
}

export function isNumeric(type: ValueType): boolean {
  return type === "integer" || type === "double" || type === "number";
}

/** As `string` and `concat` write it. Java writes whole doubles as `21.0`. */
export function textOf(value: Present, type: ValueType): string {
  if (typeof value !== "number") return String(value);
  if (type === "date") return momentText(value);
  return type === "double" || !Number.isInteger(value) ? doubleText(value) : integerText(value);
}

/** A moment in the form in which Elasticsearch shows it. */
export function momentText(milliseconds: number): string {
  return Math.abs(milliseconds) <= LAST_MOMENT ? new Date(milliseconds).toISOString() : String(milliseconds);
}

/** What a `Date` can hold. */
const LAST_MOMENT = 8.64e15;

function integerText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : BigInt(value).toString();
}

function doubleText(value: number): string {
  const size = Math.abs(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  if (!Number.isFinite(value)) return String(value);
  if (1e-3 <= size && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${exponent.replace("+", "")}`;
}

/**
 * Negative, zero or positive; NaN where the two cannot be compared. A text beside a number is read as a number. Strings
 * stand in the order of their code units.
 */
export function compareScalars(left: Present, right: Present): number {
  if (typeof left === "string") {
    if (typeof right === "string") return order(left, right);
    return typeof right === "number"
      ? order(numberFrom(left), right)
      : order(booleanFrom(left), Number(right));
  }
  if (typeof left === "number") {
    if (typeof right === "number") return order(left, right);
    return typeof right === "string" ? order(left, numberFrom(right)) : NaN;
  }
  if (typeof right === "boolean") return Number(left) - Number(right);
  return typeof right === "string" ? order(Number(left), booleanFrom(right)) : NaN;
}

/** As a boolean field reads it; undefined if it is neither. */
export function readBoolean(value: Present): boolean | undefined {
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

function booleanFrom(text: string): number {
  return text === "true" ? 1 : text === "false" ? 0 : NaN;
}

function order<T extends string | number>(left: T, right: T): number {
  return left < right ? -1 : right < left ? 1 : left === right ? 0 : NaN;
}

export type Truth = boolean | null;

export function and3(left: Truth, right: Truth): Truth {
  if (left === false || right === false) return false;
  return left === null || right === null ? null : true;
}

export function or3(left: Truth, right: Truth): Truth {
  if (left === true || right === true) return true;
  return left === null || right === null ? null : false;
}

export function not3(value: Truth): Truth {
  return value === null ? null : !value;
}
