/** Numbers and truth values as Elastic's loader reads them: in other forms than TOML's own too. */
import { type TomlValue } from "../toml/model.ts";

/** Fractions are cut off, and numbers in quotes count; undefined for what is no number. */
export function numberOf(value: TomlValue | undefined): number | undefined {
  if (value?.kind === "integer" || value?.kind === "float") return Math.trunc(value.value);
  if (value?.kind === "string" && /^\s*[+-]?\d+\s*$/.test(value.value)) return Number(value.value);
  return undefined;
}

/** Words such as "yes", and 0 and 1, count; undefined for what is no truth value. */
export function truthOf(value: TomlValue | undefined): boolean | undefined {
  if (value?.kind === "boolean") return value.value;
  if (value?.kind !== "string" && value?.kind !== "integer") return undefined;
  const word = String(value.value).toLowerCase();
  if (/^(true|t|yes|y|on|1)$/.test(word)) return true;
  return /^(false|f|no|n|off|0)$/.test(word) ? false : undefined;
}
