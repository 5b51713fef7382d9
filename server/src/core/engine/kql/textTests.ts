/** Tests of texts that are split into words. */
import { type KqlLiteral, matchesPieces } from "../../query/kql/index.ts";
import { holdsAnyWord, holdsPhrase, wordsOf } from "./analysis.ts";
import { type ValueTest } from "./plan.ts";

/** Without quotes any of the words will do; in quotes they must stand one after the other. */
export function textTest({ text, form }: KqlLiteral): ValueTest {
  const words = wordsOf(text);
  const [first] = words;
  if (first === undefined) return () => false;
  const holds = form === "quoted" ? holdsPhrase : holdsAnyWord;
  return (value) => holds(wordsOf(String(value)), words);
}

/** Blanks separate alternatives; a wildcard is matched against single words. */
export function wordPatternTest(literal: KqlLiteral): ValueTest {
  const tests = alternativesOf(literal).map((pieces): ((words: readonly string[]) => boolean) => {
    if (pieces.length === 1) {
      const wanted = wordsOf(pieces[0] ?? "");
      return (words) => holdsAnyWord(words, wanted);
    }
    const lower = pieces.map((piece) => piece.toLowerCase());
    return (words) => words.some((word) => matchesPieces(word, lower));
  });
  return (value) => {
    const words = wordsOf(String(value));
    return tests.some((test) => test(words));
  };
}

/** `a* b`: the pieces of each alternative, one piece if there is no wildcard in it. */
export function alternativesOf({ pieces }: KqlLiteral): readonly (readonly string[])[] {
  const alternatives: string[][] = [[""]];
  pieces.forEach((piece, i) => {
    const [first = "", ...others] = piece.split(/\s+/);
    const last = alternatives.at(-1) ?? [];
    if (i === 0) last[0] = first;
    else last.push(first);
    for (const other of others) alternatives.push([other]);
  });
  return alternatives.filter((one) => 1 < one.length || one[0] !== "");
}
