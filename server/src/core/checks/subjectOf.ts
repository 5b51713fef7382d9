import { type ValueVisit } from "../rule/visit.ts";

/** What a message on a value begins with: its key, or that it is an item of the key's list. */
export function subjectOf({ key, entry, value }: ValueVisit): string {
  return entry.value === value ? `\`${key.name}\`` : `An item of \`${key.name}\``;
}
