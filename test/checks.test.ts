/** Every check against its fixtures, and against the examples in its own documentation. */
import { describe, expect, test } from "vitest";
import { CHECKS } from "../server/src/core/checks/registry.generated.ts";
import { renamedPath } from "../server/src/core/checks/renameFile.ts";
import { applyEdits } from "../server/src/core/text/edit.ts";
import { type Diagnostic } from "../server/src/core/analysis/diagnostic.ts";
import { type Place, placeOfCase } from "./support/authoredPlace.ts";
import { type FixtureCase, fixturesIn, unmarked } from "./support/fixture.ts";
import { CUSTOM, ELASTIC, diagnose, knowledgeWith } from "./support/analyse.ts";

const fixtures = fixturesIn("checks");

/** Fixtures show the smallest rule: what it lacks is only told where that is the point. */
function visible(diagnostics: readonly Diagnostic[], fixtureId: string): readonly Diagnostic[] {
  return diagnostics.filter(({ check }) => !check.startsWith("rule/missing-") || fixtureId === check);
}

describe.each(fixtures)("$id", ({ id, cases }) => {
  test.each(cases)("$name", (one) => {
    const config = one.name.endsWith("(custom)") ? CUSTOM : ELASTIC;
    const { text, marks } = unmarked(blockOf(one, "toml"));
    const found = visible(diagnose(text, config, knowledgeWith(schemasOf(one)), placeOfCase(one)), id);
    const expected = marks.map(({ start, end, label }) => {
      const [head = "", message] = label.split(/: (.*)/s);
      const [severity, check] = head.split(" ");
      return {
        severity,
        check,
        start,
        end,
        text: text.slice(start, end),
        ...(message === undefined ? {} : { message }),
      };
    });
    const actual = found.map(({ severity, check, span, message }, i) => ({
      severity,
      check,
      start: span.start,
      end: span.end,
      text: text.slice(span.start, span.end),
      ...(expected[i] !== undefined && "message" in expected[i] ? { message } : {}),
    }));
    expect(actual).toEqual(expected);
    checkFixes(text, id, found, one, config);
  });
});

/** A fix must remove its finding and add no syntax error; applied again, it must change nothing. */
function checkFixes(
  text: string,
  id: string,
  found: readonly Diagnostic[],
  one: FixtureCase,
  config: typeof ELASTIC,
): void {
  const results = found.flatMap((diagnostic) =>
    diagnostic.fixes.map((fix) => {
      const place = placeOfCase(one);
      const path = fix.renameTo === undefined ? undefined : renamedPath(place.path ?? "", fix.renameTo);
      const fixed = applyEdits(text, fix.edits);
      if (path === undefined) expect(fixed, `${fix.title} changes the text`).not.toBe(text);
      const newPlace = path === undefined ? place : { ...place, path };
      const after = diagnose(fixed, config, knowledgeWith(schemasOf(one)), newPlace);
      const isSame = (other: Diagnostic): boolean =>
        other.check === diagnostic.check && other.message === diagnostic.message;
      expect(after.filter(isSame).length, `${fix.title} removes the finding`).toBeLessThan(
        found.filter(isSame).length,
      );
      const isSyntax = ({ check }: Diagnostic): boolean => check.endsWith("/syntax");
      expect(after.filter(isSyntax).length, `${fix.title} adds no syntax error`).toBeLessThanOrEqual(
        found.filter(isSyntax).length,
      );
      return path ?? fixed;
    }),
  );
  // `renamed`: the path that a fix gives to the file.
  const wanted = one.blocks.flatMap(({ language, text: block }) =>
    language === "fixed" ? [block] : language === "renamed" ? [block.trim()] : [],
  );
  wanted.forEach((block) => expect(results, `a fix of ${id}`).toContain(block));
}

function blockOf(one: FixtureCase, language: string): string {
  const block = one.blocks.find((candidate) => candidate.language === language);
  if (block === undefined) throw new Error(`"${one.name}" has no ${language} block`);
  return block.text;
}

/** Schemas that the case is checked with, beside the packaged data. */
function schemasOf(one: FixtureCase | undefined): string | undefined {
  return one?.blocks.find(({ language }) => language === "schemas")?.text;
}

describe("documentation", () => {
  /** Examples of a check that needs schemas are read with those of its first fixture. */
  const knowledgeFor = (check: string): ReturnType<typeof knowledgeWith> =>
    knowledgeWith(schemasOf(fixtures.find(({ id }) => id === check)?.cases[0]));

  const casesOf = (check: string): readonly FixtureCase[] =>
    fixtures.find(({ id }) => id === check)?.cases ?? [];

  const placeFor = (check: string): Place => placeOfCase(casesOf(check)[0]);

  /** What only the place can be wrong with shows its good example in another one, that of a case of this name. */
  const goodPlaceFor = (check: string): Place =>
    placeOfCase(casesOf(check).find(({ name }) => name === "The good example") ?? casesOf(check)[0]);

  // Those of events and manifests are shown and tried with such files.
  const ofRules = CHECKS.filter((check) => check.on !== "run" || check.file === undefined);
  const documented = ofRules.filter((check) => check.bad !== "");

  test.each(documented)("the bad example of $id yields this finding and no other", (check) => {
    const found = visible(
      diagnose(check.bad, ELASTIC, knowledgeFor(check.id), placeFor(check.id)),
      check.id,
    ).map((one) => one.check);
    expect([...new Set(found)]).toEqual([check.id]);
  });

  test.each(documented)("the good example of $id is fine", (check) => {
    expect(
      visible(diagnose(check.good, ELASTIC, knowledgeFor(check.id), goodPlaceFor(check.id)), check.id),
    ).toEqual([]);
  });

  const untestable = ["internal/check-failed", "toml/encoding", "toml/unreadable"];
  test.each(ofRules.filter(({ id }) => !untestable.includes(id)))(
    "$id has a fixture and examples",
    ({ id, bad, good }) => {
      expect(fixtures.map((fixture) => fixture.id)).toContain(id);
      expect(bad).not.toBe("");
      expect(good).not.toBe("");
    },
  );
});
