/** Alert suppression of query rules: Elasticsearch groups the events, an event with several values once for each. */
import { type Result } from "../../base/result.ts";
import { type KqlBase } from "./kqlBase.ts";
import { type Alert, type FieldTerm, type Refusal } from "./prepared.ts";
import { type Suppression } from "./settings.ts";
import { type TermReader, termReader, tupleTable, type TermTuple, tuplesOf } from "./terms.ts";

/** In the order of their first events. `alerts` are of one event each; without suppression they stay as they are. */
export function groupedByTerms(
  { settings, types }: KqlBase,
  alerts: readonly Alert[],
): Result<readonly Alert[], Refusal> {
  const { suppression } = settings;
  if (suppression === undefined) return { ok: true, value: alerts };
  const readers: TermReader[] = [];
  for (const field of suppression.fields) {
    const reader = termReader(types, field, undefined);
    if (!reader.ok) return reader;
    readers.push(reader.value);
  }
  return { ok: true, value: grouped(alerts, readers, suppression) };
}

interface Group {
  readonly by: readonly FieldTerm[] | undefined;
  readonly alerts: Alert[];
}

function grouped(
  alerts: readonly Alert[],
  readers: readonly TermReader[],
  { fields, missing }: Suppression,
): readonly Alert[] {
  const groups: Group[] = [];
  const byTerms = tupleTable<Group>();
  const added = (group: Group): Group => {
    groups.push(group);
    return group;
  };
  // Nothing is a value like others, of which there is no other form.
  const keyed = readers.map(
    (read): TermReader =>
      (document) =>
        read(document) ?? NOTHING,
  );
  for (const alert of alerts) {
    const document = alert.events[0]?.document ?? {};
    if (missing === "separate" && readers.some((read) => read(document) === undefined)) {
      added({ by: undefined, alerts: [alert] });
      continue;
    }
    for (const tuple of tuplesOf(keyed, document) ?? []) {
      const known = byTerms.get(tuple);
      if (known === undefined) byTerms.add(tuple, added({ by: termsOf(fields, tuple), alerts: [alert] }));
      else known.alerts.push(alert);
    }
  }
  return groups.flatMap(({ by, alerts: own }) => {
    const [first] = own;
    if (first === undefined) return [];
    if (by === undefined) return [first];
    const events = own.flatMap((alert) => alert.events);
    return [{ ...first, events, suppressedCount: own.length - 1, suppressedBy: by }];
  });
}

function termsOf(fields: readonly string[], tuple: TermTuple): readonly FieldTerm[] {
  return fields.map((field, i) => {
    const value = tuple[i] ?? NOTHING;
    return { field, value: value === NOTHING ? null : value };
  });
}

/** No event has it as a value. */
const NOTHING = "\0nothing";
