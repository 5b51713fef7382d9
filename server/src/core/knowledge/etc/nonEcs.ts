/** Reads `non-ecs-schema.json` and custom schemas, which have its shape: fields by literal index pattern. */
import { type JsonObject, objectIn } from "../attackJson.ts";
import { type FieldTypes, type Reading } from "./reading.ts";

/** Fields by literal index pattern. */
export type IndexFields = ReadonlyMap<string, FieldTypes>;

export function readIndexFields(value: unknown): Reading<IndexFields> {
  const table = objectIn(value);
  if (table === undefined) return { value: new Map(), problems: ["holds no table of index patterns"] };
  const indexes = new Map<string, FieldTypes>();
  const problems: string[] = [];
  for (const [index, content] of Object.entries(table)) {
    const object = objectIn(content);
    if (object === undefined) {
      problems.push(`has no table of fields under \`${index}\``);
      continue;
    }
    const fields = new Map<string, string>();
    addFlattened(object, "", 0, fields, problems);
    indexes.set(index, fields);
  }
  return { value: indexes, problems };
}

/** Elastic's own nest four deep. */
const DEEPEST_NESTING = 64;

/** A table below a name is a namespace: its names go on after a dot. */
function addFlattened(
  object: JsonObject,
  prefix: string,
  depth: number,
  fields: Map<string, string>,
  problems: string[],
): void {
  for (const [name, value] of Object.entries(object)) {
    const path = `${prefix}${name}`;
    const inner = objectIn(value);
    if (typeof value === "string") fields.set(path, value);
    else if (inner !== undefined && depth < DEEPEST_NESTING) {
      addFlattened(inner, `${path}.`, depth + 1, fields, problems);
    } else problems.push(`has no type for \`${shortened(path)}\``);
  }
}

function shortened(path: string): string {
  return path.length <= 80 ? path : `${path.slice(0, 80)}…`;
}
