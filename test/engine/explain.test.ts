/** Why an event matches or not: a query and an event in, the tree as text out. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileCondition } from "../../server/src/core/engine/eql/compile.ts";
import { eventClause, explainEvent } from "../../server/src/core/engine/eql/explain.ts";
import { type EqlOptions } from "../../server/src/core/engine/eql/plan.ts";
import { defaultEqlOptions } from "../../server/src/core/engine/eql/run.ts";
import { type JsonObject } from "../../server/src/core/engine/event.ts";
import { distanceTo, type Explanation, failingClauses } from "../../server/src/core/engine/explain.ts";
import { renderExplanation } from "../../server/src/core/engine/explainText.ts";
import { parseEql, parseEqlCondition } from "../../server/src/core/query/eql/index.ts";
import { type Mapping, optionsFor } from "./eqlAsk.ts";
import { randomDocuments, randomExpressions, randomSeenFields, randomTypes } from "./eqlRandom.ts";
import { naiveCondition } from "./naive.ts";

function explanationOf(source: string, document: JsonObject, mapping: Mapping = {}): Explanation {
  const isQuery = / where /.test(source);
  const { ast, errors } = isQuery ? parseEql(source) : parseEqlCondition(source);
  if (errors[0] !== undefined) throw new Error(`${source}: ${errors[0].message}`);
  const part = ast.kind === "query" ? ast.body : ast;
  if (part.kind === "sequence" || part.kind === "sample" || part.kind === "join") throw new Error(source);
  const explanation = explainEvent(source, part, { document, line: 1 }, optionsFor(document, mapping));
  if (!explanation.ok) throw new Error(`unsupported: ${explanation.error.feature}`);
  return explanation.value;
}

function rendered(source: string, document: JsonObject, mapping: Mapping = {}): string {
  return renderExplanation(explanationOf(source, document, mapping));
}

const NAME = { "process.name": "powershell.exe" };
const THREE = { "process.args": ["a", "b", "c"] };

describe("a leaf says what the event has", () => {
  test.each<readonly [string, JsonObject, string]>([
    ['process.name : "cmd.exe"', NAME, '✗ process.name : "cmd.exe" — was `powershell.exe`'],
    ['process.name == "powershell.exe"', NAME, "✓ … — was `powershell.exe`"],
    ['process.name == "PowerShell.exe"', NAME, "✗ … — was `powershell.exe`, where only the case differs"],
    ['process.name != "cmd.exe"', NAME, "✓ … — was `powershell.exe`"],
    ['process.name : "cmd.exe"', {}, "✗ … — `process.name` is absent"],
    ['process.name : ("cmd*", "power*")', NAME, "✓ … — was `powershell.exe`, which matches `power*`"],
    ['process.name like "Power*"', NAME, "✗ … — was `powershell.exe`, where only the case differs"],
    [
      'process.name in ("CMD.EXE", "POWERSHELL.EXE")',
      NAME,
      "✗ … — was `powershell.exe`, where only the case differs",
    ],
    ['process.name not in ("a", "powershell.exe")', NAME, "✗ … — was `powershell.exe`"],
    ['process.name regex "[a-z]+"', NAME, "✗ … — was `powershell.exe`"],
    ['process.name == ""', { "process.name": "" }, "✓ … — was empty"],
    ['process.name : "x"', { "process.name": "a\nb" }, "✗ … — was `a\\nb`"],
    ['process.args == "x"', THREE, "✗ … — 3 values, none equal: `a`, `b`, `c`"],
    ['process.args == "b"', THREE, "✓ … — `b`, one of 3 values, is equal"],
    ['process.args != "b"', THREE, "✗ … — `b`, one of 3 values, is equal"],
    ['process.args : "b?"', THREE, "✗ … — 3 values, none matches: `a`, `b`, `c`"],
    [
      'process.args in ("x", "y")',
      { "process.args": ["a", "b", "c", "d", "e"] },
      "✗ … — 5 values, none in the list: `a`, `b`, `c` and 2 more",
    ],
    ["pid > 5", { pid: 3 }, "✗ … — was `3`"],
    ["5 < pid", { pid: [3, 4] }, "✗ … — 2 values, none fits: `3`, `4`"],
    ["pid == null", { pid: 3 }, "✗ … — was `3`"],
    ["pid == null", {}, "✓ … — `pid` is absent"],
    ["pid != null", { pid: [1, 2] }, "✓ … — 2 values: `1`, `2`"],
    ["?pid == 4", {}, "✗ … — `pid` is in no event and no schema, so it counts as null"],
    [
      'not ?pid : "4"',
      {},
      '– not\n  – ?pid : "4" — `pid` is in no event and no schema, so it counts as null',
    ],
    ["length(name) > 3", { name: "abc" }, "✗ … — was `3`; `name` was `abc`"],
    ["length(name) > 3", {}, "✗ … — `name` is absent"],
    ["length(name) > 3", { name: ["a", "bcd"] }, "✗ … — `length(name)`: 2 values, none fits: `1`, `3`"],
    ['indexOf(name, "x") > 3', { name: "abc" }, '✗ … — `indexOf(name, "x")` has no value; `name` was `abc`'],
    ['startsWith(name, "B")', { name: "abc" }, "✗ … — `name` was `abc`"],
    ['startsWith(name, "A")', { name: "abc" }, "✗ … — `name` was `abc`, where only the case differs"],
    ["startsWith(a, b)", { a: "abc" }, "✗ … — `a` was `abc`; `b` is absent"],
    ["a == b", { a: 1, b: 2 }, "✗ … — `a` was `1`; `b` was `2`"],
    ["flag", { flag: false }, "✗ … — was `false`"],
    ["flag == true", { flag: false }, "✗ … — was `false`"],
    ["true", {}, "✓ …"],
    ["1 == 2", {}, "✗ … — the same for every event"],
    [
      "number(name) == 1",
      { name: "x" },
      "✗ … — `number(name)` has no value; `name` was `x`; Elasticsearch fails on a text that is no number",
    ],
    [
      "1 / pid == 1",
      { pid: 0 },
      "✗ … — `1 / pid` has no value; `pid` was `0`; Elasticsearch fails on a division by zero",
    ],
  ])("%s", (source, document, expected) => {
    expect(rendered(source, document)).toBe(expected.replace("…", source));
  });

  test("values that the type of the field cannot read", () => {
    const mapping = { pid: "long", "@timestamp": "date", ip: "ip" };
    const document = { pid: "abc", "@timestamp": 0, ip: "::1" };
    expect(rendered("pid == 1", document, mapping)).toBe("✗ pid == 1 — was `abc`, which is no `long`");
    expect(rendered('@timestamp > "2024"', document, mapping)).toBe(
      '✗ @timestamp > "2024" — was `1970-01-01T00:00:00.000Z`',
    );
    expect(rendered('cidrMatch(ip, "10.0.0.0/8")', document, mapping)).toBe(
      '✗ cidrMatch(ip, "10.0.0.0/8") — `ip` was `::1`',
    );
  });

  test("long texts give way in the middle", () => {
    const text = rendered(`name : "${"x".repeat(200)}end"`, { name: `C:\\${"y".repeat(200)}.exe` });
    expect(text).toMatch(/^✗ name : "x+…x+end" — was `C:\\y+…y+\.exe`$/);
    expect(text.length).toBeLessThan(200);
  });
});

describe("a tree says how the verdicts join", () => {
  test.each<readonly [string, JsonObject, readonly string[]]>([
    [
      'process where process.name : "cmd.exe" and not user.name : ("SYSTEM", "root")',
      { event: { category: "process" }, ...NAME, user: { name: "system" } },
      [
        "✗ all of these",
        "  ✓ process — `event.category` was `process`",
        '  ✗ process.name : "cmd.exe" — was `powershell.exe`',
        "  ✗ not",
        '    ✓ user.name : ("SYSTEM", "root") — was `system`, which matches `SYSTEM`',
      ],
    ],
    [
      "process where true",
      { event: { category: ["file", "network"] } },
      ["✗ all of these", "  ✗ process — `event.category` was `file`, `network`", "  ✓ true"],
    ],
    ["file where true", {}, ["✗ all of these", "  ✗ file — `event.category` is absent", "  ✓ true"]],
    ["any where x == 1", { x: 1 }, ["✓ any where x == 1", "  ✓ x == 1 — was `1`"]],
    [
      "(x == 1 or (x == 2 or y == 1)) == true",
      { x: 3 },
      [
        "✗ (x == 1 or (x == 2 or y == 1)) == true",
        "  ✗ one of these",
        "    ✗ x == 1 — was `3`",
        "    ✗ x == 2 — was `3`",
        "    ✗ y == 1 — `y` is absent",
      ],
    ],
    ["(x == 1) != true", { x: 3 }, ["✓ not", "  ✗ x == 1 — was `3`"]],
  ])("%s", (source, document, expected) => {
    expect(rendered(source, document).split("\n")).toEqual(expected);
  });

  test("of very many parts the first are shown", () => {
    const source = Array.from({ length: 60 }, (_one, i) => `x == ${i}`).join(" or ");
    const lines = rendered(source, { x: 55 }).split("\n");
    expect(lines.length).toBe(52);
    expect(lines.at(-1)).toBe("  … 10 more, 1 of them true");
  });
});

describe("failing clauses are the smallest that decide", () => {
  test.each<readonly [string, JsonObject, readonly string[]]>([
    ["x == 1 and y == 2 and z == 3", { x: 1, y: 1, z: 1 }, ["y == 2", "z == 3"]],
    ["x == 1 or y == 2", { x: 2 }, ["x == 1", "y == 2"]],
    ["not (x == 1 or y == 2)", { y: 2 }, ["y == 2"]],
    ["not (x == 1 and y == 2)", { x: 1, y: 2 }, ["x == 1", "y == 2"]],
    ["x == 1 and not (y == 2 and z == 3)", { x: 2, y: 2, z: 1 }, ["x == 1"]],
    ["x == 1", { x: 1 }, []],
    ["x == 1 and ?m == 1", { x: 1 }, ["?m == 1"]],
  ])("%s", (source, document, expected) => {
    expect(failingClauses(explanationOf(source, document)).map(({ text }) => text)).toEqual(expected);
  });
});

describe("verdicts are those of the engine", () => {
  const options: EqlOptions = { ...defaultEqlOptions, types: randomTypes, seenFields: randomSeenFields };
  const documents = fc.array(randomDocuments, { minLength: 1, maxLength: 4 });

  test("of the whole and of every part", () => {
    let ran = 0;
    const property = fc.property(randomExpressions.truth, documents, (source, some) => {
      const { ast } = parseEqlCondition(source);
      const compiled = compileCondition(ast, options);
      for (const document of some) {
        const explanation = explainEvent(source, ast, { document, line: 1 }, options);
        expect(explanation.ok).toBe(compiled.ok);
        if (!explanation.ok || !compiled.ok) return;
        ran++;
        expect(explanation.value.verdict === true, source).toBe(compiled.value(document));
        for (const part of partsOf(explanation.value)) expectSameVerdict(part, document);
        expectDecided(source, explanation.value, document);
      }
    });
    fc.assert(property, { seed: 20_240_531, numRuns: 1500 });
    expect(ran).toBeGreaterThan(1500);
  });

  /** Every part is a condition of its own. */
  function expectSameVerdict(part: Explanation, document: JsonObject): void {
    const { ast, errors } = parseEqlCondition(part.text);
    expect(errors, part.text).toEqual([]);
    const compiled = compileCondition(ast, options);
    if (!compiled.ok) throw new Error(`${part.text}: ${compiled.error.feature}`);
    expect(part.verdict === true, part.text).toBe(compiled.value(document));
    const expected = naiveCondition(ast, document, options);
    expect(part.verdict, part.text).toBe(expected ?? "null");
  }

  function expectDecided(source: string, explanation: Explanation, document: JsonObject): void {
    const clause = eventClause(source, parseEqlCondition(source).ast, options);
    if (!clause.ok) throw new Error(source);
    const isTrue = explanation.verdict === true;
    expect(distanceTo(true, clause.value, document) === 0, source).toBe(isTrue);
    expect(failingClauses(explanation).length === 0, source).toBe(isTrue);
  }
});

function partsOf(explanation: Explanation): readonly Explanation[] {
  return [explanation, ...explanation.children.flatMap(partsOf)];
}
