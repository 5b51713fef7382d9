/** The types of fields by which sample events are read: of ECS and of the vendors' fields, else of the rule's own schemas. */
import { type Knowledge } from "../knowledge/knowledge.ts";
import { type FieldTypes, type MappedField } from "../query/fieldTypes.ts";

const EXACT: ReadonlySet<string> = new Set(["keyword", "constant_keyword", "wildcard"]);

/** What is in no schema has no type: the engine takes the event's value as it is. */
export function sampleTypes({ fields, vendorFields }: Knowledge): FieldTypes {
  const typeOf = (name: string): string | undefined =>
    fields?.get(name)?.type ?? vendorFields?.get(name)?.type;
  return {
    isComplete: false,
    names: () => [],
    get(name): MappedField | undefined {
      const type = typeOf(name);
      if (type === undefined) return undefined;
      const exactSubfields = EXACT.has(type)
        ? []
        : ["keyword", "raw"].map((part) => `${name}.${part}`).filter((sub) => EXACT.has(typeOf(sub) ?? ""));
      return { name, type, exactSubfields, isNormalized: false, nestedIn: undefined, nullValue: undefined };
    },
  };
}
