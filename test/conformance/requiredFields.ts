/** Every EQL and KQL rule of the public rules, built for Kibana: its fields have the types of the loaded schemas. */
import { type Snapshot, type SnapshotQuery } from "../../server/src/core/analysis/snapshot.ts";
import { type JsonValue, isList, isObject } from "../../server/src/core/engine/event.ts";
import { NO_FACTS, apiRule } from "../../server/src/core/kibana/apiRule.ts";
import { type SchemaSet } from "../../server/src/core/knowledge/schema.ts";
import { ELASTIC, snapshot } from "../support/analyse.ts";
import { knowledgeOfCheckout } from "../support/checkoutSchemas.ts";
import { corpusRules } from "../support/corpus.ts";
import { type ConformanceInput, type SuiteFailure, type SuiteOutcome } from "./suite.ts";

/** Elastic's build asks fewer schemas than its validation: the fields of a rule that is proven are as it built them. */
export function* requiredFieldsSuite(
  { rules, schemas }: ConformanceInput,
  proven: ReadonlySet<string>,
): Generator<SuiteOutcome> {
  if (rules === undefined || schemas === undefined) return;
  const failures: SuiteFailure[] = [];
  let ruleCount = 0;
  let fieldCount = 0;
  let unknownCount = 0;
  for (const { path, text } of corpusRules(rules)) {
    const read = snapshot(text, ELASTIC, knowledgeOfCheckout(schemas));
    const query = read.queries().find(({ embedded }) => embedded.role === "query");
    const language = query?.embedded.language;
    if (query === undefined || read.rule().isDeprecated) continue;
    if ((language !== "eql" && language !== "kuery") || 0 < query.parse.errors.length) continue;
    ruleCount++;
    const fields = fieldsOf(apiRule(read, NO_FACTS)?.rule["required_fields"]);
    fieldCount += fields.length;
    unknownCount += fields.filter(({ type }) => type === "unknown").length;
    const problem = proven.has(path) ? undefined : problemOf(read, query, schemas, fields);
    if (problem !== undefined)
      failures.push({ index: ruleCount, name: path, expected: "types of the schemas", got: problem });
  }
  yield {
    suite: "api/required-fields",
    passed: ruleCount - failures.length,
    failures,
    known: 0,
    skipped: 0,
    notes: [
      `${fieldCount} fields; ${unknownCount} whose type the schemas that Elastic's build asks do not have`,
    ],
  };
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly ecs: boolean;
}

function fieldsOf(value: JsonValue | undefined): readonly Field[] {
  if (!isList(value)) return [];
  return value.filter(isObject).map(({ name, type, ecs }) => ({
    name: String(name),
    type: String(type),
    ecs: ecs === true,
  }));
}

function problemOf(
  read: Snapshot,
  query: SnapshotQuery,
  schemas: SchemaSet,
  fields: readonly Field[],
): string | undefined {
  const named = [...new Set(query.facts.fields.map(({ name }) => name))].sort();
  if (named.join("\n") !== fields.map(({ name }) => name).join("\n")) return "other fields than the query's";
  const newest = schemas.stacks.findLast(({ ecs }) => ecs !== undefined)?.ecs;
  for (const { name, type, ecs } of fields) {
    const inEcs = newest?.typeOf(name);
    if (ecs !== (inEcs !== undefined)) return `${name}: ecs is ${ecs}`;
    if (ecs && inEcs !== type) return `${name}: ${type} instead of ${inEcs ?? ""}`;
    const types = typesAnywhere(read, query, name);
    if (!ecs && type === "unknown" && 0 < types.size)
      return `${name}: unknown instead of ${[...types].join()}`;
    if (!ecs && type !== "unknown" && !types.has(type)) return `${name}: ${type} is in no schema`;
  }
  return undefined;
}

/** What the schemas that the rule must satisfy say, pattern by pattern where a name is one. */
function typesAnywhere(read: Snapshot, query: SnapshotQuery, name: string): ReadonlySet<string> {
  const scope = query.scope() ?? read.scope();
  const parts = [...query.facts.parts.keys(), "whole" as const];
  const targets = parts.flatMap((part) => scope?.targets(part) ?? []);
  return new Set(targets.flatMap((target) => scope?.typeIn(target, name)?.type ?? []));
}
