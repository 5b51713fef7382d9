/** The order of items that an editor narrows down itself. */
import { fitOf, wanted } from "./completionMatch.ts";

/** Those that fit what was typed first, the best of them before the others; all of them stay. */
export function bestFirst<T>(items: readonly T[], typed: string, nameOf: (item: T) => string): readonly T[] {
  const asked = wanted(typed);
  const fits = new Map(items.map((item) => [item, fitOf(asked, nameOf(item).toLowerCase()) ?? Infinity]));
  const rank = (item: T): number => fits.get(item) ?? Infinity;
  return [...items].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}
