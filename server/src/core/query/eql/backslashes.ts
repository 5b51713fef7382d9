/** Backslashes in texts and regular expressions that were escaped once too little or once too often. */
import { type Span, spanOf } from "../../text/span.ts";

export interface BackslashSlip {
  /** In the value of the string. */
  readonly span: Span;
  readonly kind: "doubled" | "control" | "folder" | "folder-class";
  readonly replacement: string;
}

export interface TextUse {
  /** Command lines and the like, where a doubled backslash may be meant. */
  readonly isFreeText: boolean;
}

/** Slips in a text that is compared as it is, or by wildcards. */
export function* textSlips(value: string, { isFreeText }: TextUse): Generator<BackslashSlip> {
  const hasDrive = /^[A-Za-z?*]:/.test(value);
  if (!isFreeText || hasDrive) {
    // At the beginning, and after a space or an asterisk, two of them name a computer: \\server\share.
    for (const { index, 0: found } of value.matchAll(/(?<=[\w)}%\]]|^[A-Za-z?*]:)\\{2,}(?=[\w*?%{(])/g))
      yield { span: spanOf(index, index + found.length), kind: "doubled", replacement: "\\" };
  }
  const isPath = hasDrive || (!isFreeText && (value.includes("\\") || EXECUTABLE.test(value)));
  if (!isPath) return;
  for (const { index, 0: control } of value.matchAll(/(?<=[\w:)}%*\]])[\b\t\n\f\r](?=[\w*])/g))
    yield { span: spanOf(index, index + 1), kind: "control", replacement: `\\${LETTERS.get(control) ?? ""}` };
}

const EXECUTABLE = /\.(?:exe|dll|sys|ps1|bat|cmd|vbs)$/i;

/** The letters behind a backslash that stand for control characters. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ["\b", "b"],
  ["\t", "t"],
  ["\n", "n"],
  ["\f", "f"],
  ["\r", "r"],
]);

/** Folders that begin with a letter which a backslash turns into a class of characters. */
const CLASS_FOLDERS =
  /^(?:windows|winnt|winevt|wbem|web|wwwroot|system|system32|syswow64|sysvol|software|services|startup|share|scripts?|sessions|documents|desktop|downloads|drivers|data|device|dell)(?![a-z])/i;

/** Slips in a regular expression, where a backslash is written by two. */
export function* regexBackslashSlips(pattern: string): Generator<BackslashSlip> {
  for (const { index, 0: found } of pattern.matchAll(/(?<=[\w)\]*]|^[A-Za-z?]:)\\{4,}(?=[\w(.[])/g)) {
    // Two of them are one: four in a row are two.
    if (found.length % 2 === 0)
      yield { span: spanOf(index, index + found.length), kind: "doubled", replacement: "\\\\" };
  }
  for (const { index, 0: found } of pattern.matchAll(/\\(?:[^A-Za-z]|[A-Za-z]+)/gs)) {
    const word = found.slice(1);
    const span = spanOf(index, index + 1);
    if (CLASS_FOLDERS.test(word)) yield { span, kind: "folder-class", replacement: "\\\\" };
    // Word boundaries are another slip.
    else if (/^[A-Za-z]{3}/.test(word) && !/^[dDsSwWbB]/.test(word))
      yield { span, kind: "folder", replacement: "\\\\" };
    else if (/^[A-Za-z]/.test(word) && /[A-Za-z]:$/.test(pattern.slice(0, index)) && !/^[dDsSwW]/.test(word))
      yield { span, kind: "folder", replacement: "\\\\" };
  }
}
