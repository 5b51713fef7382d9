/** Texts that are in some sets and not in others, against the engine's own matching. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileRegex } from "../../server/src/core/engine/regex.ts";
import { parseRegex } from "../../server/src/core/engine/regexParse.ts";
import { compilePatterns } from "../../server/src/core/engine/pattern.ts";
import { regexOf, wildcardPattern, withCapitals } from "../../server/src/core/testing/generate/pattern.ts";
import { witness } from "../../server/src/core/testing/generate/witness.ts";

const SEED = 20_260_101;

describe("texts that are in some sets and not in others", () => {
  const pattern = fc.string({ unit: fc.constantFrom(..."abX*?"), minLength: 1, maxLength: 8 });

  test("of wildcards", () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 1, maxLength: 3 }),
        fc.array(pattern, { maxLength: 2 }),
        (wanted, unwanted) => {
          const sets = (some: readonly string[]): ReturnType<typeof regexOf>[] =>
            some.map((one) => regexOf(wildcardPattern(one), "any"));
          const text = witness(sets(wanted), sets(unwanted));
          if (text === undefined) return;
          found++;
          for (const one of wanted)
            expect(compilePatterns([one], "ascii")(text), `${text} is ${one}`).toBe(true);
          for (const one of unwanted)
            expect(compilePatterns([one], "ascii")(text), `${text} is not ${one}`).toBe(false);
        },
      ),
      { seed: SEED, numRuns: 2000 },
    );
    expect(found).toBeGreaterThan(400);
  });

  const leaf = fc.constantFrom("a", "b", "[ab]", "[^a]", ".", "A", "x");
  const expression = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.tuple(tie("node"), tie("node")).map(([one, other]) => `${one}${other}`),
      fc.tuple(tie("node"), tie("node")).map(([one, other]) => `(${one}|${other})`),
      fc
        .tuple(tie("node"), fc.constantFrom("*", "+", "?", "{2}", "{1,3}"))
        .map(([one, mark]) => `(${one})${mark}`),
    ),
  })).node;

  test("of regular expressions", () => {
    let found = 0;
    fc.assert(
      fc.property(expression, expression, fc.boolean(), (wanted, unwanted, isFolded) => {
        const folding = isFolded ? "ascii" : "exact";
        const [one, other] = [wanted, unwanted].map((source) => parseRegex(source, folding));
        if (one?.ok !== true || other?.ok !== true) throw new Error("no regular expression");
        const trees = [one.value, other.value].map((tree) => (isFolded ? withCapitals(tree) : tree));
        const text = witness(trees.slice(0, 1), trees.slice(1));
        if (text === undefined) return;
        found++;
        const tests = [wanted, unwanted].map((source) => compileRegex(source, folding));
        expect(
          tests.map((compiled) => compiled.ok && compiled.value(text)),
          text,
        ).toEqual([true, false]);
      }),
      { seed: SEED, numRuns: 1500 },
    );
    expect(found).toBeGreaterThan(700);
  });

  test.each<readonly [wanted: readonly string[], unwanted: readonly string[], text: string | undefined]>([
    [["a"], ["b"], "a"],
    [["a"], ["a"], undefined],
    [["a*", "*b"], [], "ab"],
    [["*"], ["?*"], ""],
    [["?"], ["a", "b"], "c"],
    [["*a*b*", "*b*a*"], [], "aba"],
  ])("%j and not %j", (wanted, unwanted, text) => {
    const sets = [wanted, unwanted].map((some) => some.map((one) => regexOf(wildcardPattern(one), "exact")));
    expect(witness(sets[0] ?? [], sets[1] ?? [])).toBe(text);
  });
});
