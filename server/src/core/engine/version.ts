/**
 * The order of version fields: semantic versions with any number of parts (`10.0.19045.1`), and after them, as text,
 * whatever is none.
 */
const VERSION =
  /^((?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

/** Zero for equal texts alone: `1.0` stands before `1.0.0`. */
export function compareVersions(left: string, right: string): number {
  if (left === right) return 0;
  const [one, other] = [VERSION.exec(left), VERSION.exec(right)];
  if (one === null || other === null) {
    if (one === null && other === null) return compareTexts(left, right);
    return one === null ? 1 : -1;
  }
  return (
    compareParts(one[1] ?? "", other[1] ?? "") ||
    comparePrereleases(one[2], other[2]) ||
    compareTexts(one[3] ?? "", other[3] ?? "")
  );
}

/** A version that is not released yet stands before the one it leads to. */
function comparePrereleases(left: string | undefined, right: string | undefined): number {
  if (left === undefined) return right === undefined ? 0 : 1;
  return right === undefined ? -1 : compareParts(left, right);
}

function compareParts(left: string, right: string): number {
  const [ones, others] = [left.split("."), right.split(".")];
  for (const [i, one] of ones.entries()) {
    const other = others[i];
    if (other === undefined) return 1;
    const order = comparePart(one, other);
    if (order !== 0) return order;
  }
  return ones.length - others.length;
}

/** Numbers stand before words. They may be too long for a number of JavaScript. */
function comparePart(left: string, right: string): number {
  const [isNumber, isOtherNumber] = [isDigits(left), isDigits(right)];
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  const byLength = isNumber ? left.length - right.length : 0;
  return byLength === 0 ? compareTexts(left, right) : byLength;
}

function isDigits(text: string): boolean {
  return /^\d+$/.test(text);
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : right < left ? 1 : 0;
}
