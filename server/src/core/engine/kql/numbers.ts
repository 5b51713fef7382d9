/** Numbers as fields of their types hold them. */
import { familyOf } from "../../query/kql/valueTypes.ts";
import { numberFrom, type Present } from "../value.ts";

/** NaN for what is no number. A text that holds one is one; whole numbers lose what is behind the point. */
export function numberOf(type: string | undefined, value: Present): number {
  if (typeof value === "boolean") return NaN;
  const number = typeof value === "number" ? value : numberFrom(value);
  if (familyOf(type) === "integer") return Math.trunc(number) + 0;
  if (type === "float") return Math.fround(number);
  return type === "half_float" ? halfOf(number) : number;
}

/** The nearest number with 11 binary digits. */
function halfOf(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), LEAST_EXPONENT);
  const step = 2 ** (exponent - 10);
  const steps = value / step;
  const floor = Math.floor(steps);
  const rest = steps - floor;
  const isUp = rest === 0.5 ? floor % 2 !== 0 : 0.5 < rest;
  return (isUp ? floor + 1 : floor) * step;
}

const LEAST_EXPONENT = -14;
