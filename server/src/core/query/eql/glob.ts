/** Sets of texts, as `:`, `like`, `in` and `==` describe them, and how two such sets relate. */

/** `letter` stands for one character, in any of its spellings; `one` for any character; `many` for any run of them. */
type GlobToken =
  | { readonly kind: "letter"; readonly letters: readonly string[] }
  | { readonly kind: "one" }
  | { readonly kind: "many" };

export interface Glob {
  readonly tokens: readonly GlobToken[];
  readonly hasWildcards: boolean;
  /** How many characters the shortest text has. */
  readonly shortest: number;
}

/**
 * How letters are compared. Lucene folds ASCII letters, scripts fold all: what must hold of either reading is asked
 * with `ascii` on one side and `unicode` on the other.
 */
export type LetterCase = "exact" | "ascii" | "unicode";

export interface GlobOptions {
  /** `*` and `?` have their meaning; otherwise they are characters like others. */
  readonly wildcards: boolean;
  readonly letterCase: LetterCase;
}

const ONE: GlobToken = { kind: "one" };
const MANY: GlobToken = { kind: "many" };

export function globOf(text: string, { wildcards, letterCase }: GlobOptions): Glob {
  const tokens: GlobToken[] = [];
  for (const letter of text) {
    const wildcard = wildcards && letter === "*" ? MANY : wildcards && letter === "?" ? ONE : undefined;
    if (wildcard === MANY && tokens[tokens.length - 1] === MANY) continue;
    tokens.push(wildcard ?? { kind: "letter", letters: spellings(letter, letterCase) });
  }
  const many = tokens.filter((token) => token === MANY).length;
  const hasWildcards = 0 < many || tokens.includes(ONE);
  return { tokens, hasWildcards, shortest: tokens.length - many };
}

/** Letter by letter: the small letter of one must not depend on those beside it. */
export function smallLetters(text: string): string {
  return isAscii(text) ? text.toLowerCase() : Array.from(text, (letter) => letter.toLowerCase()).join("");
}

export function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function spellings(letter: string, letterCase: LetterCase): readonly string[] {
  if (letterCase === "exact") return [letter];
  if (letter <= "\x7f") {
    const other = letter < "a" ? letter.toLowerCase() : letter.toUpperCase();
    return other === letter ? [letter] : [letter, other];
  }
  if (letterCase === "ascii") return [letter];
  const lower = letter.toLowerCase();
  const upper = lower.toUpperCase();
  return [...new Set([letter, lower, upper])].filter((one) => [...one].length === 1);
}

/** More sets of positions than this, and the answer is "not covered": no author writes such patterns. */
const MAX_POSITION_SETS = 200;

/** True if every text of `specific` is one of `general`. */
export function covers(general: Glob, specific: Glob): boolean {
  if (specific.shortest < general.shortest) return false;
  if (!general.hasWildcards) return coversLetters(general, specific);
  // Every set of positions in `general` that some text of `specific`, read so far, leads to.
  let reached = new Map([positions(general, [0])].map((one) => [one.join(), one]));
  for (const token of specific.tokens) {
    const next = new Map<string, readonly number[]>();
    for (const from of reached.values()) {
      for (const to of stepsOver(general, from, token)) {
        if (to.length === 0) return false;
        next.set(to.join(), to);
      }
    }
    if (MAX_POSITION_SETS < next.size) return false;
    reached = next;
  }
  return [...reached.values()].every((one) => one.includes(general.tokens.length));
}

function coversLetters(general: Glob, specific: Glob): boolean {
  if (specific.hasWildcards || specific.tokens.length !== general.tokens.length) return false;
  return general.tokens.every((token, i) => {
    const other = specific.tokens[i];
    if (token.kind !== "letter" || other?.kind !== "letter") return false;
    return other.letters.every((letter) => token.letters.includes(letter));
  });
}

/**
 * Where each text of one token leads. A character that stands nowhere in `general` can only be matched by its
 * wildcards, and what they match may be any other character too: it serves for all of them.
 */
function* stepsOver(
  general: Glob,
  from: readonly number[],
  token: GlobToken,
): Generator<readonly number[], void> {
  if (token.kind === "letter") {
    for (const letter of token.letters) yield step(general, from, letter);
    return;
  }
  if (token.kind === "one") {
    yield step(general, from, undefined);
    return;
  }
  const seen = new Set<string>();
  for (let at = from; ; at = step(general, at, undefined)) {
    const key = at.join();
    if (seen.has(key)) return;
    seen.add(key);
    yield at;
  }
}

function step(glob: Glob, from: readonly number[], letter: string | undefined): readonly number[] {
  const to: number[] = [];
  for (const at of from) {
    const token = glob.tokens[at];
    if (token === undefined) continue;
    if (token.kind === "many") to.push(at);
    else if (token.kind === "one") to.push(at + 1);
    else if (letter !== undefined && token.letters.includes(letter)) to.push(at + 1);
  }
  return positions(glob, to);
}

/** The positions, sorted, with those that are reached over a `many` that stands for nothing. */
function positions(glob: Glob, from: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (let at of from) {
    all.add(at);
    while (glob.tokens[at]?.kind === "many") all.add(++at);
  }
  return [...all].sort((a, b) => a - b);
}

/** True if some text is one of both. */
export function overlaps(first: Glob, second: Glob): boolean {
  if (!first.hasWildcards && !second.hasWildcards) {
    return (
      first.tokens.length === second.tokens.length && first.tokens.every((_, i) => agree(first, second, i))
    );
  }
  if (!endsAgree(first, second, 1) || !endsAgree(first, second, -1)) return false;
  // `row[j]`: some text leads to position `i` in the first and to position `j` in the second.
  let row = nextRow(first, second, -1, []);
  for (let i = 0; i < first.tokens.length; i++) row = nextRow(first, second, i, row);
  return row[second.tokens.length] === true;
}

/** False if the letters before the first wildcards (after the last ones, for -1) differ. */
function endsAgree(first: Glob, second: Glob, direction: 1 | -1): boolean {
  for (let i = direction === 1 ? 0 : -1; ; i += direction) {
    const [a, b] = [first.tokens.at(i), second.tokens.at(i)];
    if (a?.kind !== "letter" || b?.kind !== "letter") return true;
    if (!share(a, b)) return false;
  }
}

function agree(first: Glob, second: Glob, i: number): boolean {
  const [a, b] = [first.tokens[i], second.tokens[i]];
  return a !== undefined && b !== undefined && share(a, b);
}

/** The row after the first glob's token `i`; the very first row for -1. */
function nextRow(first: Glob, second: Glob, i: number, above: readonly boolean[]): readonly boolean[] {
  const token = first.tokens[i];
  const row: boolean[] = [];
  for (let j = 0; j <= second.tokens.length; j++) {
    const other = j === 0 ? undefined : second.tokens[j - 1];
    let isReached = token === undefined ? j === 0 : false;
    if (token?.kind === "many") isReached ||= above[j] === true || (0 < j && row[j - 1] === true);
    if (other?.kind === "many")
      isReached ||= row[j - 1] === true || (token !== undefined && above[j] === true);
    if (token !== undefined && other !== undefined && share(token, other))
      isReached ||= above[j - 1] === true;
    row.push(isReached);
  }
  return row;
}

/** True if one character is matched by both. */
function share(a: GlobToken, b: GlobToken): boolean {
  if (a.kind !== "letter" || b.kind !== "letter") return true;
  return a.letters.some((letter) => b.letters.includes(letter));
}
