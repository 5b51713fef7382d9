/** Samples come at once, whatever a rule says of its index. */
import { expect, test } from "vitest";
import { generateSamples } from "../../server/src/core/testing/generate.ts";
import { exhausted } from "../engine/exhausted.ts";
import { NO_TYPES } from "./ecsTypes.ts";
import { ruleOf } from "./support.ts";

const LIMIT_MILLISECONDS = 200;

test.each([
  ["letters and a sign", `logs-${"a".repeat(60)}!`],
  ["a name that the vendor chose", "logs-cloudflare_logpush.firewall_events_of_all_zones-prod-eu"],
  ["dots", `logs-${"a.".repeat(5_000)}!`],
])("an index pattern of %s", (_, pattern) => {
  const rule = ruleOf(
    'process where process.name == "a"',
    `type = "eql"\nlanguage = "eql"\nindex = ["${pattern}"]`,
  );
  const started = performance.now();
  const result = exhausted(generateSamples(rule, { types: NO_TYPES }));
  expect(performance.now() - started).toBeLessThan(LIMIT_MILLISECONDS);
  expect(result.ok && result.value.match.events).toHaveLength(1);
});
