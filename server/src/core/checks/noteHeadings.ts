/** Headings of an investigation guide, as Markdown has them. */
import MarkdownIt from "markdown-it";
import { lazy } from "../base/lazy.ts";
import { type Span, spanOf } from "../text/span.ts";

export interface NoteHeading {
  readonly level: number;
  /** As it is written, without the signs that make it a heading. */
  readonly text: string;
  /** Of the text, in the note. */
  readonly span: Span;
  /** Of the number signs in front; undefined for a heading that a line below it makes. */
  readonly signs: Span | undefined;
}

/** False only if no heading has the word, which is given in small letters: reading the whole note takes longer. */
export function mayHaveHeading(note: string, word: string): boolean {
  const anywhere = new RegExp(word, "gi");
  let isNamed = false;
  for (const { index } of note.matchAll(anywhere)) {
    isNamed = true;
    const start = Math.max(note.lastIndexOf("\n", index), note.lastIndexOf("\r", index)) + 1;
    if (SIGNS.test(note.slice(start, start + MOST_SIGNS))) return true;
  }
  // A line of dashes or equals signs makes a heading of the line above.
  return isNamed && UNDERLINE.test(note);
}

const UNDERLINE = /[\r\n] {0,3}(?:=+|-+)[ \t]*(?:[\r\n]|$)/;
const SIGNS = /^ {0,3}#/;

/** Those that stand in no list and no quotation: Elastic's loader looks at no others. */
export function topHeadings(note: string): readonly NoteHeading[] {
  const headings: NoteHeading[] = [];
  const starts = lineStarts(note);
  const tokens = blockParser().parse(note, {});
  for (const [i, token] of tokens.entries()) {
    const start = starts[token.map?.[0] ?? 0];
    if (token.type !== "heading_open" || token.level !== 0 || start === undefined) continue;
    const text = tokens[i + 1]?.content ?? "";
    const signs = /^ {0,3}#{1,6}/.exec(note.slice(start, start + MOST_SIGNS))?.[0];
    const at = note.indexOf(text, start + (signs?.length ?? 0));
    if (at < 0) continue;
    headings.push({
      level: Number(token.tag.slice(1)),
      text,
      span: spanOf(at, at + text.length),
      signs: signs === undefined ? undefined : spanOf(start + signs.indexOf("#"), start + signs.length),
    });
  }
  return headings;
}

const MOST_SIGNS = 9;

/** Blocks alone: what is emphasised or linked inside of a line does not matter. */
const blockParser = lazy(() => {
  const parser = new MarkdownIt("commonmark");
  parser.core.ruler.enableOnly(["normalize", "block"]);
  return parser;
});

/** Where the lines begin, as Markdown counts them. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { index, 0: newline } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + newline.length);
  return starts;
}
