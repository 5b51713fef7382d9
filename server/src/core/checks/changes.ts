/** What changed in a file since the branch began. */

/** Line breaks do not count: git may write them in either form. */
export function isChangedFrom(baseText: string, text: string): boolean {
  return baseText !== text && withoutReturns(baseText) !== withoutReturns(text);
}

function withoutReturns(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
