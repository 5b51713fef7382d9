/** Asks conditions of documents, for tables of what holds and what does not. */
import { compileCondition, compileKeys, compileValue } from "../../server/src/core/engine/eql/compile.ts";
import { type EqlOptions, type KeyValue, type Unsupported } from "../../server/src/core/engine/eql/plan.ts";
import { defaultEqlOptions } from "../../server/src/core/engine/eql/run.ts";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { fieldsWithValue } from "../../server/src/core/engine/fieldAccess.ts";
import { type Scalar } from "../../server/src/core/engine/value.ts";
import { type EqlExpression, parseEqlCondition } from "../../server/src/core/query/eql/index.ts";
import { type FieldTypes, type MappedField } from "../../server/src/core/query/fieldTypes.ts";

export type Mapping = Readonly<Record<string, string | Partial<MappedField>>>;

export function typesFrom(mapping: Mapping): FieldTypes {
  const fields = new Map(
    Object.entries(mapping).map(([name, given]): [string, MappedField] => [
      name,
      {
        name,
        type: "keyword",
        exactSubfields: [],
        isNormalized: false,
        nestedIn: undefined,
        nullValue: undefined,
        ...(typeof given === "string" ? { type: given } : given),
      },
    ]),
  );
  return { get: (name) => fields.get(name), isComplete: false, names: () => fields.keys() };
}

/** The document's fields are mapped, and those of the mapping. */
export function optionsFor(document: JsonObject, mapping: Mapping = {}): EqlOptions {
  return { ...defaultEqlOptions, types: typesFrom(mapping), seenFields: new Set(fieldsWithValue(document)) };
}

/** Does it hold? In words what cannot be run, or what fails while it runs. */
export function asked(source: string, document: JsonObject, mapping: Mapping = {}): boolean | string {
  const failures: Unsupported[] = [];
  const onFailure = (failure: Unsupported): number => failures.push(failure);
  const predicate = compileCondition(parsed(source), { ...optionsFor(document, mapping), onFailure });
  if (!predicate.ok) return predicate.error.feature;
  const answer = predicate.value(document);
  return failures[0]?.feature ?? answer;
}

export function valuesOf(
  source: string,
  document: JsonObject,
  mapping: Mapping = {},
): readonly Scalar[] | string {
  const read = compileValue(parsed(source), optionsFor(document, mapping));
  return read.ok ? read.value(document) : read.error.feature;
}

export function keysOf(
  fields: readonly string[],
  document: JsonObject,
  mapping: Mapping = {},
): readonly (readonly KeyValue[])[] | string {
  const read = compileKeys(fields.map(parsed), optionsFor(document, mapping));
  return read.ok ? read.value(document) : read.error.feature;
}

export function parsed(source: string): EqlExpression {
  const { ast, errors } = parseEqlCondition(source);
  if (errors.length > 0) throw new Error(`${source}: ${errors[0]?.message ?? ""}`);
  return ast;
}
