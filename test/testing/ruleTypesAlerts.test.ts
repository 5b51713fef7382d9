/** The fields of the alerts of each type of rule. */
import { describe, expect, test } from "vitest";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { alertOf } from "../../server/src/core/testing/alert.ts";
import {
  query,
  BY_USER,
  threshold,
  CARDINALITY,
  newTerms,
  BOB,
  mapping,
  threatMatch,
  threatQuery,
} from "./ruleTypeRows.ts";
import { outcomeOf, type TypedRun } from "./typedRun.ts";

describe("alerts hold what Kibana writes", () => {
  function written(run: TypedRun): JsonObject {
    const { result, rule } = outcomeOf(run);
    const [alert] = result.alerts;
    if (alert === undefined) throw new Error("no alert");
    return alertOf(rule, alert, { now: Date.parse("2026-01-01T12:00:00Z") }).fields;
  }

  test("of a query rule all fields of the event", () => {
    const fields = written(query('building_block_type = "default"', [{ at: "10:00", a: "x", b: { c: 1 } }]));
    expect(fields).toMatchObject({
      a: "x",
      "b.c": 1,
      "kibana.alert.building_block_type": "default",
      "kibana.alert.original_time": "2026-01-01T10:00:00.000Z",
      "kibana.alert.rule.category": "Custom Query Rule",
      "kibana.alert.depth": 1,
    });
    expect(Object.keys(fields).filter((name) => name.includes("suppression"))).toEqual([]);
  });

  test("of a threshold rule the group alone", () => {
    const table = `field = ["user"]\nvalue = 1\n${CARDINALITY}`;
    const fields = written(
      threshold(table, [
        { at: "10:00", a: "x", user: "bob", host: "h" },
        { at: "10:05", a: "x", user: "bob", host: "i" },
      ]),
    );
    expect(fields["kibana.alert.threshold_result"]).toEqual({
      terms: [{ field: "user", value: "bob" }],
      count: 2,
      from: "2026-01-01T10:00:00.000Z",
      cardinality: [{ field: "host", value: 2 }],
    });
    expect(fields["kibana.alert.original_time"]).toBe("2026-01-01T10:05:00.000Z");
    expect([fields["user"], fields["a"], fields["host"]]).toEqual(["bob", undefined, undefined]);
  });

  test("of a new terms rule the new values", () => {
    expect(written(newTerms('["user", "n"]', [{ ...BOB, n: 1 }]))["kibana.alert.new_terms"]).toEqual([
      "bob",
      1,
    ]);
  });

  test("of an indicator match rule the indicators", () => {
    const indicator = { "threat.indicator": { ip: "1.2.3.4", type: "ipv4" }, "threat.feed.name": "feed" };
    const fields = written(threatMatch([indicator], [{ a: "x", source: { ip: "1.2.3.4" } }]));
    expect(fields["threat.enrichments"]).toEqual([
      {
        indicator: { ip: "1.2.3.4", type: "ipv4" },
        feed: { name: "feed" },
        matched: { atomic: "1.2.3.4", field: "source.ip", type: "indicator_match_rule" },
      },
    ]);
  });

  test("an indicator may stand at another place, by dotted names", () => {
    const more = `threat_indicator_path = "ti"\n${threatQuery("*:*", mapping([[["source.ip", "ti.ip"]]]))}`;
    const fields = written(
      threatMatch([{ "ti.ip": "1.2.3.4" }], [{ a: "x", source: { ip: "1.2.3.4" } }], { more }),
    );
    expect(fields["threat.enrichments"]).toMatchObject([{ indicator: { ip: "1.2.3.4" }, feed: {} }]);
  });

  test("of suppressed events the count and the values", () => {
    const fields = written(
      query(BY_USER, [
        { at: "10:00", ...BOB },
        { at: "10:07", ...BOB },
      ]),
    );
    expect(fields).toMatchObject({
      "kibana.alert.suppression.docs_count": 1,
      "kibana.alert.suppression.start": "2026-01-01T10:00:00.000Z",
      "kibana.alert.suppression.end": "2026-01-01T10:07:00.000Z",
      "kibana.alert.suppression.terms": [{ field: "user", value: "bob" }],
    });
  });

  test("of a lone event of a group that nothing was added to it", () => {
    expect(written(query(BY_USER, [BOB]))["kibana.alert.suppression.docs_count"]).toBe(0);
  });
});
