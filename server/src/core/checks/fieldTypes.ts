/** The types of a query's fields, as verifiers ask for them: once for each schema that the rule must satisfy. */
import { type QueryFacts } from "../query/facts.ts";
import { type FieldTypes, type MappedField } from "../query/fieldTypes.ts";
import { type QuerySyntaxError } from "../query/language.ts";
import { type FieldScope, type Target } from "../knowledge/scope.ts";

type TypeOf = (name: string) => string | undefined;

interface TypeVector {
  /** Of the target that the types are from: "stack 9.4.0 with ECS 9.4.0". */
  readonly label: string;
  readonly types: FieldTypes;
}

/**
 * What a verifier finds with each vector of types that the targets give to the query's fields; usually there is one.
 * A problem that not all of them have names the target that has it.
 */
export function inTypeVectors<P extends QuerySyntaxError>(
  scope: FieldScope,
  facts: QueryFacts,
  verify: (types: FieldTypes) => readonly P[],
): readonly P[] {
  const vectors = typeVectors(scope, facts);
  const found = vectors.map(({ label, types }) => ({ label, problems: verify(types) }));
  const [first] = found;
  if (first === undefined || found.length === 1) return first?.problems ?? [];
  const byProblem = new Map<string, { readonly problem: P; readonly label: string; count: number }>();
  for (const { label, problems } of found) {
    for (const problem of problems) {
      const key = `${problem.span.start} ${problem.span.end} ${problem.message}`;
      const known = byProblem.get(key) ?? { problem, label, count: 0 };
      known.count++;
      byProblem.set(key, known);
    }
  }
  return [...byProblem.values()].map(({ problem, label, count }) =>
    count === found.length ? problem : { ...problem, message: `${problem.message} (${label})` },
  );
}

function typeVectors(scope: FieldScope, facts: QueryFacts): readonly TypeVector[] {
  const names = [...new Set(facts.fields.map(({ name }) => name))];
  const columns = targetColumns(scope, facts);
  if (columns.length === 0) return [{ label: "", types: fieldTypes(scope, embeddedType(scope)) }];
  const distinct = new Map<string, TypeVector>();
  for (const { label, typeOf } of columns) {
    const key = names.map((name) => typeOf(name) ?? "").join();
    if (!distinct.has(key)) distinct.set(key, { label, types: fieldTypes(scope, typeOf) });
  }
  return [...distinct.values()];
}

interface TargetColumn {
  readonly label: string;
  readonly typeOf: TypeOf;
}

/** The same stack in all parts of the query. */
function targetColumns(scope: FieldScope, { parts }: QueryFacts): readonly TargetColumn[] {
  const columns = new Map<string, { readonly label: string; readonly targets: TargetsOfField }>();
  for (const [i, { fields }] of parts.entries()) {
    for (const target of scope.targets(i)) {
      const key = `${target.kind === "endgame" ? "endgame" : "stack"} ${target.stack}`;
      const column = columns.get(key) ?? { label: target.label, targets: new Map<string, Set<Target>>() };
      columns.set(key, column);
      for (const { name } of fields)
        column.targets.set(name, (column.targets.get(name) ?? new Set()).add(target));
    }
  }
  return [...columns.values()].map(({ label, targets }) => ({ label, typeOf: typeInColumn(scope, targets) }));
}

/** Steps that ask for the same share their targets. */
type TargetsOfField = Map<string, Set<Target>>;

/** The first part that names a field decides, as do packages before the stack alone. */
function typeInColumn(scope: FieldScope, targetsOfField: TargetsOfField): TypeOf {
  const fallback = embeddedType(scope);
  const known = new Map<string, string | undefined>();
  function typeOf(name: string): string | undefined {
    // Sub-fields are asked for that the query does not name.
    const targets = [
      ...(targetsOfField.get(name) ?? new Set([...targetsOfField.values()].flatMap((one) => [...one]))),
    ];
    for (const target of targets) {
      const found = scope.typeIn(target, name);
      if (found !== undefined) return found.type;
    }
    return targets.every(({ isComplete }) => isComplete) ? undefined : fallback(name);
  }
  return (name) => {
    if (!known.has(name)) known.set(name, typeOf(name));
    return known.get(name);
  };
}

/** Only ECS is certain enough to say what Elasticsearch refuses. */
function embeddedType({ catalog }: FieldScope): TypeOf {
  return (name) => catalog.get(name)?.type;
}

const EXACT_TYPES: ReadonlySet<string> = new Set(["keyword", "constant_keyword", "wildcard"]);

/** An index may have more fields than the schema knows. */
function fieldTypes(scope: FieldScope, typeOf: TypeOf): FieldTypes {
  return {
    isComplete: false,
    get(name) {
      const type = typeOf(name);
      return type === undefined ? undefined : mappedField(scope, name, type, typeOf);
    },
    // Only a whole list of names is good for suggestions.
    names: () => [],
  };
}

/**
 * What lies in a field that the schema calls nested is often mapped otherwise by integrations: EQL does not hold it
 * against a query. KQL has braces for it.
 */
function mappedField({ subject }: FieldScope, name: string, type: string, typeOf: TypeOf): MappedField {
  const exactSubfields = EXACT_TYPES.has(type) ? [] : exactSubfieldsOf(name, typeOf);
  const nestedIn = subject.language === "kuery" ? nestedAbove(name, typeOf) : undefined;
  return { name, type, exactSubfields, isNormalized: false, nestedIn, nullValue: undefined };
}

function nestedAbove(name: string, typeOf: TypeOf): string | undefined {
  for (let dot = name.lastIndexOf("."); 0 < dot; dot = name.lastIndexOf(".", dot - 1)) {
    const above = name.slice(0, dot);
    if (typeOf(above) === "nested") return above;
  }
  return undefined;
}

/** Sub-fields are named by convention. */
function exactSubfieldsOf(name: string, typeOf: TypeOf): readonly string[] {
  return ["keyword", "raw"]
    .map((suffix) => `${name}.${suffix}`)
    .filter((subfield) => typeOf(subfield) !== undefined);
}
