/** Texts and patterns with `*` and `?`, compiled so that a long list costs little more than a short one. */
import { foldAscii, foldUnicode, hasOnlyAscii } from "./fold.ts";
import { compileWildcards } from "./wildcards.ts";
import { isWildcard, type TextTest } from "./wildcard.ts";
import { unlimitedWork, type Work } from "./work.ts";

/**
 * `exact`: letters must be the same. `ascii`: A to Z count as a to z, and no other letters, as in Lucene. `unicode`: all
 * letters count as their lower-case forms, as in scripts.
 */
export type Folding = "exact" | "ascii" | "unicode";

/** Is the text one of these, as they are? */
export function compileTexts(texts: readonly string[], folding: Folding): TextTest {
  const known = new Set(texts.map((text) => folded(text, folding)));
  const [only] = known;
  const hasLength = lengthTest(known);
  const plain: TextTest = known.size === 1 ? (text) => text === only : (text) => known.has(text);
  if (folding === "exact") return plain;
  const test = insensitive(plain, folding, texts.every(hasOnlyAscii));
  // Only ASCII keeps its length whatever is folded.
  return texts.every(hasOnlyAscii) && folding === "ascii"
    ? (text) => hasLength(text.length) && test(text)
    : test;
}

/**
 * Does the text match one of the patterns as a whole? `*` stands for any characters, `?` for one. Where that is more
 * work than there may be, `work` says so after the test.
 */
export function compilePatterns(
  patterns: readonly string[],
  folding: Folding,
  work: Work = unlimitedWork(),
): TextTest {
  const texts = patterns.filter((pattern) => !isWildcard(pattern));
  const wildcards = patterns.filter(isWildcard);
  if (wildcards.some((pattern) => /^\*+$/.test(pattern))) return () => true;
  const tests: TextTest[] = [];
  if (0 < texts.length) tests.push(compileTexts(texts, folding));
  if (0 < wildcards.length) {
    const plain = compileWildcards(
      wildcards.map((pattern) => folded(pattern, folding)),
      work,
    );
    const isSimple = wildcards.every((pattern) => hasOnlyAscii(pattern) && !pattern.includes("?"));
    tests.push(folding === "exact" ? plain : insensitive(plain, folding, isSimple));
  }
  const [first, second] = tests;
  if (first === undefined) return () => false;
  return second === undefined ? first : (text) => first(text) || second(text);
}

function folded(text: string, folding: Folding): string {
  return folding === "exact" ? text : folding === "ascii" ? foldAscii(text) : foldUnicode(text);
}

/**
 * The engine's own lower-casing is fast, but knows more letters than Lucene does. Where patterns are of ASCII alone it
 * misses nothing; what it finds too much (the sign for kelvin becomes a k) is asked again.
 */
function insensitive(plain: TextTest, folding: Folding, isAscii: boolean): TextTest {
  if (folding === "unicode") return (text) => plain(foldUnicode(text));
  if (!isAscii) return (text) => plain(foldAscii(text));
  return (text) => plain(text.toLowerCase()) && (hasOnlyAscii(text) || plain(foldAscii(text)));
}

function lengthTest(texts: Iterable<string>): (length: number) => boolean {
  const lengths = new Set([...texts].map((text) => text.length));
  const longest = Math.max(0, ...lengths);
  const table = new Uint8Array(Math.min(longest, MOST_LENGTHS) + 1);
  for (const length of lengths) table[Math.min(length, MOST_LENGTHS)] = 1;
  return (length) => table[length < MOST_LENGTHS ? length : MOST_LENGTHS] === 1;
}

const MOST_LENGTHS = 1024;
