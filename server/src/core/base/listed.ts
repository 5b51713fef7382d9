/** "a", "a or b", "a, b or c". */
export function listed(words: readonly string[], conjunction: "and" | "or" = "or"): string {
  const last = words[words.length - 1] ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
