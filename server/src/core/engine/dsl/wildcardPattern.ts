/** Patterns of `wildcard` queries, in which a backslash takes the meaning from the character behind it. */
import { compilePatterns, type Folding } from "../pattern.ts";
import { automatonTest } from "../regexAutomaton.ts";
import { programOf } from "../regexProgram.ts";
import { ANY_CHARACTER, ANY_TEXT, characterOf, type RegexNode } from "../regexTree.ts";
import { foldAscii } from "../fold.ts";
import { type TextTest } from "../wildcard.ts";
import { workOfTests } from "../work.ts";

export function wildcardPattern(source: string, folding: Extract<Folding, "exact" | "ascii">): TextTest {
  // A backslash that stands before another one, or before a letter, leaves no wildcard to be told from a character.
  if (!/\\[*?]/.test(source.replace(/\\\\/g, ""))) {
    return compilePatterns([source.replace(/\\([^])/g, "$1")], folding);
  }
  const folded = folding === "ascii" ? foldAscii(source) : source;
  return automatonTest(programOf(treeOf(folded)), folding, workOfTests());
}

function treeOf(source: string): RegexNode {
  const items = [...source.matchAll(/\\([^])|[^]/gu)].map(([sign, escaped]): RegexNode => {
    if (escaped !== undefined) return characterOf(escaped.codePointAt(0) ?? 0);
    if (sign === "*") return ANY_TEXT;
    return sign === "?" ? ANY_CHARACTER : characterOf(sign.codePointAt(0) ?? 0);
  });
  return { kind: "sequence", items };
}
