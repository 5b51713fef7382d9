/** `required_fields`: the fields that the query names, with their types, as Elastic's build derives them. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { type JsonObject } from "../engine/event.ts";
import { datasetUse } from "../knowledge/packageUses.ts";
import { type Schema, type SchemaSet, type StackSchemas } from "../knowledge/schema.ts";
import { type FieldScope } from "../knowledge/scope.ts";
import { type FieldRef } from "../query/facts.ts";
import { type SubjectPart, wholePart } from "../knowledge/subject.ts";
import { builtStackSchemas } from "./builtStack.ts";

export interface RequiredFields {
  readonly fields: readonly JsonObject[];
  /** Packages that decide the type of a field, and whose fields are not loaded. */
  readonly notLoaded: readonly string[];
}

/** Of a query in EQL or KQL: ES|QL tells its fields only on a stack, and Lucene none. */
export function requiredFields(query: SnapshotQuery, scope: FieldScope): RequiredFields {
  const names = [...new Set(query.facts.fields.map((field) => toldName(query, field)))].sort();
  const { typeOf, notLoaded } = otherTypes(scope);
  const fields = names.map((name) => {
    const ecs = ecsType(scope, name);
    return { ecs: ecs !== undefined, name, type: ecs ?? typeOf(name) ?? "unknown" };
  });
  return { fields, notLoaded: fields.some(({ type }) => type === "unknown") ? notLoaded : [] };
}

/** A name that EQL needs backquotes for is told with them, so that no schema has it. */
function toldName({ parse, support }: SnapshotQuery, { name, span }: FieldRef): string {
  const isQuoted = support.id === "eql" && parse.text.charAt(span.start) === "`";
  return isQuoted ? `\`${name}\`` : name;
}

/** Fields that ECS lists: further indexes of them, such as `process.name.text`, are none of it here. */
function ecsType({ schemas, catalog }: FieldScope, name: string): string | undefined {
  const known = catalog.get(name);
  if (known?.multiFieldOf !== undefined) return undefined;
  const stack = schemas && builtStackSchemas(schemas);
  return stack?.ecs === undefined ? known?.type : stack.ecs.typeOf(name);
}

interface OtherTypes {
  readonly typeOf: (name: string) => string | undefined;
  readonly notLoaded: readonly string[];
}

/**
 * The packages whose datasets the query names; if there are none, Beats; else Endgame. What validation looks at beside
 * these, as the fields of Elastic Defend and those of an index, counts for nothing here.
 */
function otherTypes(scope: FieldScope): OtherTypes {
  const { schemas, subject } = scope;
  const whole = wholePart(subject);
  const stack = schemas && builtStackSchemas(schemas);
  if (schemas === undefined || stack === undefined) return { typeOf: packagedTypes(scope), notLoaded: [] };
  const named = namedPackages(schemas, stack, whole.datasets);
  if (0 < named.schemas.length + named.notLoaded.length)
    return { typeOf: (name) => familyOf(firstType(named.schemas, name)), notLoaded: named.notLoaded };
  const beats = beatSchemas(stack, subject.indexes, whole);
  if (0 < beats.length) return { typeOf: (name) => firstType(beats, name), notLoaded: [] };
  const endgame = subject.indexes.includes("endgame-*") ? stack.endgame : undefined;
  return { typeOf: (name) => endgame?.typeOf(name), notLoaded: [] };
}

/** The last schema first: it is laid over the others. */
function namedPackages(
  schemas: SchemaSet,
  stack: StackSchemas,
  datasets: readonly string[],
): { readonly schemas: readonly Schema[]; readonly notLoaded: readonly string[] } {
  const uses = [...datasets].sort().flatMap((dataset) => datasetUse(schemas, dataset) ?? []);
  const answers = uses.map((use) => ({ use, answer: stack.integration(use.package, use.stream) }));
  const found = answers.flatMap(({ answer }) => (answer.kind === "found" ? [answer.schema] : []));
  const missing = answers.flatMap(({ use, answer }) => (answer.kind === "not-loaded" ? [use.package] : []));
  return { schemas: found.reverse(), notLoaded: [...new Set(missing)] };
}

function beatSchemas(
  stack: StackSchemas,
  indexes: readonly string[],
  { datasets, modules }: SubjectPart,
): readonly Schema[] {
  const beats = new Set(indexes.filter((index) => index.includes("beat-*")).map(beatOf));
  const ofDatasets = datasets.flatMap((dataset) =>
    dataset.includes(".") ? [dataset.split(".")[0] ?? ""] : [],
  );
  const asked = modules.length === 0 ? ofDatasets : modules;
  const found = [...beats].map((beat) => stack.beat(beat, asked, datasets));
  return found.filter((schema) => schema !== undefined).reverse();
}

/** `winlogbeat-*` is of Winlogbeat, also in another cluster. */
function beatOf(index: string): string {
  return index.replace(/^[^:]*::?/, "").split("-")[0] ?? "";
}

function firstType(schemas: readonly Schema[], name: string): string | undefined {
  for (const schema of schemas) {
    // A pattern of the schema is a name like any other here.
    const type = schema.typeOf(name) ?? schema.patterns.find(([pattern]) => pattern === name)?.[1];
    if (type !== undefined) return type;
  }
  return undefined;
}

/** Without schemas, for queries that read what has schemas. */
function packagedTypes(scope: FieldScope): (name: string) => string | undefined {
  const { subject } = scope;
  const readsPackages = 0 < wholePart(subject).datasets.length;
  const readsBeats = subject.indexes.some((index) => index.includes("beat-*"));
  if (!readsPackages && !readsBeats) return () => undefined;
  return (name) => {
    const answer = scope.answer(name, "whole");
    const type = answer.kind === "known" ? answer.type : undefined;
    return readsPackages ? familyOf(type) : type;
  };
}

/** The types of packages are told by their families, as Elastic's parser of KQL has them. */
const FAMILIES: ReadonlyMap<string, string> = new Map([
  ...["constant_keyword", "wildcard"].map((type) => [type, "keyword"] as const),
  ...["annotated-text", "completion", "match_only_text", "search-as_you_type"].map(
    (type) => [type, "text"] as const,
  ),
  ...["token_count", "long", "short", "byte", "unsigned_long"].map((type) => [type, "integer"] as const),
  ...["double", "half_float", "scaled_float"].map((type) => [type, "float"] as const),
  ...["long_range", "double_range", "date_range", "ip_range"].map((type) => [type, "range"] as const),
  ["date_nanos", "date"] as const,
]);

function familyOf(type: string | undefined): string | undefined {
  return type === undefined ? undefined : (FAMILIES.get(type) ?? type);
}
