/** The ends of texts. A pattern with `$` would try again at every sign before it, which takes seconds for a long text. */

/** Where the run of signs of a kind begins that the text ends with; its length if there is none. */
export function endRunStart(text: string, kind: RegExp): number {
  let start = text.length;
  while (0 < start && kind.test(text.charAt(start - 1))) start--;
  return start;
}

/** Whether the last thing in the text is a line that is complete and has something in it. */
export function endsWithFilledLine(text: string): boolean {
  return text.endsWith("\n") && text.slice(text.lastIndexOf("\n", text.length - 2) + 1).trim() !== "";
}
