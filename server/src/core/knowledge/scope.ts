/** What is known of fields for one rule: the schemas that it must satisfy, and everything else that may have the field. */
import { type FieldCatalog, type FieldInfo } from "./fields.ts";
import { type Schema } from "./schema.ts";

/** One combination of stack and schemas that Elastic's validation tries a query against. */
export interface Target {
  readonly kind: "stack" | "integration" | "endgame";
  /** Such as "9.4.0". */
  readonly stack: string;
  /** For messages: "stack 9.4.0 with azure.auditlogs 1.12.0". */
  readonly label: string;
  /** The first that has a field decides its type. */
  readonly schemas: readonly Schema[];
  /** False if something that belongs to it is not loaded: a field that it lacks is unverified. */
  readonly isComplete: boolean;
}

export type FieldAnswer =
  | { readonly kind: "known"; readonly type: string; readonly source: string }
  /** Targets that are complete and lack the field; those that have it. */
  | {
      readonly kind: "unknown";
      readonly missingIn: readonly Target[];
      readonly knownIn: readonly Target[];
    }
  | { readonly kind: "unverified" };

export interface FieldScope {
  /** Equal keys stand for equal answers: findings are kept by it. */
  readonly key: string;
  /** ECS, for lists, allowed values and multi-fields. */
  readonly catalog: FieldCatalog;
  /** Targets for one part of the query; without loaded schemas there are none. */
  targets(part: number): readonly Target[];
  /** What is known of a name in a part of the query. */
  answer(name: string, part: number): FieldAnswer;
  /** Names that were probably meant, the best first. */
  closest(name: string, limit: number): readonly FieldInfo[];
}
