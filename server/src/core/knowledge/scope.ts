/** What is known of fields for one rule: the schemas that it must satisfy, and everything else that may have the field. */
import { type EmbeddedFields } from "./embedded.ts";
import { type FieldCatalog, type FieldInfo } from "./fields.ts";
import { type SchemaSet } from "./schema.ts";
import { scopeAnswers } from "./scopeAnswers.ts";
import { type PartIndex, scopeTargets } from "./scopeTargets.ts";
import { type SchemaSubject, subjectKey } from "./subject.ts";
import { suggester } from "./suggestions.ts";
import { type PickedPackage, type Target } from "./targets.ts";
import { type TypeInTarget } from "./targetTypes.ts";
import { type VendorFields } from "./vendorFields.ts";

export type { PartIndex } from "./scopeTargets.ts";
export type { Target } from "./targets.ts";

export type FieldAnswer =
  | {
      readonly kind: "known";
      /** Undefined where the names are free, or where a pattern stands for fields of several types. */
      readonly type: string | undefined;
      readonly source: string;
    }
  | {
      readonly kind: "unknown";
      /** Targets that are complete and lack the field: what Elastic's validation refuses. Without any, it is a guess from the name. */
      readonly missingIn: readonly Target[];
      readonly knownIn: readonly Target[];
      /**
       * What the name itself tells. `object`: no field, but there are fields below it. `near`: nearly a known name.
       * `closed`: the field set has no other fields. `schemas`: nothing, but complete schemas lack it.
       */
      readonly reason: "object" | "near" | "closed" | "schemas";
    }
  | { readonly kind: "unverified" };

export interface FieldScope {
  /** Equal keys stand for equal answers: findings are kept by it. */
  readonly key: string;
  /** ECS, for lists, allowed values and multi-fields. */
  readonly catalog: FieldCatalog;
  readonly vendorFields: VendorFields | undefined;
  /** Schemas of a checkout, or those that were downloaded. */
  readonly schemas: SchemaSet | undefined;
  readonly subject: SchemaSubject;
  /** Targets for one part of the query; without loaded schemas there are none. */
  targets(part: PartIndex): readonly Target[];
  /** The packages that a part of the query asks for. */
  packages(part: PartIndex): readonly PickedPackage[];
  /** What is known of a name in a part of the query. */
  answer(name: string, part: PartIndex): FieldAnswer;
  /**
   * What is known of a name in a key of the rule, such as `new_terms`: it is unknown only if no supported stack has it.
   * In keys whose fields Elastic's CI does not look up, schemas count only for a field, not against it.
   */
  answerInKeys(name: string, options: { readonly isLookedUp: boolean }): FieldAnswer;
  /** What one target says of a name. */
  typeIn(target: Target, name: string): TypeInTarget | undefined;
  /** Names that were probably meant, the best first. */
  closest(name: string, limit: number): readonly FieldInfo[];
}

export interface ScopeSources {
  /** Changes whenever anything in here does. */
  readonly revision: string;
  readonly catalog: FieldCatalog;
  readonly vendorFields: VendorFields | undefined;
  readonly embedded: EmbeddedFields;
  readonly schemas: SchemaSet | undefined;
  /** How often rules use a field. */
  readonly useCount: (name: string) => number;
}

export function fieldScope(sources: ScopeSources, subject: SchemaSubject): FieldScope {
  const { catalog, vendorFields, schemas, revision } = sources;
  const tables = scopeTargets(schemas, subject);
  const { answer, answerInKeys } = scopeAnswers(sources, subject, tables);
  return {
    key: `${revision}\n${subjectKey(subject)}`,
    catalog,
    vendorFields,
    schemas,
    subject,
    targets: tables.targets,
    packages: tables.packages,
    answer,
    answerInKeys,
    typeIn: tables.typeIn,
    closest: suggester(sources, tables),
  };
}
