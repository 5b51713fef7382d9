/** A pattern with wildcards in words. */
import { shown } from "./stringHoverModel.ts";

export type Letters = "exact case" | "any case" | "words";

const HOW: Readonly<Record<Letters, string>> = {
  "exact case": "in exactly this case",
  "any case": "in any case",
  words: "word by word, in any case",
};

/** `pieces` are what stands between the stars; one piece if there is none. */
export function patternText(
  pieces: readonly string[],
  letters: Letters,
  options: { readonly hasSingle: boolean; readonly isNegated: boolean },
): readonly string[] {
  const which = options.isNegated ? "Excludes" : "Matches";
  const [first = "", ...others] = pieces;
  const last = others.at(-1) ?? "";
  const middle = others.slice(0, -1).filter((piece) => piece !== "");
  if (others.length === 0) {
    const text = options.hasSingle ? "texts of this form" : "this text alone";
    return [`${which} ${text}, ${HOW[letters]}.`, ...singles(options.hasSingle)];
  }
  const parts = [
    ...(first === "" ? [] : [`begins with ${shown(first)}`]),
    ...middle.map((piece, i) => `${first === "" && i === 0 ? "" : "then "}contains ${shown(piece)}`),
    ...(last === "" ? [] : [`ends with ${shown(last)}`]),
  ];
  if (parts.length === 0) return [`${which} any value.`];
  return [
    `${which} what ${joined(parts)}, ${HOW[letters]}.`,
    ...singles(options.hasSingle),
    exampleOf(pieces),
  ];
}

function joined(parts: readonly string[]): string {
  return parts.length < 3
    ? parts.join(" and ")
    : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

function singles(hasSingle: boolean): readonly string[] {
  return hasSingle ? ["Each `?` stands for one character."] : [];
}

/** Stars stand for something, so that one sees where it may be. */
function exampleOf(pieces: readonly string[]): string {
  return `For example ${shown(pieces.join("abc").replaceAll("?", "x"))}; a star may also stand for nothing.`;
}
