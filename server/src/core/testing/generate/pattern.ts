/** What a text must look like, and how such a text is written: patterns with wildcards, filled in believably. */
import { ANY_CHARACTER, ANY_TEXT, type CharacterRange, type RegexNode } from "../../engine/regexTree.ts";

export type Piece = { readonly kind: "text"; readonly text: string } | { readonly kind: "one" | "many" };

/** A text of which parts may be anything. */
export type Pattern = readonly Piece[];

export const ONE: Piece = { kind: "one" };
export const MANY: Piece = { kind: "many" };

export function exactly(text: string): Pattern {
  return text === "" ? [] : [{ kind: "text", text }];
}

/** `*` and `?` have their meaning. */
export function wildcardPattern(source: string): Pattern {
  return source.split(/([*?])/).flatMap((part): Pattern => {
    if (part === "*") return [MANY];
    return part === "?" ? [ONE] : exactly(part);
  });
}

export interface Filling {
  /** What stands for wildcards between other text, one after the other. */
  readonly words: readonly string[];
  /** What stands for a wildcard at the end. */
  readonly last: string;
  /** What stands for a wildcard at the start. */
  readonly first: string;
  /** No text may be shorter; the last wildcard grows. */
  readonly leastLength: number;
}

export function filled(pattern: Pattern, filling: Filling): string {
  const parts = pattern.map((piece, i) => partOf(pattern, piece, i, filling));
  const missing = filling.leastLength - parts.reduce((sum, part) => sum + part.length, 0);
  const growing = pattern.findLastIndex(({ kind }) => kind === "many");
  if (missing <= 0 || growing === -1) return parts.join("");
  const grown = `${parts[growing] ?? ""}${"a".repeat(missing)}`;
  return parts.with(growing, grown).join("");
}

function partOf(pattern: Pattern, piece: Piece, i: number, { words, first, last }: Filling): string {
  if (piece.kind === "text") return piece.text;
  const [before, after] = [pattern[i - 1], pattern[i + 1]];
  if (piece.kind === "one") return oneCharacter(before, after, i);
  if (i === 0 && pattern.length === 1) return last;
  if (i === 0) return first;
  if (after === undefined) return last;
  return words[i % Math.max(1, words.length)] ?? "";
}

/** `?:\Windows` is a drive; otherwise letters that are not all the same. */
function oneCharacter(before: Piece | undefined, after: Piece | undefined, i: number): string {
  if (before === undefined && after?.kind === "text" && after.text.startsWith(":")) return "C";
  return String.fromCharCode(0x61 + (i % 26));
}

/** `letterCase`: whether letters that differ in case only are the same. */
export function regexOf(pattern: Pattern, letterCase: "exact" | "any"): RegexNode {
  const items = pattern.flatMap((piece): RegexNode[] => {
    if (piece.kind !== "text") return [piece.kind === "many" ? ANY_TEXT : ANY_CHARACTER];
    return [...piece.text].map((character) => characterNode(character, letterCase));
  });
  return { kind: "sequence", items };
}

function characterNode(character: string, letterCase: "exact" | "any"): RegexNode {
  const spellings =
    letterCase === "exact" ? [character] : [character, character.toLowerCase(), character.toUpperCase()];
  const codes = spellings.filter((one) => [...one].length === 1).map((one) => one.codePointAt(0) ?? 0);
  return { kind: "set", ranges: [...new Set(codes)].map((code): CharacterRange => [code, code]) };
}

/** A tree made for text in small letters, for text in letters of either case. */
export function withCapitals(node: RegexNode): RegexNode {
  switch (node.kind) {
    case "set":
      return { kind: "set", ranges: capitalised(node.ranges) };
    case "complement":
      return { kind: "complement", item: withCapitals(node.item) };
    case "repeat":
      return { ...node, item: withCapitals(node.item) };
    default:
      return { kind: node.kind, items: node.items.map(withCapitals) };
  }
}

const CAPITALS: CharacterRange = [0x41, 0x5a];
const SMALL: CharacterRange = [0x61, 0x7a];
const DISTANCE = SMALL[0] - CAPITALS[0];

function capitalised(ranges: readonly CharacterRange[]): readonly CharacterRange[] {
  return ranges.flatMap(([first, last]): readonly CharacterRange[] => {
    const own = [
      [first, Math.min(last, CAPITALS[0] - 1)],
      [Math.max(first, CAPITALS[1] + 1), last],
      [Math.max(first, SMALL[0]) - DISTANCE, Math.min(last, SMALL[1]) - DISTANCE],
    ] as const;
    return own.filter(([from, to]) => from <= to);
  });
}
