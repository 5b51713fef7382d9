/** What the editor says of sample events: the words of the Test Explorer, the texts after lines, what goes into files. */
import { describe, expect, test, vi } from "vitest";
import { clauseLines } from "../../client/src/testing/clauseLines.ts";
import { type LineChange, shiftedLine } from "../../client/src/testing/lineShift.ts";
import { type Addition, newTexts, testFileFor } from "../../client/src/testing/newTexts.ts";
import { escapedSentence, shownOf } from "../../client/src/testing/present.ts";
import { type ShownResults, shownClauses } from "../../client/src/testing/shownClauses.ts";
import { isTestFile, likelyRule } from "../../client/src/testing/testFiles.ts";
import { type InlineClause, type TestCaseReport } from "../../server/src/lsp/protocol.ts";

vi.mock("vscode", async () => {
  const { filled } = await import("./fill.ts");
  return { l10n: { t: filled } };
});

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function report(own: Partial<TestCaseReport>): TestCaseReport {
  return {
    id: "a.toml::match",
    outcome: "failed",
    message: null,
    expected: "no alert",
    actual: "1 alert",
    eventCount: 3,
    alertCount: 1,
    range: null,
    detail: "",
    milliseconds: 1,
    ...own,
  };
}

describe("the Test Explorer", () => {
  test.each<readonly [name: string, own: Partial<TestCaseReport>, shown: unknown]>([
    ["passed", { outcome: "passed" }, { kind: "passed" }],
    [
      "a failure with its sentence",
      { message: "Expected every event to alert; 3 of 3 did not" },
      { kind: "failed", markdown: "Expected every event to alert; 3 of 3 did not" },
    ],
    ["a failure without one", {}, { kind: "failed", markdown: "Expected no alert, got 1 alert" }],
    [
      "a failure with its explanation, whose indents stay",
      { message: "Expected `a_b*` of c_d", detail: "```text\n✗ all\n  ✗ x\n```" },
      {
        kind: "failed",
        markdown: "Expected `a_b*` of c\\_d\n\n```text\n✗ all\n\u00a0\u00a0✗ x\n```",
      },
    ],
    [
      "what cannot be read",
      { outcome: "error", message: "The case has no events" },
      { kind: "errored", markdown: "The case has no events" },
    ],
    [
      "unsupported, with the reason",
      { outcome: "unsupported", message: "Rules of the type ES|QL cannot be run" },
      { kind: "skipped", text: "cannot be run: Rules of the type ES|QL cannot be run" },
    ],
    [
      "unsupported for no known reason",
      { outcome: "unsupported" },
      { kind: "skipped", text: "cannot be run: it is not known why" },
    ],
    ["a known miss", { outcome: "todo" }, { kind: "skipped", text: "a known miss" }],
    [
      "a known miss that is none any more",
      { outcome: "todo", message: "Passes now" },
      { kind: "skipped", text: "a known miss: Passes now" },
    ],
    ["scratch", { outcome: "scratch" }, { kind: "skipped", text: "scratch: 1 of 3 alert" }],
  ])("%s", (_name, own, shown) => {
    expect(shownOf(report(own))).toEqual(shown);
  });

  test.each([
    ["plain", "plain"],
    ["a*b <c> [d]", "a\\*b \\<c\\> \\[d\\]"],
    ["`a*b` and a*b", "`a*b` and a\\*b"],
    ["`never closed *", "\\`never closed \\*"],
  ])("of %s nothing but names in backticks is Markdown", (sentence, markdown) => {
    expect(escapedSentence(sentence)).toBe(markdown);
  });
});

describe("texts after lines", () => {
  function clause(line: number, text: string, own: Partial<InlineClause> = {}): InlineClause {
    const told = { about: "events", count: text, verdict: null, state: "neutral" } as const;
    return { line, text, ...told, range: NOWHERE, hover: "", ...own };
  }

  test.each<readonly [name: string, clauses: readonly InlineClause[], texts: readonly string[]]>([
    ["nothing", [], []],
    [
      "one text for each line",
      [clause(3, "1/2 events"), clause(4, "2/2 events")],
      ["3: 1/2 events", "4: 2/2 events"],
    ],
    [
      "what is counted is said once",
      [clause(3, "1/2 events"), clause(3, "2/2 events")],
      ["3: 1/2  ·  2/2 events"],
    ],
    [
      "but not left out before other words",
      [clause(3, "1/2 events"), clause(3, "2/2 match")],
      ["3: 1/2 events  ·  2/2 match"],
    ],
    [
      "signs, not colours",
      [clause(3, "1/2 events", { state: "matched" }), clause(4, "was `x`", { state: "rejected" })],
      ["3: ✓ 1/2 events", "4: ✗ was `x`"],
    ],
    [
      "what rejects comes first",
      [clause(3, "1/2 events"), clause(3, "step 2 came 5 s after maxspan", { state: "rejected" })],
      ["3: ✗ step 2 came 5 s after maxspan  ·  1/2 events"],
    ],
    ["long ones are cut", [clause(3, "x".repeat(300))], [`3: ${"x".repeat(160)}…`]],
  ])("%s", (_name, clauses, texts) => {
    expect(clauseLines(clauses).map(({ line, text }) => `${line}: ${text}`)).toEqual(texts);
  });

  const ALL = { counts: true, rejectedClause: true, sequences: true };
  const NONE = { counts: false, rejectedClause: false, sequences: false };

  test.each<readonly [name: string, shown: ShownResults, texts: readonly string[]]>([
    [
      "all",
      ALL,
      ["1 1/2 events neutral", "2 1/2 events, was `x` rejected", "3 2/2 events matched", "4 step 1 matched"],
    ],
    ["no counts", { ...ALL, counts: false }, ["2 was `x` rejected", "3 holds matched", "4 step 1 matched"]],
    [
      "nothing of the chosen event",
      { ...ALL, rejectedClause: false },
      ["1 1/2 events neutral", "2 1/2 events neutral", "3 2/2 events neutral", "4 step 1 matched"],
    ],
    [
      "no sequences",
      { ...NONE, counts: true },
      ["1 1/2 events neutral", "2 1/2 events neutral", "3 2/2 events neutral"],
    ],
    ["sequences alone", { ...NONE, sequences: true }, ["4 step 1 matched"]],
    ["nothing", NONE, []],
  ])("settings choose: %s", (_name, shown, texts) => {
    const clauses = [
      clause(1, "1/2 events"),
      clause(2, "1/2 events, was `x`", { count: "1/2 events", verdict: "was `x`", state: "rejected" }),
      clause(3, "2/2 events", { verdict: "holds", state: "matched" }),
      clause(4, "step 1", { about: "series", state: "matched" }),
    ];
    const found = shownClauses(clauses, shown).map(({ line, text, state }) => `${line} ${text} ${state}`);
    expect(found).toEqual(texts);
  });

  test("the hover of a line says the same of each clause, for those who cannot see the text", () => {
    const [line] = clauseLines([
      clause(3, "1/2 events", { hover: "True of 1 of 2 events" }),
      clause(3, "1/2 match"),
    ]);
    expect(line?.hover).toBe("True of 1 of 2 events\n\n---\n\n1/2 match");
  });
});

describe("the line of the chosen event", () => {
  function change(startLine: number, endLine: number, endCharacter: number, text: string): LineChange {
    return { range: { start: { line: startLine }, end: { line: endLine, character: endCharacter } }, text };
  }

  test.each<readonly [name: string, line: number, changes: readonly LineChange[], moved: number]>([
    ["nothing changes", 3, [], 3],
    ["a line is put in above", 3, [change(0, 0, 0, "x\n")], 4],
    ["a line is put in at its beginning", 3, [change(2, 2, 0, "x\n")], 4],
    ["it is typed in", 3, [change(2, 2, 5, "x\n")], 3],
    ["a line is put in below", 3, [change(3, 3, 0, "x\n")], 3],
    ["two lines above are taken away", 3, [change(0, 2, 0, "")], 1],
    ["lines above become one", 4, [change(0, 2, 0, "x\n")], 3],
    ["several changes at once", 5, [change(3, 3, 0, "a\nb\n"), change(0, 1, 0, "")], 6],
  ])("%s", (_name, line, changes, moved) => {
    expect(shiftedLine(line, changes)).toBe(moved);
  });
});

describe("what is added to files", () => {
  function addition(uri: string, text: string, header = ""): Addition {
    return { uri, text, header };
  }

  test.each<
    readonly [
      name: string,
      additions: readonly Addition[],
      present: Readonly<Record<string, string>>,
      texts: Readonly<Record<string, { readonly text: string; readonly isNew: boolean }>>,
    ]
  >([
    ["a new file", [addition("a", "1\n")], {}, { a: { text: "1\n", isNew: true } }],
    [
      "several for one new file, after its header",
      [addition("a", "1\n", "cases:\n"), addition("a", "2\n", "cases:\n")],
      {},
      { a: { text: "cases:\n1\n2\n", isNew: true } },
    ],
    [
      "a file that is there gets no header",
      [addition("a", "2\n", "cases:\n")],
      { a: "cases:\n1\n" },
      { a: { text: "2\n", isNew: false } },
    ],
    [
      "a last line without an end gets one",
      [addition("a", "2\n")],
      { a: "1" },
      { a: { text: "\n2\n", isNew: false } },
    ],
    ["an empty file gets none", [addition("a", "2\n")], { a: "" }, { a: { text: "2\n", isNew: false } }],
    [
      "what is there is not added again",
      [addition("a", "1\n"), addition("b", "1\n")],
      { a: "0\n1\n" },
      { b: { text: "1\n", isNew: true } },
    ],
  ])("%s", (_name, additions, present, texts) => {
    expect(Object.fromEntries(newTexts(additions, new Map(Object.entries(present))))).toEqual(texts);
  });

  test("cases go beside the scratch file", () => {
    const scratch = "file:///r/_tests/a.events.ndjson";
    expect((["events", "match", "nomatch"] as const).map((kind) => testFileFor(scratch, kind))).toEqual([
      "file:///r/_tests/a.events.ndjson",
      "file:///r/_tests/a.match.ndjson",
      "file:///r/_tests/a.nomatch.ndjson",
    ]);
  });
});

describe("files of tests", () => {
  test.each<readonly [path: string, rule: string | undefined]>([
    ["/r/rules/_tests/a.match.ndjson", "/r/rules/a.toml"],
    ["/r/rules/_tests/a.match.procdump.ndjson", "/r/rules/a.toml"],
    ["/r/rules/_tests/a.match.ndjson.gz", "/r/rules/a.toml"],
    ["/r/rules/_tests/a.test.yaml", "/r/rules/a.toml"],
    ["/r/rules/a.events.jsonl", "/r/rules/a.toml"],
    ["/_tests/a.match.ndjson", "/a.toml"],
    ["/r/rules/a.toml", undefined],
    ["/r/docker-compose.yml", undefined],
    ["/r/test.yml", undefined],
  ])("%s", (path, rule) => {
    expect(likelyRule(path)).toBe(rule);
    expect(isTestFile(path)).toBe(rule !== undefined);
  });
});
