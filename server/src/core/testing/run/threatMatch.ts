/** Indicator match rules: an alert for every event that has something in common with an indicator. */
import { type Result } from "../../base/result.ts";
import { type JsonObject } from "../../engine/event.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type SampleEvent } from "../sampleEvents.ts";
import { eventsInIndices } from "./indices.ts";
import {
  kqlBase,
  type KqlBase,
  kqlRule,
  kqlSource,
  type KqlSource,
  recentMatches,
  type Scene,
  sceneOf,
  selectionAt,
  sortedEvents,
} from "./kqlBase.ts";
import { kqlNotes } from "./kqlNotes.ts";
import {
  type Alert,
  type IndicatorMatch,
  type PassedOver,
  type Preparation,
  type Refusal,
  type RuleInputs,
  type RunOptions,
  type RunResult,
} from "./prepared.ts";
import { textsIn } from "./settings.ts";
import { suppressed } from "./suppress.ts";
import { type MappingEntry, type MappingGroup, threatMappingOf } from "./threatMapping.ts";

interface ThreatMatch {
  readonly indicators: KqlSource;
  readonly indexPatterns: readonly string[] | undefined;
  readonly groups: readonly MappingGroup[];
}

export const prepareThreatMatch: Preparation = (rule, options) => {
  const base = kqlBase(rule, options);
  if (!base.ok) return base;
  const match = threatMatchOf(rule, base.value);
  if (!match.ok) return match;
  const isPerEvent = base.value.settings.suppression === undefined;
  const run = (inputs: RuleInputs): ReturnType<typeof runThreatMatch> =>
    runThreatMatch(base.value, match.value, inputs);
  return { ok: true, value: kqlRule(base.value, { isPerEvent }, run) };
};

function threatMatchOf(rule: RuleDocument, { types }: KqlBase): Result<ThreatMatch, Refusal> {
  const groups = threatMappingOf(rule, types);
  if (!groups.ok) return groups;
  const query = rule.queries.find(({ role }) => role === "threat_query");
  if (query !== undefined && query.language !== "kuery") {
    const reason = "`threat_query` can be run in KQL alone";
    return { ok: false, error: { kind: "unsupported", reason, span: query.host.span } };
  }
  const options: RunOptions = { types, query: undefined };
  const indicators = kqlSource(rule, query, "threat_filters", options);
  if (!indicators.ok) return indicators;
  const indexPatterns = rule.rule === undefined ? undefined : textsIn(rule.rule, "threat_index");
  return { ok: true, value: { indicators: indicators.value, indexPatterns, groups: groups.value } };
}

function* runThreatMatch(
  base: KqlBase,
  match: ThreatMatch,
  inputs: RuleInputs,
): Generator<undefined, Result<RunResult, Refusal>> {
  const scene = sceneOf(base, inputs);
  if (!scene.ok) return scene;
  const { matching, passedOver, silent } = yield* recentMatches(base, scene.value, inputs);
  const indicators = yield* indicatorsOf(match, scene.value, inputs);
  if (!indicators.ok) return indicators;
  const groups = match.groups.map((group) => indexedGroup(group, indicators.value));
  const single: Alert[] = [];
  const unmatched: SampleEvent[] = [];
  for (const [i, event] of matching.entries()) {
    if (i % EVENTS_A_STEP === EVENTS_A_STEP - 1) yield;
    const matches = groups.flatMap((group) => matchesIn(group, event.document));
    if (matches.length === 0) unmatched.push(event);
    else
      single.push({
        events: [event],
        keys: [],
        suppressedCount: 0,
        facts: { kind: "threat-match", matches },
      });
  }
  const { suppression } = base.settings;
  const alerts = suppression === undefined ? single : suppressed(single, suppression);
  const notes = [
    ...kqlNotes(base, scene.value, inputs, alerts.length),
    ...indicatorNotes(indicators.value, inputs),
  ];
  const reasons = (): readonly PassedOver[] =>
    unmatched.map((event) => ({ event, reason: reasonFor(match.groups, event.document) }));
  return { ok: true, value: { alerts, notes, passedOver, silent: () => [...silent, ...reasons()] } };
}

const EVENTS_A_STEP = 100;

function* indicatorsOf(
  { indicators: source, indexPatterns }: ThreatMatch,
  scene: Scene,
  { indicators }: RuleInputs,
): Generator<undefined, Result<readonly SampleEvent[], Refusal>> {
  const selection = selectionAt(source, scene.now);
  if (!selection.ok) return selection;
  const { read } = eventsInIndices(indicators, indexPatterns, undefined);
  const { matching } = yield* sortedEvents({ ...scene, selection: selection.value }, read, () => undefined);
  return { ok: true, value: matching };
}

/** A group with the indicators that can match by it. */
interface IndexedGroup {
  readonly leading: MappingEntry;
  readonly candidates: readonly Candidate[];
  /** By the value of the leading entry; undefined where values are not compared as texts: then all are tried. */
  readonly byKey: ReadonlyMap<string, readonly Candidate[]> | undefined;
}

/** An indicator with a test of the event's value for each entry. */
interface Candidate {
  readonly indicator: SampleEvent;
  readonly tests: readonly {
    readonly entry: MappingEntry;
    readonly accepts: (document: JsonObject) => JsonObject[string];
  }[];
}

function indexedGroup({ entries, leading }: MappingGroup, indicators: readonly SampleEvent[]): IndexedGroup {
  const candidates: Candidate[] = [];
  const byKey = new Map<string, Candidate[]>();
  const takesFirst = entries.length === 1 && leading.takesFirst;
  for (const indicator of indicators) {
    const values = entries.map(({ indicatorValuesOf }) => indicatorValuesOf(indicator.document));
    // Elsewhere Kibana writes a query for each indicator, and leaves out those with several values.
    const isUsable = takesFirst ? values[0]?.length !== 0 : values.every(({ length }) => length === 1);
    if (!isUsable) continue;
    const tests = entries.map((entry, i) => ({ entry, accepts: acceptance(entry, values[i]?.[0] ?? "") }));
    const candidate: Candidate = { indicator, tests };
    candidates.push(candidate);
    const key = leading.keyOf?.(values[entries.indexOf(leading)]?.[0] ?? "");
    if (key === undefined) continue;
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [candidate]);
    else same.push(candidate);
  }
  return { leading, candidates, byKey: leading.keyOf === undefined ? undefined : byKey };
}

/** The value that the event has in common with the indicator; undefined if it has none. */
function acceptance(
  entry: MappingEntry,
  wanted: string | number | boolean,
): Candidate["tests"][number]["accepts"] {
  const test = entry.testFor(wanted);
  return (document) => (entry.valuesOf(document).some(test) ? wanted : undefined);
}

function matchesIn(group: IndexedGroup, document: JsonObject): readonly IndicatorMatch[] {
  const { leading, byKey } = group;
  const candidates =
    byKey === undefined
      ? group.candidates
      : distinct(
          leading.valuesOf(document).flatMap((value) => byKey.get(leading.keyOf?.(value) ?? "") ?? []),
        );
  return candidates.flatMap((candidate) => matchesOf(candidate, document));
}

function distinct(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.length < 2 ? candidates : [...new Set(candidates)];
}

/** One for each entry if all of them hold; none otherwise. */
function matchesOf({ indicator, tests }: Candidate, document: JsonObject): readonly IndicatorMatch[] {
  const matches: IndicatorMatch[] = [];
  for (const { entry, accepts } of tests) {
    const value = accepts(document);
    if ((value === undefined) !== entry.isNegated) return [];
    const { field, indicatorField } = entry;
    matches.push({ indicator, field, indicatorField, value });
  }
  return matches;
}

/** Half a sentence on the values of the event that no indicator has. */
function reasonFor(groups: readonly MappingGroup[], document: JsonObject): string {
  const entries = groups.flatMap(({ entries: all }) => all).filter(({ isNegated }) => !isNegated);
  const present = entries.filter(({ valuesOf }) => valuesOf(document).length !== 0);
  if (present.length === 0) {
    const names = [...new Set(entries.map(({ field }) => `\`${field}\``))];
    return `has none of the fields of the mapping: ${names.join(", ")}`;
  }
  const shown = present.slice(0, MOST_SHOWN).map(({ field, indicatorField, valuesOf }) => {
    return `\`${field}\` \`${valuesOf(document).map(String).join("`, `")}\` in \`${indicatorField}\``;
  });
  return `matches no indicator: none has ${shown.join(", or ")}`;
}

const MOST_SHOWN = 3;

function indicatorNotes(used: readonly SampleEvent[], { indicators }: RuleInputs): readonly string[] {
  if (indicators.length === 0) return ["There are no indicators, so nothing can match"];
  const count = indicators.length - used.length;
  if (count === 0) return [];
  const noun = indicators.length === 1 ? "indicator" : "indicators";
  return [`${count} of ${indicators.length} ${noun} are not what \`threat_query\` asks for`];
}
