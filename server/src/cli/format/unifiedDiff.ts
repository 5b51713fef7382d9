/** Edits of a text as a unified diff, which `patch -p0` and people can read. */
import { type Edit, applyEdits, orderedEdits } from "../../core/text/edit.ts";
import { type Span, spanOf } from "../../core/text/span.ts";

const CONTEXT = 3;

/** Lines that differ: `span` counts lines of the text before. */
interface Change {
  readonly span: Span;
  readonly lines: readonly string[];
}

/** Empty if nothing differs. */
export function unifiedDiff(name: string, text: string, edits: readonly Edit[]): string {
  const lines = linesOf(text);
  const changes = changesOf(text, lines, orderedEdits(edits));
  if (changes.length === 0) return "";
  let drift = 0;
  const hunks = hunksOf(changes).map((hunk) => {
    const shown = hunkText(lines, hunk, drift);
    for (const { span, lines: added } of hunk) drift += added.length - (span.end - span.start);
    return shown;
  });
  return `--- ${name}\n+++ ${name}\n${hunks.join("")}`;
}

/** With their line ends. */
function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

function changesOf(text: string, lines: readonly string[], edits: readonly Edit[]): readonly Change[] {
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length);
  // Where no line end is at the end, the last line goes on there.
  const isOpen = !(lines.at(-1) ?? "\n").endsWith("\n");
  const lineAt = lineFinder(isOpen ? starts.slice(0, -1) : starts);
  const blocks: { first: number; last: number; edits: Edit[] }[] = [];
  for (const edit of edits) {
    const [first, last] = [lineAt(edit.span.start), lineAt(edit.span.end)];
    const block = blocks.at(-1);
    if (block !== undefined && first <= block.last + 1) {
      block.last = Math.max(block.last, last);
      block.edits.push(edit);
    } else {
      blocks.push({ first, last, edits: [edit] });
    }
  }
  return blocks.map(({ first, last, edits: own }) => {
    const start = starts[first] ?? text.length;
    const end = starts[last + 1] ?? text.length;
    const moved = own.map(({ span, text: added }) => ({
      span: spanOf(span.start - start, span.end - start),
      text: added,
    }));
    const added = linesOf(applyEdits(text.slice(start, end), moved));
    return trimmed(lines, { span: spanOf(first, Math.min(last + 1, lines.length)), lines: added });
  });
}

/** Offsets come in order, so that the search goes on where it was. */
function lineFinder(starts: readonly number[]): (offset: number) => number {
  let line = 0;
  return (offset) => {
    while (line + 1 < starts.length && (starts[line + 1] ?? Infinity) <= offset) line++;
    return line;
  };
}

/** Without lines that are the same at both ends. */
function trimmed(lines: readonly string[], { span, lines: added }: Change): Change {
  let { start, end } = span;
  let [from, to] = [0, added.length];
  for (; start < end && from < to && lines[start] === added[from]; start++) from++;
  for (; start < end && from < to && lines[end - 1] === added[to - 1]; end--) to--;
  return { span: spanOf(start, end), lines: added.slice(from, to) };
}

/** Changes whose lines around them touch stand in one hunk. */
function hunksOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const hunk = hunks.at(-1);
    const last = hunk?.at(-1);
    if (hunk !== undefined && last !== undefined && change.span.start <= last.span.end + CONTEXT * 2)
      hunk.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function hunkText(lines: readonly string[], hunk: readonly Change[], drift: number): string {
  const [first, last] = [hunk[0], hunk.at(-1)];
  if (first === undefined || last === undefined) return "";
  const start = Math.max(first.span.start - CONTEXT, 0);
  const end = Math.min(last.span.end + CONTEXT, lines.length);
  const body: string[] = [];
  let reached = start;
  let count = end - start;
  for (const { span, lines: added } of hunk) {
    body.push(...lines.slice(reached, span.start).map((line) => marked(" ", line)));
    body.push(...lines.slice(span.start, span.end).map((line) => marked("-", line)));
    body.push(...added.map((line) => marked("+", line)));
    reached = span.end;
    count += added.length - (span.end - span.start);
  }
  body.push(...lines.slice(reached, end).map((line) => marked(" ", line)));
  return `@@ -${place(start, end - start)} +${place(start + drift, count)} @@\n${body.join("")}`;
}

/** A hunk without lines is told by the line above it. */
function place(start: number, count: number): string {
  const line = count === 0 ? start : start + 1;
  return count === 1 ? String(line) : `${line},${count}`;
}

function marked(sign: string, line: string): string {
  return line.endsWith("\n") ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`;
}
