/** Keeps hold of a line while the text above it changes. */

export interface LineChange {
  readonly range: {
    readonly start: { readonly line: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly text: string;
}

/** Where a line is after changes; it counts from 1, as events do, their places from 0, as editors do. */
export function shiftedLine(line: number, changes: readonly LineChange[]): number {
  const shift = changes
    .filter(({ range: { end } }) => end.line < line - 1 || (end.line === line - 1 && end.character === 0))
    .reduce((sum, { range, text }) => sum + newlines(text) - (range.end.line - range.start.line), 0);
  return Math.max(1, line + shift);
}

function newlines(text: string): number {
  return text.split("\n").length - 1;
}
