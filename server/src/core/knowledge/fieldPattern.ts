/** Field names with `*` in them: it stands for any text, dots included. */
export function wildcardMatcher(pattern: string): (name: string) => boolean {
  const pieces = pattern.split("*");
  const first = pieces[0] ?? "";
  const last = pieces[pieces.length - 1] ?? "";
  const inner = pieces.slice(1, -1);
  return (name) => {
    if (pieces.length === 1) return name === pattern;
    if (name.length < first.length + last.length) return false;
    if (!name.startsWith(first) || !name.endsWith(last)) return false;
    let at = first.length;
    for (const piece of inner) {
      const found = name.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= name.length - last.length;
  };
}
