/** The rules of `fixtures/api` are built for Kibana key by key as they say. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { NO_FACTS, type VersionSource, apiRule } from "../server/src/core/kibana/apiRule.ts";
import { guidePage } from "../server/src/core/kibana/guide.ts";
import { readPackageManifests } from "../server/src/core/kibana/packageVersions.ts";
import { readVersionLock } from "../server/src/core/kibana/versionLock.ts";
import { ELASTIC, knowledgeWith, snapshot } from "./support/analyse.ts";
import { authoredAttack } from "./support/authoredAttack.ts";
import { type FixtureCase, fixturesIn } from "./support/fixture.ts";

/**
 * `toml` is the rule, `json` all that is built from it. `schemas` are those of the repository, `manifests` its list of
 * packages, `attack` its later version of ATT&CK, and `lock` its lock file; an entry that is a number alone is a rule that
 * has not changed since. `gaps` is what is said to be missing, a line each; `guide` is the page.
 */
function blockOf(one: FixtureCase, language: string): string | undefined {
  return one.blocks.find((block) => block.language === language)?.text;
}

/** `text` instead of the fixture's own rule. */
function built(one: FixtureCase, text = blockOf(one, "toml") ?? ""): ReturnType<typeof apiRule> {
  const known = knowledgeWith(blockOf(one, "schemas"));
  const later = blockOf(one, "attack");
  const attack = known.attack && later !== undefined ? authoredAttack(later, known.attack) : known.attack;
  const rule = snapshot(text, ELASTIC, {
    ...known,
    revision: `${known.revision}, ${later ?? ""}`,
    attack,
  });
  const manifests = blockOf(one, "manifests");
  const lock = blockOf(one, "lock");
  return apiRule(rule, {
    manifests: manifests === undefined ? undefined : readPackageManifests(parse(manifests)),
    versions: lock === undefined ? { kind: "none" } : authoredLock(lock),
    threatVersion: blockOf(one, "threat-version")?.trim(),
  });
}

/** `own` for a repository that has no lock file. Hashes are the JSON itself here. */
function authoredLock(yaml: string): VersionSource {
  if (yaml.trim() === "own") return { kind: "own" };
  // Fixtures are ours: a mistake in one shows as a failing test.
  const authored = parse(yaml) as Readonly<Record<string, unknown>>;
  const entries = Object.entries(authored).map(([id, entry]) => [
    id,
    typeof entry === "number" ? { version: entry } : entry,
  ]);
  const lock = readVersionLock(Object.fromEntries(entries));
  return { kind: "lock", entryOf: (id) => lock.get(id), hashOf: (json) => json };
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

test("so is half a rule of which more is known", () => {
  let builtCount = 0;
  for (const one of fixtures.flatMap(({ cases }) => cases)) {
    const text = blockOf(one, "toml") ?? "";
    for (let length = 97; length < text.length; length += 97)
      if (built(one, text.slice(0, length))) builtCount++;
  }
  expect(builtCount).toBeGreaterThan(50);
});
