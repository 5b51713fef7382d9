/**
 * Hands out a query's tokens in order, each with the comments that stand before it, so that a formatter loses none.
 * Where the line may be broken, the comments are a gap of their own; elsewhere they stay on the line.
 */
import { type Span, spanOf, textAt } from "../text/span.ts";
import { type Doc, aside, join, joinAll, lineBreak, nest } from "./layout.ts";
import { type QueryToken } from "./language.ts";

export type Space = "" | " ";

/** What lies between two tokens at which the line may be broken. */
export interface Gap {
  /** The author broke the line here. */
  readonly isBroken: boolean;
  /** The break leaves a line blank. */
  readonly isBlank: boolean;
  /** Comments on the line of the token before; empty if there are none. */
  readonly trailing: Doc;
  /** Comments on lines of their own or before the next token; undefined if there are none. */
  readonly comments: Doc | undefined;
  /** What separates them from the next token. */
  readonly after: "space" | "break" | "blank";
  /**
   * `comments` on lines of their own, a break before each: those that the author indented are nested, as they belong
   * to what is above them. Undefined if there are none.
   */
  readonly atMargin: Doc | undefined;
}

export interface TokenReader {
  /** The next token, `space` before it, with its comments on the line. */
  take(space: Space): Doc;
  /** What lies before the next token, which then comes without its comments. */
  gap(): Gap;
  /** Takes a token that stays with what is before it, such as a comma or `and`, and gives the gap after it. */
  separator(space: Space): { readonly token: Doc; readonly gap: Gap };
  /** Where the next token begins; undefined at the end. */
  nextStart(): number | undefined;
}

/** The comments of a gap, for the start of a line. */
export function leading({ comments, after }: Gap): Doc {
  if (comments === undefined) return "";
  return join(comments, afterComments(after));
}

export function afterComments(after: Gap["after"]): Doc {
  return after === "space" ? " " : lineBreak(after === "blank");
}

interface CommentedToken {
  readonly span: Span;
  readonly comments: readonly Span[];
}

export function tokenReader(text: string, tokens: readonly QueryToken[]): TokenReader {
  const commented = withComments(text, tokens);
  let index = 0;
  let isGapTaken = false;

  const endBefore = (at: number): number | undefined => commented[at - 1]?.span.end;
  const tokenAt = (at: number): CommentedToken =>
    commented[at] ?? { span: spanOf(text.length, text.length), comments: [] };

  function take(space: Space): Doc {
    const { span, comments } = tokenAt(index);
    index++;
    const own = textAt(text, span);
    const isAlone = isGapTaken || comments.length === 0;
    isGapTaken = false;
    return isAlone ? join(space, own) : join(inline(text, comments), own);
  }

  function gap(): Gap {
    const { span, comments } = tokenAt(index);
    isGapTaken = true;
    const start = endBefore(index);
    return gapOf(text, { start, comments, end: span.start, isLast: index === commented.length - 1 });
  }

  return {
    take,
    gap,
    separator(space) {
      const start = endBefore(index);
      const { span, comments } = tokenAt(index);
      const staysInline = comments.length !== 0 && newLineCount(text, start ?? 0, span.start) === 0;
      if (staysInline) {
        const token = take(space);
        return { token, gap: gap() };
      }
      index++;
      isGapTaken = true;
      const next = tokenAt(index);
      const all = [...comments, ...next.comments];
      const token = join(space, textAt(text, span));
      return { token, gap: gapOf(text, { start, comments: all, end: next.span.start, isLast: false }) };
    },
    nextStart: () => (index < commented.length - 1 ? tokenAt(index).span.start : undefined),
  };
}

/** The last one is empty and holds the comments at the end. */
function withComments(text: string, tokens: readonly QueryToken[]): readonly CommentedToken[] {
  const commented: CommentedToken[] = [];
  let comments: Span[] = [];
  for (const { kind, span } of [...tokens, { kind: "end", span: spanOf(text.length, text.length) }]) {
    if (kind === "comment") {
      comments.push(span);
    } else {
      commented.push({ span, comments });
      comments = [];
    }
  }
  return commented;
}

/** Comments where nothing else would break the line; a line comment breaks it. */
function inline(text: string, comments: readonly Span[]): Doc {
  let isLineStart = false;
  const parts = comments.flatMap((comment): readonly Doc[] => {
    const space = isLineStart ? "" : " ";
    isLineStart = isLineComment(text, comment);
    if (!isLineStart) return [space, commentDoc(text, comment, "inline")];
    return [aside(`${space}${textAt(text, comment).trimEnd()}`), lineBreak()];
  });
  return nest(joinAll([...parts, isLineStart ? "" : " "]));
}

interface Between {
  /** Where the token before ends; undefined at the start of the query. */
  readonly start: number | undefined;
  readonly comments: readonly Span[];
  readonly end: number;
  readonly isLast: boolean;
}

function gapOf(text: string, { start, comments, end, isLast }: Between): Gap {
  const breaksBefore = comments.map((comment, i) =>
    newLineCount(text, comments[i - 1]?.end ?? start ?? 0, comment.start),
  );
  // The end of the query ends a line, whether it stands in the text or not.
  const breaksAtEnd = isLast ? 1 : newLineCount(text, comments.at(-1)?.end ?? start ?? 0, end);
  const isBroken = start === undefined || 0 < breaksAtEnd || breaksBefore.some((count) => 0 < count);
  const firstOwn = start === undefined ? 0 : breaksBefore.findIndex((count) => 0 < count);
  const trailingCount = !isBroken ? 0 : firstOwn < 0 ? comments.length : firstOwn;
  const isBlank = 2 <= (breaksBefore[trailingCount] ?? breaksAtEnd);
  const own = comments.slice(trailingCount).map((comment, i): OwnComment => {
    const next = breaksBefore[trailingCount + i + 1] ?? breaksAtEnd;
    return {
      before: i === 0 ? lineBreak(isBlank) : breakOrSpace(breaksBefore[trailingCount + i] ?? 0),
      comment: commentDoc(text, comment, isBroken ? "own-line" : "inline"),
      isIndented: isBroken && 0 < next && /[ \t]/.test(text.charAt(comment.start - 1)),
    };
  });
  return {
    isBroken,
    isBlank,
    trailing: joined(comments.slice(0, trailingCount).map((comment) => trailingDoc(text, comment))) ?? "",
    comments: joined(own.flatMap(({ before, comment }, i) => (i === 0 ? [comment] : [before, comment]))),
    after: breaksAtEnd === 0 ? "space" : breaksAtEnd === 1 ? "break" : "blank",
    atMargin: atMargin(own),
  };
}

interface OwnComment {
  readonly before: Doc;
  readonly comment: Doc;
  readonly isIndented: boolean;
}

function atMargin(own: readonly OwnComment[]): Doc | undefined {
  const firstOut = own.findIndex(({ isIndented }) => !isIndented);
  const indentedCount = firstOut < 0 ? own.length : firstOut;
  const lines = own.map(({ before, comment }) => join(before, comment));
  if (lines.length === 0) return undefined;
  return joinAll([nest(joinAll(lines.slice(0, indentedCount))), ...lines.slice(indentedCount)]);
}

function joined(parts: readonly Doc[]): Doc | undefined {
  return parts.length === 0 ? undefined : joinAll(parts);
}

function breakOrSpace(count: number): Doc {
  return count === 0 ? " " : lineBreak(2 <= count);
}

function trailingDoc(text: string, comment: Span): Doc {
  const isOneLine = newLineCount(text, comment.start, comment.end) === 0;
  if (isOneLine) return aside(` ${textAt(text, comment).trimEnd()}`);
  return join(" ", commentDoc(text, comment, "inline"));
}

/** The lines of a comment on its own lines keep their indentation against its first one; others lose it. */
function commentDoc(text: string, comment: Span, form: "own-line" | "inline"): Doc {
  const [first = "", ...others] = textAt(text, comment).split(/\r\n?|\n/);
  if (others.length === 0) return first.trimEnd();
  const lineStart = startOfLine(text, comment.start);
  const base = /^[ \t]*/.exec(text.slice(lineStart, comment.start))?.[0].length ?? 0;
  const lines = others.flatMap((line): readonly Doc[] => {
    const blanks = /^[ \t]*/.exec(line)?.[0] ?? "";
    const kept = form === "inline" ? "" : blanks.slice(base);
    return [lineBreak(), `${kept}${line.slice(blanks.length)}`.trimEnd()];
  });
  return join(first.trimEnd(), ...lines);
}

function isLineComment(text: string, { start }: Span): boolean {
  return text.startsWith("//", start);
}

function newLineCount(text: string, start: number, end: number): number {
  return text.slice(start, end).match(/\r\n?|\n/g)?.length ?? 0;
}

function startOfLine(text: string, offset: number): number {
  let start = offset;
  while (0 < start && !/[\r\n]/.test(text.charAt(start - 1))) start--;
  return start;
}
