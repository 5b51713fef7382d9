/** A rule's KQL query as Kibana sends it to Elasticsearch, for whoever wants to try it there. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { type Result } from "../base/result.ts";
import { inTypeVectors } from "../checks/fieldTypes.ts";
import { type DataView, dataViewOf, kqlDsl, parseKql } from "../query/kql/index.ts";

/** The request's body, laid out; or one sentence without a full stop on why there is none. */
export function queryDsl(query: SnapshotQuery): Result<string, string> {
  if (query.support.id !== "kuery")
    return { ok: false, error: "Only KQL is a query that Kibana writes as DSL" };
  const parse = parseKql(query.parse.text);
  const [mistake] = parse.errors;
  if (mistake !== undefined) return { ok: false, error: mistake.message };
  const dsl = kqlDsl(parse.ast, viewOf(query));
  if (!dsl.ok) return { ok: false, error: dsl.error.messages.join("; ") };
  return { ok: true, value: JSON.stringify({ query: dsl.value }, null, 2) };
}

/** With the types of the first of the schemas that the rule must satisfy. */
function viewOf(query: SnapshotQuery): DataView | undefined {
  const scope = query.scope();
  if (scope === undefined) return undefined;
  const views: DataView[] = [];
  inTypeVectors(scope, query.facts, (types) => {
    views.push(
      dataViewOf(
        types,
        query.facts.fields.map(({ name }) => name),
      ),
    );
    return [];
  });
  return views[0];
}
