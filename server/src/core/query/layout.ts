/**
 * A small printer of documents, after Wadler: what can stand on one line stands there, what cannot is broken.
 * A layout is decided from the outside in, in time linear in the length of the text.
 */
import { unreachable } from "../base/unreachable.ts";
import { decidedRows } from "./packedRows.ts";

export interface Layout {
  /** The column that lines should not pass. */
  readonly width: number;
  /** Blanks for each level. */
  readonly indent: number;
}

export type Doc = string | DocNode;

/** `breaks` is true of whatever holds a line break that no choice of layout can avoid. */
type DocNode =
  | { readonly kind: "join"; readonly parts: readonly Doc[]; readonly breaks: boolean }
  | { readonly kind: "nest" | "hang" | "group"; readonly doc: Doc; readonly breaks: boolean }
  | { readonly kind: "line"; readonly flat: "" | " "; readonly breaks: false }
  | { readonly kind: "break"; readonly isBlank: boolean; readonly breaks: true }
  | { readonly kind: "aside"; readonly text: string; readonly breaks: false }
  | { readonly kind: "fill"; readonly rows: readonly FillRow[]; readonly breaks: boolean };

export interface FillRow {
  readonly content: Doc;
  /** What separates it from the next one. A `row-break` stays if all rows around it fit; else they are filled anew. */
  readonly then: "break" | "blank" | "row-break" | "space-or-break";
}

export function breaks(doc: Doc): boolean {
  return typeof doc !== "string" && doc.breaks;
}

export function join(...parts: readonly Doc[]): Doc {
  return joinAll(parts);
}

/** Of any number: a call takes only so many arguments. */
export function joinAll(parts: readonly Doc[]): Doc {
  return { kind: "join", parts, breaks: parts.some(breaks) };
}

/** One level deeper than what is around it. */
export function nest(doc: Doc): Doc {
  return { kind: "nest", doc, breaks: breaks(doc) };
}

/** Indented from the line on which it begins, whatever is around it. */
export function hang(doc: Doc): Doc {
  return { kind: "hang", doc, breaks: breaks(doc) };
}

/** Its lines are all kept together, or all broken. */
export function group(doc: Doc): Doc {
  return { kind: "group", doc, breaks: breaks(doc) };
}

/** A group that is broken even where it would fit. */
export function brokenGroup(doc: Doc): Doc {
  return { kind: "group", doc, breaks: true };
}

/** A place where the group around it may be broken. */
export function line(flat: "" | " "): Doc {
  return { kind: "line", flat, breaks: false };
}

export function lineBreak(isBlank = false): Doc {
  return { kind: "break", isBlank, breaks: true };
}

/** A text at the end of a line, such as a comment, that does not count for the line's length. */
export function aside(text: string): Doc {
  return { kind: "aside", text, breaks: false };
}

/** Rows that keep their breaks; one that is too long is broken before what no longer fits. */
export function fill(rows: readonly FillRow[]): Doc {
  const isBroken = rows.some(({ content, then }, i) => breaks(content) || isBreak(rows, i, then));
  return { kind: "fill", rows, breaks: isBroken };
}

function isBreak(rows: readonly FillRow[], index: number, then: FillRow["then"]): boolean {
  return index < rows.length - 1 && then !== "space-or-break";
}

/** A part of the document that is still to be printed. */
interface Command {
  readonly doc: Doc;
  readonly indent: number;
  readonly isFlat: boolean;
  /** How many parts of a join or rows of a fill are done. */
  readonly done: number;
}

interface Page {
  readonly layout: Layout;
  readonly chunks: string[];
  /** Blanks that are written once something follows them on the line. */
  blanks: string;
  column: number;
  /** Where the current line begins. */
  lineIndent: number;
  readonly ahead: Command[];
}

export function render(doc: Doc, layout: Layout): string {
  const page: Page = { layout, chunks: [], blanks: "", column: 0, lineIndent: 0, ahead: [] };
  page.ahead.push({ doc, indent: 0, isFlat: false, done: 0 });
  for (let command = page.ahead.pop(); command !== undefined; command = page.ahead.pop()) {
    if (typeof command.doc === "string") write(page, command.doc);
    else print(page, command, command.doc);
  }
  return page.chunks.join("");
}

function print(page: Page, command: Command, doc: DocNode): void {
  const { indent, isFlat } = command;
  switch (doc.kind) {
    case "join":
      return pushNextPart(page.ahead, command, doc.parts);
    case "nest":
      return push(page, doc.doc, indent + page.layout.indent, isFlat);
    case "hang":
      return push(page, doc.doc, page.lineIndent, isFlat);
    case "group": {
      const flat = { doc: doc.doc, indent, isFlat: true, done: 0 };
      return push(page, doc.doc, indent, isFlat || (!doc.breaks && fits(page, flat)));
    }
    case "line":
      return isFlat ? write(page, doc.flat) : newLine(page, indent, false);
    case "break":
      return newLine(page, indent, doc.isBlank);
    case "aside":
      return write(page, doc.text);
    case "fill":
      return printRow(page, command, doc.rows);
    default:
      return unreachable(doc);
  }
}

function printRow(page: Page, command: Command, rows: readonly FillRow[]): void {
  const { indent, done } = command;
  if (done === 0 && rows.some(({ then }) => then === "row-break")) {
    const place = { column: page.column, indent, width: page.layout.width };
    return push(page, fill(decidedRows(rows, place)), indent, false);
  }
  const row = rows[done];
  if (row === undefined) return;
  const content: Command = { doc: row.content, indent, isFlat: false, done: 0 };
  if (done + 1 < rows.length) page.ahead.push({ ...command, done: done + 1 });
  const before = rows[done - 1]?.then;
  if (before === "space-or-break") {
    write(page, " ");
    if (!fits(page, content)) newLine(page, indent, false);
  } else if (before !== undefined) {
    newLine(page, indent, before === "blank");
  }
  page.ahead.push(content);
}

function push(page: Page, doc: Doc, indent: number, isFlat: boolean): void {
  page.ahead.push({ doc, indent, isFlat, done: 0 });
}

function pushNextPart(commands: Command[], command: Command, parts: readonly Doc[]): void {
  const part = parts[command.done];
  if (part === undefined) return;
  commands.push({ ...command, done: command.done + 1 }, { ...command, doc: part, done: 0 });
}

function write(page: Page, text: string): void {
  page.column += text.length;
  if (text.trim() === "") {
    page.blanks += text;
    return;
  }
  page.chunks.push(page.blanks, text);
  page.blanks = "";
}

function newLine(page: Page, indent: number, isBlank: boolean): void {
  page.chunks.push(isBlank ? "\n\n" : "\n");
  page.blanks = " ".repeat(indent);
  page.column = indent;
  page.lineIndent = indent;
}

/**
 * Whether the line has room for `first` up to its first unavoidable break, and for what follows it up to where the
 * line may be broken. Groups in `first` stand on one line unless they cannot; those after it may be broken.
 */
function fits({ layout, column, ahead }: Page, first: Command): boolean {
  let left = layout.width - column;
  const commands: Command[] = [first];
  let aheadCount = ahead.length;
  let isPast = false;
  while (0 <= left) {
    let command = commands.pop();
    if (command === undefined) {
      isPast = true;
      command = ahead[--aheadCount];
      if (command === undefined) return true;
    }
    const { doc, isFlat, done } = command;
    if (typeof doc === "string") {
      left -= doc.length;
      continue;
    }
    switch (doc.kind) {
      case "join":
        pushNextPart(commands, command, doc.parts);
        break;
      case "group":
        commands.push({ ...command, doc: doc.doc, isFlat: isFlat || (!isPast && !doc.breaks) });
        break;
      case "nest":
      case "hang":
        commands.push({ ...command, doc: doc.doc });
        break;
      case "line":
        if (!isFlat) return true;
        left -= doc.flat.length;
        break;
      case "break":
        return true;
      case "aside":
        break;
      case "fill": {
        if (0 < done) return true;
        const row = doc.rows[0];
        if (1 < doc.rows.length) commands.push({ ...command, done: 1 });
        if (row !== undefined) commands.push({ ...command, doc: row.content });
        break;
      }
      default:
        return unreachable(doc);
    }
  }
  return false;
}
