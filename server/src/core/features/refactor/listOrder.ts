/** The order of sorted lists, the same on every machine: without regard to the case of letters, numbers by size. */

export function listOrder(first: string | number, second: string | number): number {
  if (typeof first === "number" && typeof second === "number") return first - second;
  const [a, b] = [String(first), String(second)];
  const [lowA, lowB] = [a.toLowerCase(), b.toLowerCase()];
  if (lowA !== lowB) return lowA < lowB ? -1 : 1;
  return a < b ? -1 : a === b ? 0 : 1;
}
