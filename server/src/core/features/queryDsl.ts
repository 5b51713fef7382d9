/** A rule's KQL query as Kibana sends it to Elasticsearch, for whoever wants to try it there. */
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { type Result } from "../base/result.ts";
import { inTypeVectors } from "../checks/fieldTypes.ts";
import { kqlPatterns } from "../checks/kqlFields.ts";
import { type FieldScope } from "../knowledge/scope.ts";
import { type DataView, dataViewOf, kqlDsl, matchesPieces, parseKql } from "../query/kql/index.ts";
import { encloses, spanOf } from "../text/span.ts";

/** Of the query that the offset is in, else of the one that the rule looks for events by. */
export function queryDslAt(snapshot: Snapshot, offset: number): Result<string, string> {
  const queries = snapshot.queries();
  const cursor = spanOf(offset, offset);
  const query =
    queries.find(({ embedded }) => encloses(embedded.host.span, cursor)) ??
    queries.find(({ embedded }) => embedded.role === "query");
  return query === undefined ? { ok: false, error: "There is no query in this rule" } : queryDsl(query);
}

/** The request's body, laid out; or one sentence without a full stop on why there is none. */
export function queryDsl(query: SnapshotQuery): Result<string, string> {
  if (query.support.id !== "kuery")
    return { ok: false, error: "Only KQL is a query that Kibana writes as DSL" };
  const parse = parseKql(query.parse.text);
  const [mistake] = parse.errors;
  if (mistake !== undefined) return { ok: false, error: `The query has an error: ${mistake.message}` };
  const dsl = kqlDsl(parse.ast, viewOf(query));
  if (!dsl.ok) return { ok: false, error: dsl.error.messages.join("; ") };
  return { ok: true, value: JSON.stringify({ query: dsl.value }, null, 2) };
}

/** With the types of the first of the schemas that the rule must satisfy. */
function viewOf(query: SnapshotQuery): DataView | undefined {
  const scope = query.scope();
  if (scope === undefined) return undefined;
  const names = [...query.facts.fields.map(({ name }) => name), ...namesOfPatterns(query, scope)];
  const views: DataView[] = [];
  inTypeVectors(scope, query.facts, (types) => {
    views.push(dataViewOf(types, names));
    return [];
  });
  return views[0];
}

/** The fields of ECS that `process.hash.*` stands for. */
function namesOfPatterns(query: SnapshotQuery, { catalog }: FieldScope): readonly string[] {
  return kqlPatterns(query).flatMap(({ name }) => {
    const pieces = name.split("*");
    const [start = ""] = pieces;
    return [...catalog.startingWith(start)]
      .map((field) => field.name)
      .filter((field) => matchesPieces(field, pieces));
  });
}
