import { describe, expect, test } from "vitest";
import { walk } from "../../server/src/core/query/ast.ts";
import { childrenOf, eql, type EqlAst, parseEql } from "../../server/src/core/query/eql/index.ts";
import { EqlParser, eqlParser } from "../../server/src/core/query/eql/grammar.ts";
import { encloses, type Span } from "../../server/src/core/text/span.ts";
import { seededRandom } from "../support/random.ts";

const SEED = 20_240_611;

const QUERIES: readonly string[] = [
  'process where event.type == "start" and not process.name : ("cmd.exe", "power*.exe") and ?user.id != null',
  'sequence by host.id, ?user.name with maxspan=5m\n  [process where process.pid in (1, -2)] by process.entity_id with runs=3\n  ![network where cidrMatch(destination.ip, "10.0.0.0/8")] by process.entity_id\nuntil [process where event.type == "end"] by process.entity_id\n| head 5',
  'sample by host.id\n  [file where startsWith~(file.path, """C:\\x""") /* a /* b */ c */]\n  [any where length(`odd name`.x) + 2 * 3 > 1.5e3 // end\n  ]',
  '"a category" where file.name regex~ "[a-z]+\\\\.exe" or (a.b == true and c not in~ ("\\u{1F600}")) | tail 2 - 1',
];

const WORDS =
  'and or not in in~ : like regex~ any by join maxspan of sample sequence until where with null a b.c ? ( ) [ ] ![ , . | == = < + - * "x" \'y\' """r""" 1 2.5 30s ` " $ AND NOT && || ! !: := runs head child f( { } \\ cmd.exe *.exe \'\' "" -- IS NULL stats /* */ // fork [0] é';

function problemsOf(text: string): readonly string[] {
  const parse = parseEql(text);
  const problems: string[] = [];
  const inText = (span: Span): boolean =>
    0 <= span.start && span.start <= span.end && span.end <= text.length;
  if (eqlParser().errors.length > 0) problems.push("the grammar did not take every token");
  for (const { span, fixes } of parse.errors) {
    if (!inText(span)) problems.push("an error outside the text");
    if (fixes.some(({ edits }) => edits.some((edit) => !inText(edit.span))))
      problems.push("an edit outside the text");
  }
  for (const node of walk<EqlAst>(parse.ast, childrenOf)) {
    if (!inText(node.span)) problems.push(`${node.kind} outside the text`);
    let reached = node.span.start;
    for (const child of childrenOf(node)) {
      if (!encloses(node.span, child.span)) problems.push(`${child.kind} outside its ${node.kind}`);
      if (child.span.start < reached) problems.push(`${child.kind} out of order in ${node.kind}`);
      reached = child.span.start;
    }
  }
  for (const { span } of [...eql.facts(parse).fields, ...(eql.symbols?.(parse) ?? [])]) {
    if (!inText(span)) problems.push("a fact or symbol outside the text");
  }
  eql.wordAt?.(parse, Math.floor(text.length / 2));
  eql.folds?.(parse);
  return problems;
}

test("The grammar is sound by Chevrotain's own validation", () => {
  expect(() => new EqlParser("full")).not.toThrow();
});

describe("Any text gives a tree with sane spans", () => {
  test.each(QUERIES)("every prefix of %s", (query) => {
    expect(parseEql(query).errors).toEqual([]);
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
    const words = WORDS.split(" ");
    for (let round = 0; round < 3000; round++) {
      const chosen = Array.from(
        { length: 1 + random.below(20) },
        () => words[random.below(words.length)] ?? "",
      );
      const text = chosen.join(random.below(3) === 0 ? "" : " ");
      expect(problemsOf(text), text).toEqual([]);
    }
  });
});
