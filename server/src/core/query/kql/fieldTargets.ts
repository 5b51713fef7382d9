/** The fields of a mapping that a name or pattern in a query stands for. */
import { type FieldTypes, type MappedField } from "../fieldTypes.ts";
import { type KqlLiteral } from "./ast.ts";
import { matchesPieces } from "./dataView.ts";

export interface FieldTarget {
  /** The whole name. */
  readonly name: string;
  /** Undefined if the mapping does not have it, or not by this name. */
  readonly mapped: MappedField | undefined;
  /** Elasticsearch's type; `object` for what only holds other fields, undefined for what is not known. */
  readonly type: string | undefined;
  readonly nestedIn: string | undefined;
}

/** `path` is that of the nested scope around the name. One for a name; for a pattern those that it matches. */
export function targetsOf(
  types: FieldTypes,
  field: KqlLiteral,
  path: string | undefined,
): readonly FieldTarget[] {
  const prefix = path === undefined ? "" : `${path}.`;
  if (field.type !== "wildcard") return [targetNamed(types, `${prefix}${field.text}`)];
  const pieces = field.pieces.map((piece, i) => (i === 0 ? `${prefix}${piece}` : piece));
  const targets: FieldTarget[] = [];
  for (const name of types.names()) {
    if (!matchesPieces(name, pieces)) continue;
    const target = targetNamed(types, name);
    if (target.type !== "object" && target.type !== "nested") targets.push(target);
  }
  return targets;
}

export function targetNamed(types: FieldTypes, name: string): FieldTarget {
  const mapped = types.get(name);
  const above = mapped === undefined ? nearestAbove(types, name) : undefined;
  const nestedIn = mapped?.nestedIn ?? (above?.type === "nested" ? above.name : above?.nestedIn);
  if (mapped !== undefined) return { name, mapped, type: mapped.type, nestedIn };
  if (above?.type === "flattened") return { name, mapped, type: "flattened", nestedIn };
  const isObject = hasFieldsBelow(types, name);
  return { name, mapped, type: isObject ? "object" : undefined, nestedIn };
}

/** Whether a nested field is asked for outside its braces, or another one inside: Kibana refuses both. */
export function isMisplaced({ nestedIn, type }: FieldTarget, path: string | undefined): boolean {
  return type !== undefined && type !== "object" && type !== "nested" && nestedIn !== path;
}

function nearestAbove(types: FieldTypes, name: string): MappedField | undefined {
  for (let dot = name.lastIndexOf("."); 0 < dot; dot = name.lastIndexOf(".", dot - 1)) {
    const above = types.get(name.slice(0, dot));
    if (above !== undefined) return above;
  }
  return undefined;
}

function hasFieldsBelow(types: FieldTypes, name: string): boolean {
  const prefix = `${name}.`;
  for (const other of types.names()) if (other.startsWith(prefix)) return true;
  return false;
}
