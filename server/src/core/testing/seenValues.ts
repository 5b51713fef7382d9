/** Values that sample events have for a field, for completion. */
import { compileAccess, type FieldValues } from "../engine/fieldAccess.ts";
import { type EventRecord } from "../engine/event.ts";

/** More events say little that is new, and each is looked at while somebody types. */
const MOST_EVENTS = 2000;
/** Long values, such as scripts, are no help in a list. */
const LONGEST_VALUE = 200;
const MOST_VALUES = 50;

/** The values of a field by how many events have them, the most frequent first; texts and numbers as written in a query. */
export function seenValues(events: readonly EventRecord[]): (field: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (field) => {
    const found = known.get(field) ?? valuesIn(events, field);
    known.set(field, found);
    return found;
  };
}

function valuesIn(events: readonly EventRecord[], field: string): readonly string[] {
  const access = compileAccess(field);
  const counts = new Map<string, number>();
  for (const { document } of events.slice(0, MOST_EVENTS)) {
    for (const value of new Set(textsOf(access(document)))) {
      if (value !== "" && value.length <= LONGEST_VALUE) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1))
    .slice(0, MOST_VALUES)
    .map(([value]) => value);
}

function textsOf(values: FieldValues): readonly string[] {
  if (values === null) return [];
  return Array.isArray(values) ? values.map(String) : [String(values)];
}
