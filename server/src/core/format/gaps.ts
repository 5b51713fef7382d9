/** What stands between two words of a file: comments, blank lines, and whether a line ends there. */

export interface GapComment {
  readonly text: string;
  /** What stands between it and the word on its line; undefined if the line is its own. */
  readonly beside: string | undefined;
  /** Blank lines above it. */
  readonly blankLines: number;
}

export interface GapContent {
  readonly comments: readonly GapComment[];
  readonly hasLineBreak: boolean;
  readonly hasComma: boolean;
  /** Blank lines after the last comment, or in all if there is none. */
  readonly blankLines: number;
}

const PIECE = /(#[^\r\n]*)|([^#]+)/g;

/** Where commas stand is for the layout to say. */
export function gapContent(gap: string): GapContent {
  const comments: GapComment[] = [];
  let between = "";
  let hasLineBreak = false;
  let hasComma = false;
  for (const [, comment, other] of gap.matchAll(PIECE)) {
    if (comment === undefined) {
      between = (other ?? "").replaceAll(",", "");
      hasLineBreak ||= between.includes("\n");
      hasComma ||= between !== other;
      continue;
    }
    const isBeside = comments.length === 0 && !between.includes("\n");
    comments.push({
      text: comment.trimEnd(),
      beside: isBeside ? between : undefined,
      blankLines: blankLinesIn(between),
    });
    between = "";
  }
  return { comments, hasLineBreak, hasComma, blankLines: blankLinesIn(between) };
}

function blankLinesIn(between: string): number {
  return Math.max(between.split("\n").length - 2, 0);
}

export interface GapLayout {
  /** Written before the lines of the gap. */
  readonly lead: string;
  /** Of its own lines, and of what follows it. */
  readonly indent: string;
  readonly nextIndent: string;
  /** The most that stay: above the first line of the gap, between its lines, and above what follows. */
  readonly blankLines: { readonly first: number; readonly inner: number; readonly last: number };
}

/** The gap with each comment on its line and what follows on another one. */
export function brokenGap({ comments, blankLines }: GapContent, layout: GapLayout): string {
  const { lead, indent, nextIndent, blankLines: most } = layout;
  let text = lead;
  let isFirst = true;
  for (const comment of comments) {
    if (comment.beside === undefined) {
      const kept = Math.min(comment.blankLines, isFirst ? most.first : most.inner);
      text += `${"\n".repeat(kept + 1)}${indent}${comment.text}`;
    } else {
      text += `${comment.beside === "" ? " " : comment.beside}${comment.text}`;
    }
    isFirst = false;
  }
  const hasOwnLine = comments.some(({ beside }) => beside === undefined);
  const kept = Math.min(blankLines, hasOwnLine ? most.last : Math.min(most.first, most.last));
  return `${text}${"\n".repeat(kept + 1)}${nextIndent}`;
}
