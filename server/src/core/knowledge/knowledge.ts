import { type AttackCatalog } from "./attack.ts";
import { type FieldCatalog } from "./fields.ts";

/** Everything that is known apart from the rule. What has not been loaded (yet) is undefined, and nothing is judged by it. */
export interface Knowledge {
  /** Changes whenever anything in here does. */
  readonly revision: string;
  readonly fields: FieldCatalog | undefined;
  readonly attack: AttackCatalog | undefined;
}

export const NO_KNOWLEDGE: Knowledge = { revision: "none", fields: undefined, attack: undefined };
