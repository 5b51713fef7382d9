/** Threshold rules: an alert for every group of events that is large enough. */
import { type Result } from "../../base/result.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { tableIn, tablesIn, textIn } from "../../rule/read.ts";
import { type TomlTable } from "../../toml/model.ts";
import { type SampleEvent } from "../sampleEvents.ts";
import { kqlBase, type KqlBase, kqlRule, recentMatches, refused, sceneOf } from "./kqlBase.ts";
import { kqlNotes } from "./kqlNotes.ts";
import {
  type Alert,
  type FieldTerm,
  type PassedOver,
  type Preparation,
  type Refusal,
  type RuleInputs,
  type RunResult,
} from "./prepared.ts";
import { namesIn } from "./settings.ts";
import {
  listOfTerms,
  termKey,
  type TermReader,
  termReader,
  tupleTable,
  type TermTuple,
  tuplesOf,
  tupleText,
} from "./terms.ts";

interface Threshold {
  readonly fields: readonly string[];
  readonly readers: readonly TermReader[];
  /** So many events a group needs. */
  readonly least: number;
  readonly cardinality: Cardinality | undefined;
}

/** So many different values a field must have in a group. */
interface Cardinality {
  readonly field: string;
  readonly read: TermReader;
  readonly least: number;
}

export const prepareThreshold: Preparation = (rule, options) => {
  const base = kqlBase(rule, options);
  if (!base.ok) return base;
  const threshold = thresholdOf(rule, base.value);
  if (!threshold.ok) return threshold;
  const run = (inputs: RuleInputs): ReturnType<typeof runThreshold> =>
    runThreshold(base.value, threshold.value, inputs);
  return { ok: true, value: kqlRule(base.value, { isPerEvent: false }, run) };
};

function thresholdOf({ rule }: RuleDocument, { types }: KqlBase): Result<Threshold, Refusal> {
  const table = rule && tableIn(rule, "threshold");
  const least = countIn(table);
  if (table === undefined || least === undefined)
    return refused("broken", "The rule has no threshold with a `value`", table?.span ?? rule?.span);
  const fields = namesIn(table, "field");
  const readers: TermReader[] = [];
  for (const field of fields) {
    const reader = termReader(types, field, table.byName.get("field")?.value.span);
    if (!reader.ok) return reader;
    readers.push(reader.value);
  }
  // Kibana takes the first one of several.
  const [counted] = tablesIn(table, "cardinality");
  const field = counted && textIn(counted, "field");
  const value = countIn(counted);
  if (field === undefined || value === undefined)
    return { ok: true, value: { fields, readers, least, cardinality: undefined } };
  const reader = termReader(types, field.value, field.span);
  if (!reader.ok) return reader;
  const cardinality = { field: field.value, read: reader.value, least: value };
  return { ok: true, value: { fields, readers, least, cardinality } };
}

function countIn(table: TomlTable | undefined): number | undefined {
  const value = table?.byName.get("value")?.value;
  return value?.kind === "integer" ? value.value : undefined;
}

interface Group {
  readonly tuple: TermTuple;
  readonly events: SampleEvent[];
  /** The different values of the counted field. */
  readonly values: Set<string>;
}

function* runThreshold(
  base: KqlBase,
  threshold: Threshold,
  inputs: RuleInputs,
): Generator<undefined, Result<RunResult, Refusal>> {
  const scene = sceneOf(base, inputs);
  if (!scene.ok) return scene;
  const { matching, passedOver, silent } = yield* recentMatches(base, scene.value, inputs);
  const grouped = yield* groupsOf(threshold, matching);
  if (!grouped.ok) return grouped;
  const { groups, ungrouped } = grouped.value;
  const all = groups.map((group) => judgedGroup(threshold, group));
  const alerts = all.flatMap(({ alert }) => alert ?? []);
  const missed = all.filter(({ alert }) => alert === undefined).sort(byShare);
  const told = [...all.filter(({ alert }) => alert !== undefined), ...missed];
  const reasons = (): readonly PassedOver[] => {
    const alerting = new Set(alerts.flatMap(({ events }) => events));
    return missed.flatMap((one) => {
      const reason = `does not alert: ${messageOf(threshold, one.group)}`;
      return one.group.events.flatMap((event) => (alerting.has(event) ? [] : [{ event, reason }]));
    });
  };
  return {
    ok: true,
    value: {
      alerts,
      groups: told.slice(0, MOST_TOLD).map(({ group, terms, alert }) => {
        const { events } = group;
        return { terms, events, alerts: alert !== undefined, message: messageOf(threshold, group) };
      }),
      notes: kqlNotes(base, scene.value, inputs, alerts.length),
      passedOver,
      silent: () => [...silent, ...ungrouped, ...reasons()],
    },
  };
}

/** Nobody reads of more groups. */
const MOST_TOLD = 1000;

interface Groups {
  readonly groups: readonly Group[];
  readonly ungrouped: readonly PassedOver[];
}

/** An event without one of the fields is in no group, one with several values in a group for each. */
function* groupsOf(
  { fields, readers, cardinality }: Threshold,
  events: readonly SampleEvent[],
): Generator<undefined, Result<Groups, Refusal>> {
  const groups = tupleTable<Group>();
  const ungrouped: PassedOver[] = [];
  for (const [i, event] of events.entries()) {
    if (i % EVENTS_A_STEP === EVENTS_A_STEP - 1) yield;
    const { document } = event;
    const tuples = tuplesOf(readers, document);
    if (tuples === undefined) return refused("unsupported", TOO_MANY, undefined);
    if (tuples.length === 0) {
      const absent = fields.find((_field, at) => readers[at]?.(document) === undefined);
      ungrouped.push({ event, reason: `has no \`${absent ?? ""}\`, and is in no group` });
    }
    const counted = cardinality && listOfTerms(cardinality.read(document));
    for (const tuple of tuples) {
      const known = groups.get(tuple);
      const group = known ?? { tuple, events: [], values: new Set<string>() };
      if (known === undefined) groups.add(tuple, group);
      group.events.push(event);
      for (const term of counted ?? []) group.values.add(termKey(term));
    }
  }
  return { ok: true, value: { groups: groups.values(), ungrouped } };
}

const EVENTS_A_STEP = 500;
const TOO_MANY = "An event has so many combinations of values that they cannot be grouped";

interface JudgedGroup {
  readonly group: Group;
  readonly terms: readonly FieldTerm[];
  readonly alert: Alert | undefined;
  /** How much of what is needed is there: 1 for all of it. */
  readonly share: number;
}

function judgedGroup({ fields, least, cardinality }: Threshold, group: Group): JudgedGroup {
  const { tuple, events, values } = group;
  const terms = fields.map((field, i): FieldTerm => ({ field, value: tuple[i] ?? null }));
  const shares = [events.length / least, cardinality === undefined ? 1 : values.size / cardinality.least];
  const share = shares.reduce((product, one) => product * Math.min(1, one), 1);
  if (share < 1) return { group, terms, alert: undefined, share };
  const counted = cardinality && { field: cardinality.field, value: values.size };
  const alert: Alert = {
    events,
    keys: tuple,
    suppressedCount: 0,
    facts: { kind: "threshold", terms, count: events.length, cardinality: counted },
  };
  return { group, terms, alert, share };
}

function messageOf({ fields, least, cardinality }: Threshold, { tuple, events, values }: Group): string {
  const name = fields.length === 0 ? "the group of all" : tupleText(fields, tuple);
  const noun = least === 1 ? "event" : "events";
  const counted =
    cardinality === undefined
      ? ""
      : ` and ${values.size} of ${cardinality.least} values of \`${cardinality.field}\``;
  return `${name} has ${events.length} of ${least} ${noun}${counted}`;
}

function byShare(left: JudgedGroup, right: JudgedGroup): number {
  return right.share - left.share;
}
