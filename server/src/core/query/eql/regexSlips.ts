/** Parts of a regular expression that Lucene reads otherwise than most engines do. */
import { type Span, spanOf } from "../../text/span.ts";

export interface RegexSlip {
  /** In the pattern. */
  readonly span: Span;
  readonly message: string;
  /** What means the same in Lucene, where there is such a thing. */
  readonly replacement: string | undefined;
}

export function* regexSlips(pattern: string): Generator<RegexSlip> {
  for (let i = 0; i < pattern.length;) {
    const slip = slipAt(pattern, i);
    if (slip !== undefined) yield slip;
    i = slip?.span.end ?? nextAt(pattern, i);
  }
}

/** The end of the escape, the class or the character. */
function nextAt(pattern: string, i: number): number {
  if (pattern[i] === "\\") return i + 2;
  if (pattern[i] !== "[") return i + 1;
  // A `]` right after the opening bracket closes it: Lucene knows no other.
  for (let at = i + 1; at < pattern.length; at += pattern[at] === "\\" ? 2 : 1) {
    if (pattern[at] === "]") return at + 1;
  }
  return pattern.length;
}

function slipAt(pattern: string, i: number): RegexSlip | undefined {
  const rest = pattern.slice(i, i + 64);
  const slip = (length: number, message: string, replacement?: string): RegexSlip => ({
    span: spanOf(i, i + length),
    message,
    replacement,
  });
  switch (pattern[i]) {
    case "\\":
      return escapeSlip(rest, slip);
    case "[": {
      const posix = /^\[\^?\[:\w+:\]/.exec(rest);
      return posix === null
        ? undefined
        : slip(posix[0].length, "Lucene knows no classes such as `[:alpha:]`");
    }
    case "(":
      return groupSlip(rest, slip);
    case "^": {
      const isFirst = i === 0 || /[(|]/.test(pattern[i - 1] ?? "");
      return isFirst ? slip(1, "`^` is a character here: the whole value is matched anyway", "") : undefined;
    }
    case "$": {
      const isLast = i === pattern.length - 1 || /[)|]/.test(pattern[i + 1] ?? "");
      if (!isLast || isShareName(pattern.slice(0, i))) return undefined;
      return slip(1, "`$` is a character here: the whole value is matched anyway", "");
    }
    case "*":
    case "+":
    case "?":
    case "{":
      return lazySlip(rest, slip);
    default:
      return operatorSlip(rest, slip);
  }
}

type MakeSlip = (length: number, message: string, replacement?: string) => RegexSlip;

function escapeSlip(rest: string, slip: MakeSlip): RegexSlip | undefined {
  const letter = rest[1] ?? "";
  // A folder's name after a single backslash is another mistake.
  if (/^\\[A-Za-z]{3}/.test(rest) && !/^\\[bB]/.test(rest)) return undefined;
  if (/[bBAzZG]/.test(letter)) return slip(2, `Lucene knows no \`\\${letter}\`: the whole value is matched`);
  if (/[1-9]/.test(letter)) return slip(2, `Lucene knows no references such as \`\\${letter}\``);
  if (/[a-zA-Z]/.test(letter) && !/[dDsSwW]/.test(letter))
    return slip(2, `Lucene knows no \`\\${letter}\` and refuses the expression`);
  return undefined;
}

function groupSlip(rest: string, slip: MakeSlip): RegexSlip | undefined {
  const [opening] = /^\(\?(?:<?[=!]|:|P?<\w*>|[a-zA-Z]+[:)])/.exec(rest) ?? [];
  if (opening === undefined) return undefined;
  const { length } = opening;
  if (opening === "(?:")
    return slip(length, "Lucene reads `?:` as characters: all its groups are plain", "(");
  if (/[=!]$/.test(opening))
    return slip(length, `Lucene cannot look around: \`${opening}\` are characters to it`);
  if (opening.endsWith(">")) return slip(length, "Lucene knows no named groups", "(");
  return slip(length, `Lucene knows no flags such as \`${opening}\`: \`regex~\` ignores case`);
}

function lazySlip(rest: string, slip: MakeSlip): RegexSlip | undefined {
  const [, quantifier] = /^([*+?]|\{\d+(?:,\d*)?\})\?/.exec(rest) ?? [];
  if (quantifier === undefined) return undefined;
  const message = `Lucene knows no lazy \`${quantifier}?\`: the \`?\` makes what stands before it optional`;
  return slip(quantifier.length + 1, message, quantifier);
}

function operatorSlip(rest: string, slip: MakeSlip): RegexSlip | undefined {
  const character = rest[0] ?? "";
  const isMeant = /^<\d+-\d+>|^~\(|^&[^&]/.test(rest);
  const meaning = isMeant ? undefined : OPERATORS.get(character);
  if (meaning === undefined) return undefined;
  const length = rest.startsWith("&&") ? 2 : 1;
  return slip(length, `\`${character}\` ${meaning}`, `\\${character}`.repeat(length));
}

/** Characters that mean something to Lucene and nothing to other engines. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ["@", "stands for any text here"],
  ["#", "stands for no text at all here, so nothing matches"],
  ["&", "joins two expressions that must both match"],
  ["~", "turns the meaning of what follows around"],
  ["<", "begins a range of numbers here"],
  ['"', "begins a text without special characters here"],
]);

/** `ADMIN$`, `C$`: names that end so. */
function isShareName(before: string): boolean {
  return /(?:ADMIN|IPC|PRINT|(?:^|\\\\|[^A-Za-z\]\\])[A-Z])\)?$/.test(before);
}
