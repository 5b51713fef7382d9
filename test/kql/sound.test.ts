import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { walk } from "../../server/src/core/query/ast.ts";
import { childrenOf, type KqlAst, kibanaTree, kql, parseKql } from "../../server/src/core/query/kql/index.ts";
import { KqlParser, kqlParser } from "../../server/src/core/query/kql/grammar.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { encloses, type Span } from "../../server/src/core/text/span.ts";
import { seededRandom } from "../support/random.ts";
import { naiveTree } from "./naiveKql.ts";
import { randomQuery } from "./randomQuery.ts";

const SEED = 20_240_613;

const QUERIES: readonly string[] = [
  'event.type:start and not process.name:(cmd.exe or "power shell.exe" or *sh) and process.pid > 4',
  'a.b:{ c:d and not e:{ f <= now-1d/d } } or "free text" and g\\:h:C\\:\\\\x\\\\*',
  'not (a : (b and not (c or d))  or e:*)\n  AND @timestamp >= "2024-05-31" Or x:true',
  "process.args:(-a or --bb or /c) and host.ip:10.0.0.0/8 and cannot:be",
];

const WORDS =
  'and or not AND Or NOT a b.c a: : ( ) { } < <= > >= "x" "y z" " \\ \\* * \\and \\not \\t \\u0041 \\u00 \\q , ; = == != && || ! cannot andy or( )and not( true null false null: ** a* 1 2001:db8::1 C:\\x /* // # \u00a0 \n \t é 😀 "\\"" in like [ ] .. @ adn';

function problemsOf(text: string): readonly string[] {
  const parse = parseKql(text);
  const problems: string[] = [];
  const inText = (span: Span): boolean =>
    0 <= span.start && span.start <= span.end && span.end <= text.length;
  if (kqlParser().errors.length > 0) problems.push("the grammar did not take every token");
  for (const { span, fixes } of parse.errors) {
    if (!inText(span)) problems.push("an error outside the text");
    for (const { edits } of fixes) {
      if (edits.some((edit) => !inText(edit.span))) problems.push("an edit outside the text");
      if (applyEdits(text, edits) === text) problems.push("a fix that changes nothing");
    }
  }
  for (const node of walk<KqlAst>(parse.ast, childrenOf)) {
    if (!inText(node.span)) problems.push(`${node.kind} outside the text`);
    let reached = node.span.start;
    for (const child of childrenOf(node)) {
      if (!encloses(node.span, child.span)) problems.push(`${child.kind} outside its ${node.kind}`);
      if (child.span.start < reached) problems.push(`${child.kind} out of order in ${node.kind}`);
      reached = child.span.start;
    }
  }
  for (const { span } of [...kql.facts(parse).fields, ...(kql.symbols?.(parse) ?? [])]) {
    if (!inText(span)) problems.push("a fact or symbol outside the text");
  }
  kql.wordAt?.(parse, Math.floor(text.length / 2));
  kql.folds?.(parse);
  const naive = naiveTree(text);
  if (parse.errors.length === 0) expect(kibanaTree(parse.ast)).toEqual(naive);
  else if (naive !== undefined) problems.push("an error in what is right");
  return problems;
}

test("The grammar is sound by Chevrotain's own validation", () => {
  expect(() => new KqlParser("full")).not.toThrow();
});

describe("Any text gives a tree with sane spans, and an error where the written grammar has none for it", () => {
  test.each(QUERIES)("every prefix of %s", (query) => {
    expect(parseKql(query).errors).toEqual([]);
    for (let end = 0; end <= query.length; end++)
      expect(problemsOf(query.slice(0, end)), query.slice(0, end)).toEqual([]);
  });

  test.each(QUERIES)("every deletion of a character from %s", (query) => {
    for (let at = 0; at < query.length; at++) {
      const text = query.slice(0, at) + query.slice(at + 1);
      expect(problemsOf(text), text).toEqual([]);
    }
  });

  test(`random words (seed ${SEED})`, () => {
    const random = seededRandom(SEED);
    const words = [...WORDS.split(" "), " ", " and ", " or ", "not "];
    for (let round = 0; round < 5000; round++) {
      const chosen = Array.from(
        { length: 1 + random.below(15) },
        () => words[random.below(words.length)] ?? "",
      );
      const text = chosen.join(random.below(3) === 0 ? "" : " ");
      expect(problemsOf(text), text).toEqual([]);
    }
  });

  test(`random queries are right (seed ${SEED})`, () => {
    fc.assert(
      fc.property(randomQuery, (text) => {
        expect(parseKql(text).errors).toEqual([]);
        expect(problemsOf(text)).toEqual([]);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
