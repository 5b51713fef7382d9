/** The types of ECS fields, from the packaged data alone. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import { fieldCatalog, type FieldData } from "../../server/src/core/knowledge/fields.ts";
import { type FieldTypes, type MappedField } from "../../server/src/core/query/fieldTypes.ts";
import { root } from "../support/fixture.ts";

const [file = ""] = globSync(["data/ecs/*.fields.json"], { cwd: root }).sort();
// Our own data, in the shape that it is written in.
const catalog = fieldCatalog(JSON.parse(readFileSync(path.join(root, file), "utf8")) as FieldData);

export const ecsTypes: FieldTypes = {
  isComplete: false,
  names: () => [],
  get(name): MappedField | undefined {
    const type = catalog.get(name)?.type;
    if (type === undefined) return undefined;
    const common = { exactSubfields: [], isNormalized: false, nestedIn: undefined, nullValue: undefined };
    return { name, type, ...common };
  },
};

/** Nothing is known of any field. */
export const NO_TYPES: FieldTypes = { isComplete: false, names: () => [], get: () => undefined };
