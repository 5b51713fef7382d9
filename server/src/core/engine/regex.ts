/** Regular expressions of Lucene, run in linear time. */
import { type Result } from "../base/result.ts";
import { type Folding } from "./pattern.ts";
import { automatonTest } from "./regexAutomaton.ts";
import { parseRegex, type RegexProblem } from "./regexParse.ts";
import { programOf, programSize } from "./regexProgram.ts";
import { type RegexNode } from "./regexTree.ts";
import { type TextTest } from "./wildcard.ts";
import { unlimitedWork, type Work } from "./work.ts";

/**
 * Does the whole text match? What Lucene refuses, and what cannot be run in linear time, is a problem. Where the work
 * is more than there may be, `work` says so after the test.
 */
export function compileRegex(
  pattern: string,
  folding: Folding,
  work: Work = unlimitedWork(),
): Result<TextTest, RegexProblem> {
  const tree = parseRegex(pattern, folding);
  return tree.ok ? testOf(tree.value, folding, work) : tree;
}

/** Larger ones are refused: they take too long to prepare. */
const MOST_NODES = 100_000;

/** `&` and `~` are computed from the results of their parts. */
function testOf(node: RegexNode, folding: Folding, work: Work): Result<TextTest, RegexProblem> {
  if (!usesLogic(node)) {
    if (MOST_NODES < programSize(node)) return { ok: false, error: "so many repetitions" };
    return { ok: true, value: automatonTest(programOf(node), folding, work) };
  }
  if (node.kind === "complement") {
    const test = testOf(node.item, folding, work);
    if (!test.ok) return test;
    const inner = test.value;
    return { ok: true, value: (text) => !inner(text) };
  }
  if (node.kind !== "union" && node.kind !== "intersection") {
    return { ok: false, error: "`~` or `&` inside of a longer expression" };
  }
  const tests: TextTest[] = [];
  for (const item of node.items) {
    const test = testOf(item, folding, work);
    if (!test.ok) return test;
    tests.push(test.value);
  }
  if (node.kind === "union") return { ok: true, value: (text) => tests.some((test) => test(text)) };
  return { ok: true, value: (text) => tests.every((test) => test(text)) };
}

function usesLogic(node: RegexNode): boolean {
  switch (node.kind) {
    case "set":
      return false;
    case "repeat":
      return usesLogic(node.item);
    case "complement":
    case "intersection":
      return true;
    default:
      return node.items.some(usesLogic);
  }
}
