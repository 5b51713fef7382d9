/** Field names as the parts between their dots. */

/** `process.parent.name` has three parts. */
export interface NameParts {
  readonly name: string;
  readonly parts: readonly string[];
}

export function nameParts(name: string): NameParts {
  return { name, parts: name.split(".") };
}

/** The first part: a field set of ECS, a vendor, or the package of a dataset. */
export function rootOf(name: string): string {
  const dot = name.indexOf(".");
  return dot < 0 ? name : name.slice(0, dot);
}
