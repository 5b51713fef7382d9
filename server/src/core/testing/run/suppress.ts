/** Alert suppression within one run: alerts of one group become one, which rests on the events of all. */
import { type JsonObject } from "../../engine/event.ts";
import { compileAccess, type FieldValues } from "../../engine/fieldAccess.ts";
import { type Alert } from "./prepared.ts";
import { type Suppression } from "./settings.ts";

/** In the order of their first alerts. Values that the events of an alert do not share count as missing. */
export function suppressed(alerts: readonly Alert[], { fields, missing }: Suppression): readonly Alert[] {
  const readers = fields.map((field) => compileAccess(field));
  const groups = new Map<string, { readonly alerts: Alert[]; readonly by: Alert["suppressedBy"] }>();
  for (const [i, alert] of alerts.entries()) {
    const values = readers.map((read) => commonValue(alert, read));
    const isAlone = missing === "separate" && values.includes(null);
    const key = isAlone ? `alone ${i}` : JSON.stringify(values);
    const group = groups.get(key);
    const by = isAlone ? undefined : fields.map((field, at) => ({ field, value: values[at] ?? null }));
    if (group === undefined) groups.set(key, { alerts: [alert], by });
    else group.alerts.push(alert);
  }
  return [...groups.values()].flatMap(({ alerts: own, by }) => {
    const [first] = own;
    if (first === undefined) return [];
    const events = own.flatMap((alert) => alert.events);
    return [{ ...first, events, suppressedCount: own.length - 1, suppressedBy: by }];
  });
}

function commonValue({ events }: Alert, read: (document: JsonObject) => FieldValues): FieldValues {
  const values = events.flatMap((event) => (event === null ? [] : [read(event.document)]));
  const [first = null] = values;
  const text = JSON.stringify(first);
  return values.every((value) => JSON.stringify(value) === text) ? first : null;
}
