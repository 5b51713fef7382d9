/** Versions of the Elastic stack: three numbers. */

export interface StackVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Reads "9.4.0", and "9.4" and "9" as the first of them; undefined for anything else. */
export function stackVersion(text: string): StackVersion | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?$/.exec(text);
  if (match === null) return undefined;
  return { major: Number(match[1]), minor: Number(match[2] ?? 0), patch: Number(match[3] ?? 0) };
}

export function stackVersionText({ major, minor, patch }: StackVersion): string {
  return `${major}.${minor}.${patch}`;
}

/** Negative if `a` is the older one. */
export function compareStacks(a: StackVersion, b: StackVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}
