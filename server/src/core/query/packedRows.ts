/** Whether rows that an author made are kept, or filled anew as they were packed and no longer fit. */
import { unreachable } from "../base/unreachable.ts";
import { type Doc, type FillRow } from "./layout.ts";

interface Place {
  /** Where the first row begins. */
  readonly column: number;
  /** Where the others begin. */
  readonly indent: number;
  readonly width: number;
}

/** Each run of rows up to a break that must stay is kept as it is or, if it is packed and a row is too long, filled. */
export function decidedRows(rows: readonly FillRow[], { column, indent, width }: Place): readonly FillRow[] {
  const decided: FillRow[] = [];
  let run: FillRow[] = [];
  let start = column;
  rows.forEach((row, i) => {
    run.push(row);
    if (row.then === "row-break" || (row.then === "space-or-break" && i < rows.length - 1)) return;
    const then: FillRow["then"] = isPackedTooLong(run, { column: start, indent, width })
      ? "space-or-break"
      : "break";
    for (const one of run) decided.push(one.then === "row-break" ? { ...one, then } : one);
    run = [];
    start = indent;
  });
  return decided;
}

/** How much room a packed row may leave: authors wrap by eye. */
const SLACK = 12;

/** Whether these rows were packed, each as full as the longest one allows, and one of them is too long here. */
function isPackedTooLong(run: readonly FillRow[], place: Place): boolean {
  if (run.some(({ content }) => typeof content !== "string" && content.breaks)) return false;
  const rows: { readonly first: number; column: number; count: number }[] = [];
  run.forEach(({ content }, i) => {
    const own = flatWidth(content);
    const last = rows.at(-1);
    if (last === undefined || run[i - 1]?.then === "row-break") {
      const start = last === undefined ? place.column : place.indent;
      rows.push({ first: own, column: start + own, count: 1 });
    } else {
      last.column += 1 + own;
      last.count++;
    }
  });
  const longest = rows.reduce((most, { column }) => Math.max(most, column), 0);
  const isPacked = rows.every(({ column }, i) => {
    const next = rows[i + 1];
    return next === undefined || longest < column + 1 + next.first + SLACK;
  });
  return isPacked && rows.some(({ column, count }) => 1 < count && place.width < column);
}

/** The width of what stands on one line. */
function flatWidth(doc: Doc): number {
  if (typeof doc === "string") return doc.length;
  switch (doc.kind) {
    case "join":
      return doc.parts.reduce((sum: number, part) => sum + flatWidth(part), 0);
    case "fill":
      return doc.rows.reduce((sum, { content }, i) => sum + flatWidth(content) + (i === 0 ? 0 : 1), 0);
    case "nest":
    case "hang":
    case "group":
      return flatWidth(doc.doc);
    case "line":
      return doc.flat.length;
    case "break":
    case "aside":
      return 0;
    default:
      return unreachable(doc);
  }
}
