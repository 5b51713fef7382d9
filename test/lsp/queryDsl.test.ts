/** The built server gives a KQL query as Kibana sends it to Elasticsearch. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type QueryDslResult, type QueryPlace } from "../../server/src/lsp/protocolQuery.ts";
import { type WireClient, startWire } from "../support/wire.ts";

let client: WireClient;

beforeAll(async () => {
  client = await startWire();
});

afterAll(() => client.stop());

const RULE = `[metadata]
maturity = "production"
[rule]
type = "threat_match"
language = "kuery"
query = "process.name:sh"
threat_language = "kuery"
threat_query = "@timestamp >= \\"now-30d\\""
`;

async function copied(uri: string, position: QueryPlace["position"]): Promise<QueryDslResult> {
  return client.connection.sendRequest("query/dsl", { uri, position } satisfies QueryPlace);
}

test("query/dsl answers for the query at the cursor", async () => {
  await client.open("untitled:dsl", RULE);
  const own = await copied("untitled:dsl", { line: 5, character: 12 });
  expect(own.ok && JSON.parse(own.text)).toEqual({
    query: { bool: { should: [{ term: { "process.name": { value: "sh" } } }], minimum_should_match: 1 } },
  });
  const indicators = await copied("untitled:dsl", { line: 7, character: 20 });
  expect(indicators.ok && JSON.parse(indicators.text)).toEqual({
    query: {
      bool: { should: [{ range: { "@timestamp": { gte: "now-30d" } } }], minimum_should_match: 1 },
    },
  });
});

test("query/dsl says why there is none", async () => {
  expect(await copied("untitled:nothing", { line: 0, character: 0 })).toEqual({
    ok: false,
    message: "The document is not open",
  });
});
