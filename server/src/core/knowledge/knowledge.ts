import { type AttackCatalog } from "./attack.ts";
import { type FieldCatalog } from "./fields.ts";
import { type FieldPopularity } from "./popularFields.ts";
import { type SchemaSet } from "./schema.ts";
import { type VendorFields } from "./vendorFields.ts";

/** Everything that is known apart from the rule. What has not been loaded (yet) is undefined, and nothing is judged by it. */
export interface Knowledge {
  /** Changes whenever anything in here does. */
  readonly revision: string;
  /** ECS, embedded. */
  readonly fields: FieldCatalog | undefined;
  /** Fields outside ECS, embedded. */
  readonly vendorFields: VendorFields | undefined;
  /** How often rules use a field, embedded. */
  readonly popularity: FieldPopularity | undefined;
  /** Schemas of the checkout that the rule stands in, else those that were downloaded. */
  readonly schemas: SchemaSet | undefined;
  readonly attack: AttackCatalog | undefined;
}

export const NO_KNOWLEDGE: Knowledge = {
  revision: "none",
  fields: undefined,
  vendorFields: undefined,
  popularity: undefined,
  schemas: undefined,
  attack: undefined,
};
