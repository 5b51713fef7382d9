/** The functions of the reference: written from their description, one after the other. */
import { type EqlCall } from "../../server/src/core/query/eql/index.ts";
import { foldLetter, naiveNumber, type NaiveValue } from "./naive.ts";

type NumberType = "integer" | "double" | "number";

export function naiveCall(
  call: EqlCall,
  values: readonly NaiveValue[],
  types: readonly NumberType[],
): NaiveValue {
  const fold = (text: string): string =>
    call.insensitive ? [...text].map((letter) => foldLetter(letter, false)).join("") : text;
  const [first = null, second = null, third = null, fourth = null] = values;
  const texts = values.map((value) => (value === null || typeof value === "string" ? value : String(value)));
  const [source = null, part = null, other = null] = texts;
  switch (call.name.toLowerCase()) {
    case "startswith":
      return source === null || part === null ? null : fold(source).indexOf(fold(part)) === 0;
    case "endswith":
      return source === null || part === null ? null : fold(source).endsWith(fold(part));
    case "stringcontains":
      return source === null || part === null
        ? null
        : part !== "" && fold(source).split(fold(part)).length > 1;
    case "length":
      return source === null ? null : source.length;
    case "indexof":
      return source === null || part === null
        ? null
        : indexOf(fold(source), fold(part), asNumber(third) ?? 0);
    case "substring":
      return source === null
        ? null
        : substring(source, asNumber(second) ?? 0, asNumber(third) ?? source.length);
    case "string":
      return first === null ? null : written(first, types[0] ?? "number");
    case "concat": {
      const parts = values.map((value, i) => (value === null ? null : written(value, types[i] ?? "number")));
      return parts.includes(null) ? null : parts.join("");
    }
    case "between":
      if (source === null || part === null || other === null) return null;
      return between(source, fold(source), fold(part), fold(other), fourth === true);
    default:
      throw new Error(`The reference does not know the function ${call.name}`);
  }
}

function asNumber(value: NaiveValue): number | undefined {
  if (value === null || typeof value === "boolean") return undefined;
  const number = naiveNumber(value);
  return Number.isInteger(number) ? number : undefined;
}

function indexOf(source: string, part: string, start: number): number | null {
  for (let at = Math.max(0, start); at + part.length <= source.length; at++) {
    if (source.slice(at, at + part.length) === part) return at;
  }
  return null;
}

function substring(source: string, start: number, end: number): string {
  const clamp = (at: number): number =>
    Math.min(source.length, Math.max(0, at < 0 ? source.length + at : at));
  return source.substring(clamp(start), Math.max(clamp(start), clamp(end)));
}

function between(source: string, folded: string, left: string, right: string, greedy: boolean): string {
  if (source === "" || left === "" || right === "") return source;
  const start = indexOf(folded, left, 0);
  if (start === null) return "";
  const rest = folded.slice(start + left.length);
  const end = greedy ? rest.lastIndexOf(right) : rest.indexOf(right);
  return end === -1 ? "" : source.slice(start + left.length, start + left.length + end);
}

/** Whole doubles are written with `.0`. */
function written(value: string | number | boolean, type: NumberType): string {
  return typeof value === "number" && type === "double" && Number.isInteger(value)
    ? `${value}.0`
    : String(value);
}
