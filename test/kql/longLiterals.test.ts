/** A literal of 100 kB stops no check of KQL, whatever it is made of. */
import { describe, expect, test } from "vitest";
import { CHECKS } from "../../server/src/core/checks/registry.generated.ts";
import { kql, parseKql } from "../../server/src/core/query/kql/index.ts";
import { snapshot } from "../support/analyse.ts";
import { fastest } from "../support/fastest.ts";

const SIZE = 100_000;
const LIMIT_MILLISECONDS = 50;

const checks = CHECKS.filter(
  (check) => (check.on === "query" || check.on === "fields") && check.languages.includes("kuery"),
);

const FIELDS = ["process.args", "file.path", "process.pid", "source.ip", "message", "unheard.of"];
const BODIES = [
  ...[
    "[ to ",
    "a",
    "1",
    "?",
    "*",
    "a*",
    "a ",
    "a, ",
    "a;",
    "\\\\",
    "\\t-",
    "\\\\a ",
    "a.",
    "a= ",
    "1_",
    "1.",
  ],
  ...["'", "`", "a/", "// ", "# ", "&& ", "| ", "! ", "-", ".", ",", "é", "\u00a0a"],
];
const ENDS = ["", "]", "~", "*", " b"];

function ruleWith(query: string): string {
  return `[metadata]\n[rule]\ntype = "query"\nlanguage = "kuery"\nquery = ${JSON.stringify(query)}\n`;
}

/** The slowest of the checks, if it is too slow. */
function slowChecks(query: string): readonly string[] {
  const [analyzed] = snapshot(ruleWith(query)).queries();
  if (analyzed === undefined) throw new Error("The rule has no query");
  const scope = analyzed.scope();
  return checks.flatMap((check) => {
    const work = (): void => {
      if (check.on === "query") void [...check.run(analyzed)];
      if (check.on === "fields" && scope !== undefined) void [...check.run(analyzed, scope)];
    };
    return fastest(work, LIMIT_MILLISECONDS) < LIMIT_MILLISECONDS ? [] : [check.id];
  });
}

describe("One long value", () => {
  test.each(BODIES)("of %j", (body) => {
    const long = body.repeat(Math.ceil(SIZE / body.length));
    const field = FIELDS[BODIES.indexOf(body) % FIELDS.length] ?? "";
    for (const end of ENDS) {
      const texts = [
        `${field}:${long}${end}`,
        `${field}:"${long}${end}"`,
        `${field}:(b or ${long}${end})`,
        `${long}${end}`,
      ];
      for (const text of texts) {
        expect([text.slice(-20), slowChecks(text)]).toEqual([text.slice(-20), []]);
        const parse = parseKql(text);
        for (const ask of [() => kql.wordAt?.(parse, SIZE), () => kql.expects?.(parse, text.length)])
          expect(fastest(ask, LIMIT_MILLISECONDS)).toBeLessThan(LIMIT_MILLISECONDS);
      }
    }
  });
});
