/** How well what was typed fits a name: by its beginning, by the beginnings of its parts, or by its letters in order. */

/** The lower, the better; a typed text that does not fit has none. */
export type Fit = number;

const WHOLE = 0;
const BEGINNING = 1;
const PARTS = 2;
const LATER_PART = 3;
const SCATTERED_PARTS = 4;
const WORD = 5;
const INSIDE = 7;
/** Letters in order: one more for each further run of letters, so that `cmdline` finds `command_line`. */
const LETTERS = 8;
const MOST_RUNS = 5;

export function isWhole(fit: Fit): boolean {
  return fit === WHOLE;
}

/** The name begins with what was typed, or its parts do. */
export function beginsWith(fit: Fit): boolean {
  return fit <= PARTS;
}

/** A typed text that is compared with many names: both in lower case. */
export interface Wanted {
  readonly text: string;
  readonly parts: readonly string[];
  readonly letters: number;
}

export function wanted(typed: string): Wanted {
  const text = typed.toLowerCase();
  return { text, parts: text.split("."), letters: lettersOf(text) };
}

/** Which letters a name has, as bits: most names lack one that was typed, and need not be looked at. */
export function lettersOf(name: string): number {
  let letters = 0;
  for (let i = 0; i < name.length; i++) letters |= 1 << (name.charCodeAt(i) & 31);
  return letters;
}

export function hasLetters({ letters }: Wanted, ofName: number): boolean {
  return (letters & ~ofName) === 0;
}

export function fitOf(asked: Wanted, name: string): Fit | undefined {
  return closeFitOf(asked, name) ?? lettersFitOf(asked, name);
}

/** What was typed stands in the name as it is, or part by part. */
export function closeFitOf({ text, parts }: Wanted, name: string): Fit | undefined {
  if (text === "") return BEGINNING;
  if (name.length < text.length) return undefined;
  if (name.startsWith(text)) return name.length === text.length ? WHOLE : BEGINNING;
  if (1 < parts.length) {
    const fit = partsFit(parts, name);
    if (fit !== undefined) return fit;
  }
  const at = name.indexOf(text);
  return 0 < at ? insideFit(name, text, at) : undefined;
}

/** `p.n` fits `process.name`, and less well `process.parent.name`. */
function partsFit(parts: readonly string[], name: string): Fit | undefined {
  const names = name.split(".");
  const [first = ""] = parts;
  if (names[0]?.startsWith(first) !== true) return undefined;
  let at = 0;
  let skipped = names.length - parts.length;
  for (const part of parts.slice(1)) {
    at++;
    while (at < names.length && names[at]?.startsWith(part) !== true) at++;
    if (names.length <= at) return undefined;
  }
  skipped = at + 1 - parts.length;
  return skipped === 0 ? PARTS : SCATTERED_PARTS;
}

function insideFit(name: string, text: string, first: number): Fit {
  let best = INSIDE;
  for (let at = first; 0 <= at; at = name.indexOf(text, at + 1)) {
    const before = name.charAt(at - 1);
    if (before === ".") return LATER_PART;
    if (before === "_") best = WORD;
  }
  return best;
}

/** The letters in order, the first of them at the beginning of a word. */
export function lettersFitOf({ text }: Wanted, name: string): Fit | undefined {
  const first = text.charCodeAt(0);
  let fewest = MOST_RUNS + 1;
  for (let start = 0; start <= name.length - text.length; start++) {
    if (name.charCodeAt(start) !== first || !isWordStart(name, start)) continue;
    const runs = runsFrom(text, name, start);
    if (runs < fewest) fewest = runs;
  }
  return fewest <= MOST_RUNS ? LETTERS + fewest : undefined;
}

/** How many runs of letters side by side the text falls into; many where it does not fit. */
function runsFrom(text: string, name: string, start: number): number {
  let runs = 1;
  let at = start;
  for (let i = 1; i < text.length; i++) {
    if (name.charCodeAt(at + 1) === text.charCodeAt(i)) {
      at++;
      continue;
    }
    const next = nextPlace(name, text.charAt(i), at + 1);
    if (next < 0) return MOST_RUNS + 1;
    runs++;
    at = next;
  }
  return runs;
}

/** The next beginning of a word with this letter, or else the next such letter. */
function nextPlace(name: string, letter: string, from: number): number {
  const any = name.indexOf(letter, from);
  for (let at = any; 0 <= at; at = name.indexOf(letter, at + 1)) if (isWordStart(name, at)) return at;
  return any;
}

function isWordStart(name: string, at: number): boolean {
  if (at === 0) return true;
  const before = name.charCodeAt(at - 1);
  // A dot, an underscore, an at sign or a hyphen.
  return before === 46 || before === 95 || before === 64 || before === 45;
}
