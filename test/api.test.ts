/** The rules of `fixtures/api` are built for Kibana key by key as they say. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { NO_FACTS, apiRule } from "../server/src/core/kibana/apiRule.ts";
import { guidePage } from "../server/src/core/kibana/guide.ts";
import { readPackageManifests } from "../server/src/core/kibana/packageVersions.ts";
import { ELASTIC, knowledgeWith, snapshot } from "./support/analyse.ts";
import { type FixtureCase, fixturesIn } from "./support/fixture.ts";

/**
 * `toml` is the rule, `json` all that is built from it. `schemas` are those of the repository, `manifests` its list of
 * packages and `lock` the versions by rule id. `gaps` is what is said to be missing, a line each; `guide` is the page.
 */
function blockOf(one: FixtureCase, language: string): string | undefined {
  return one.blocks.find((block) => block.language === language)?.text;
}

function built(one: FixtureCase): ReturnType<typeof apiRule> {
  const rule = snapshot(blockOf(one, "toml") ?? "", ELASTIC, knowledgeWith(blockOf(one, "schemas")));
  const manifests = blockOf(one, "manifests");
  // Fixtures are ours: a mistake in one shows as a failing test.
  const lock = parse(blockOf(one, "lock") ?? "{}") as Readonly<Record<string, number>>;
  return apiRule(rule, {
    manifests: manifests === undefined ? undefined : readPackageManifests(parse(manifests)),
    lockedVersion: (id) => lock[id],
  });
}

const fixtures = fixturesIn("api");

test("there are fixtures", () => {
  expect(fixtures.flatMap(({ cases }) => cases).length).toBeGreaterThanOrEqual(12);
});

describe.each(fixtures)("$id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const expected = blockOf(one, "json");
    const gaps = blockOf(one, "gaps");
    const guide = blockOf(one, "guide");
    expect([expected, gaps, guide].some((block) => block !== undefined)).toBe(true);
    const api = built(one);
    // Compared as text: the order of keys counts.
    if (expected !== undefined)
      expect(JSON.stringify(api?.rule, undefined, 2)).toBe(
        JSON.stringify(JSON.parse(expected), undefined, 2),
      );
    if (gaps !== undefined) expect(api?.gaps.map((gap) => `${gap}\n`).join("")).toBe(gaps);
    if (guide !== undefined) expect(guidePage(snapshot(blockOf(one, "toml") ?? "").rule())).toBe(guide);
  });
});

test("a file without a rule builds nothing", () => {
  expect(apiRule(snapshot("[metadata]\nmaturity = 'production'\n"), NO_FACTS)).toBeUndefined();
});

test("half a rule is built as far as it can be read", () => {
  let builtCount = 0;
  for (const one of fixtures.flatMap(({ cases }) => cases)) {
    const text = blockOf(one, "toml") ?? "";
    for (let length = 0; length <= text.length; length += 9) {
      const half = snapshot(text.slice(0, length));
      guidePage(half.rule());
      const api = apiRule(half, NO_FACTS);
      if (api === undefined) continue;
      builtCount++;
      const isBroken = 0 < half.toml().errors.length;
      expect(api.gaps.some((gap) => gap.startsWith("The file has errors"))).toBe(isBroken);
    }
  }
  expect(builtCount).toBeGreaterThan(100);
});
