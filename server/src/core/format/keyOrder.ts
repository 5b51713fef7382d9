/** Keys of each table in the order of most public rules: by the alphabet, with the queries last. Comments come along. */
import { type Edit, applyEdits } from "../text/edit.ts";
import { type Span, spanOf, textAt } from "../text/span.ts";
import { type EntryStatement, type Statement, statementsOf } from "./statements.ts";

/** Two thirds of the public rules have all keys so, as Elastic's own writer does. */
const LAST_KEYS: ReadonlySet<string> = new Set(["query", "threat_query"]);

/** The text itself if nothing has to move, or if it cannot be taken apart. Blank lines stay where they are. */
export function withKeysInOrder(text: string): string {
  const statements = statementsOf(text);
  if (statements === undefined) return text;
  const edits: Edit[] = [];
  let section: Moved[] = [];
  statements.forEach((statement, i) => {
    if (statement.kind === "header") {
      edits.push(...editsOf(text, section));
      section = [];
    } else {
      section.push({ name: nameOf(text, statement), span: blockOf(text, statements, i) });
    }
  });
  edits.push(...editsOf(text, section));
  return edits.length === 0 ? text : applyEdits(text, edits);
}

/** An entry with the comments that belong to it: those on lines above it, and the one beside it. */
interface Moved {
  readonly name: string;
  readonly span: Span;
}

/** Each block is written where the one stands whose place it takes. */
function editsOf(text: string, blocks: readonly Moved[]): readonly Edit[] {
  const sorted = [...blocks].sort((one, other) => order(one.name, other.name));
  return blocks.flatMap(({ span }, i) => {
    const block = sorted[i];
    return block === undefined || block.span === span ? [] : [{ span, text: textAt(text, block.span) }];
  });
}

function order(one: string, other: string): number {
  const isLast = Number(LAST_KEYS.has(one)) - Number(LAST_KEYS.has(other));
  if (isLast !== 0) return isLast;
  return one < other ? -1 : one === other ? 0 : 1;
}

function nameOf(text: string, { parts }: EntryStatement): string {
  return parts.map((part) => textAt(text, part)).join(".");
}

function blockOf(text: string, statements: readonly Statement[], index: number): Span {
  const own = statements[index]?.span ?? spanOf(0, 0);
  const before = statements[index - 1]?.span.end;
  const from = before === undefined ? 0 : endOfLine(text, before);
  const comment = textAt(text, spanOf(from, own.start)).indexOf("#");
  return spanOf(comment < 0 ? own.start : from + comment, endOfLine(text, own.end));
}

/** Where a line ends, with its comment and without trailing blanks. */
function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  const rest = text.slice(offset, newline < 0 ? text.length : newline);
  return offset + rest.trimEnd().length;
}
