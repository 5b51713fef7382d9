/** The types of fields as an Elasticsearch mapping gives them, or a flat list of names and types. */
import { lazy } from "../base/lazy.ts";
import { type FieldTypes, type MappedField } from "./fieldTypes.ts";

type Json = Readonly<Record<string, unknown>>;

interface Definition {
  readonly name: string;
  readonly type: string;
  readonly subfields: readonly Definition[];
  /** What an alias stands for. */
  readonly target: string | undefined;
  readonly isNormalized: boolean;
  readonly nullValue: MappedField["nullValue"];
}

const EXACT_TYPES: ReadonlySet<string> = new Set(["keyword", "constant_keyword", "wildcard"]);

/**
 * Reads `{"process.pid": "long", "host.name": {"type": "text", "fields": {"keyword": "keyword"}}}` as well as what
 * `GET index/_mapping` answers. What cannot be understood is left out. A mapping is complete: it names every field.
 */
export function fieldTypesOfMapping(json: unknown): FieldTypes {
  const definitions = new Map<string, Definition>();
  for (const definition of rootDefinitions(json)) add(definitions, definition);
  const fields = new Map<string, MappedField>();
  for (const definition of definitions.values())
    fields.set(definition.name, mappedField(definitions, definition));
  const names = lazy(() =>
    [...fields.values()].filter(({ type }) => type !== "object").map(({ name }) => name),
  );
  return { isComplete: true, get: (name) => fields.get(name), names };
}

function add(definitions: Map<string, Definition>, definition: Definition): void {
  definitions.set(definition.name, definition);
  for (const subfield of definition.subfields) add(definitions, subfield);
}

function* rootDefinitions(json: unknown): Generator<Definition> {
  if (!isObject(json)) return;
  const { mappings, properties, runtime } = json;
  const indexes = Object.values(json);
  if (isObject(mappings)) yield* rootDefinitions(mappings);
  else if (isObject(properties) && Object.values(properties).every(isObject)) {
    yield* definitionsIn(properties, "");
    if (isObject(runtime)) yield* definitionsIn(runtime, "");
  } else if (0 < indexes.length && indexes.every((index) => isObject(index) && isObject(index["mappings"]))) {
    for (const index of indexes) yield* rootDefinitions(index);
  } else yield* definitionsIn(json, "");
}

function* definitionsIn(properties: Json, prefix: string): Generator<Definition> {
  for (const [name, definition] of Object.entries(properties)) {
    const full = `${prefix}${name}`;
    if (typeof definition === "string") yield definitionOf(full, { type: definition });
    else if (isObject(definition)) {
      yield definitionOf(full, definition);
      const { properties: inner } = definition;
      if (isObject(inner)) yield* definitionsIn(inner, `${full}.`);
    }
  }
}

function definitionOf(name: string, definition: Json): Definition {
  const { type, fields, path, normalizer, null_value: nullValue } = definition;
  return {
    name,
    type: typeof type === "string" ? type : "object",
    subfields: isObject(fields) ? [...definitionsIn(fields, `${name}.`)] : [],
    target: typeof path === "string" ? path : undefined,
    isNormalized: typeof normalizer === "string",
    nullValue: isPlain(nullValue) ? nullValue : undefined,
  };
}

function mappedField(definitions: ReadonlyMap<string, Definition>, definition: Definition): MappedField {
  const { name } = definition;
  // Elasticsearch looks through an alias that says what it stands for.
  const target = definition.type === "alias" ? definitions.get(definition.target ?? "") : undefined;
  const { type, subfields, isNormalized, nullValue } = target ?? definition;
  const exactSubfields = subfields
    .filter((subfield) => EXACT_TYPES.has(subfield.type) && !subfield.isNormalized)
    .map((subfield) => subfield.name);
  const nestedIn = nestedAbove(definitions, target?.name ?? name);
  return { name, type, exactSubfields, isNormalized, nestedIn, nullValue };
}

function nestedAbove(definitions: ReadonlyMap<string, Definition>, name: string): string | undefined {
  for (let dot = name.lastIndexOf("."); 0 < dot; dot = name.lastIndexOf(".", dot - 1)) {
    const parent = name.slice(0, dot);
    if (definitions.get(parent)?.type === "nested") return parent;
  }
  return undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
