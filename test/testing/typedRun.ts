/** Rules of every type on events as tests write them, and what came of it as short lines. */
import { fieldTypesOfMapping } from "../../server/src/core/query/mapping.ts";
import { type FieldTypes } from "../../server/src/core/query/fieldTypes.ts";
import { readRule } from "../../server/src/core/rule/read.ts";
import { type RuleDocument } from "../../server/src/core/rule/model.ts";
import {
  type AlertFacts,
  type PreparedRule,
  type RunResult,
} from "../../server/src/core/testing/run/prepared.ts";
import { prepareRule } from "../../server/src/core/testing/runners.ts";
import { type SampleEvent } from "../../server/src/core/testing/sampleEvents.ts";
import { readToml } from "../../server/src/core/toml/read.ts";
import { exhausted } from "../engine/exhausted.ts";
import { NO_TYPES } from "./ecsTypes.ts";
import { eventsIn } from "./support.ts";

/** A document for each event; `at` is the time on 1 January 2026, or on another day: `12-31T09:00`. */
export type Written = Readonly<Record<string, unknown>>;

export interface TypedRun {
  readonly type: "query" | "threshold" | "new_terms" | "threat_match" | "eql";
  readonly query?: string | undefined;
  /** Further lines of the rule. */
  readonly more?: string;
  readonly events: readonly Written[];
  readonly history?: readonly Written[];
  readonly indicators?: readonly Written[];
  /** As `at` of events. */
  readonly now?: string;
  /** A flat mapping. */
  readonly mapping?: Readonly<Record<string, unknown>>;
  readonly index?: string;
}

export interface TypedOutcome {
  readonly alerts: readonly string[];
  readonly result: RunResult;
  readonly rule: RuleDocument;
}

export function typedRule({ type, query, more = "" }: TypedRun): RuleDocument {
  const written = query === undefined ? "" : `query = '''${query}'''\n`;
  return readRule(
    readToml(
      `[rule]\nname = "A rule"\nrule_id = "r1"\nseverity = "high"\nrisk_score = 73\ntype = "${type}"\nlanguage = "${type === "eql" ? "eql" : "kuery"}"\n${written}${more}\n`,
    ),
  );
}

export function preparedRun(run: TypedRun): PreparedRule {
  const prepared = prepareRule(typedRule(run), { types: typesOf(run), query: undefined });
  if (!prepared.ok) throw new Error(`${prepared.error.kind}: ${prepared.error.reason}`);
  return prepared.value;
}

/** "unsupported: …"; undefined if the rule can be run. */
export function refusalOf(run: TypedRun): string | undefined {
  const prepared = prepareRule(typedRule(run), { types: typesOf(run), query: undefined });
  if (!prepared.ok) return `${prepared.error.kind}: ${prepared.error.reason}`;
  const outcome = exhausted(prepared.value.run(inputsOf(run)));
  return outcome.ok ? undefined : `${outcome.error.kind}: ${outcome.error.reason}`;
}

export function outcomeOf(run: TypedRun): TypedOutcome {
  const outcome = exhausted(preparedRun(run).run(inputsOf(run)));
  if (!outcome.ok) throw new Error(`${outcome.error.kind}: ${outcome.error.reason}`);
  const { alerts } = outcome.value;
  const lines = alerts.map(({ events, facts, suppressedCount, suppressedBy }) => {
    const places = events.map((event) => String(event?.line ?? "-")).join("+");
    const folded =
      suppressedBy === undefined
        ? ""
        : ` [${suppressedBy.map(({ value }) => JSON.stringify(value)).join()} +${suppressedCount}]`;
    return `${places}${factsText(facts)}${folded}`;
  });
  return { alerts: lines, result: outcome.value, rule: typedRule(run) };
}

function factsText(facts: AlertFacts | undefined): string {
  switch (facts?.kind) {
    case undefined:
      return "";
    case "threshold": {
      const counted = facts.cardinality === undefined ? "" : `/${facts.cardinality.value}`;
      return ` ${facts.terms.map(({ value }) => JSON.stringify(value)).join()} ×${facts.count}${counted}`;
    }
    case "new-terms":
      return ` ${facts.terms.map(({ value }) => JSON.stringify(value)).join()}`;
    case "threat-match":
      return facts.matches
        .map(({ indicator, field, value }) => ` ${field}=${String(value ?? "other")}@${indicator.line}`)
        .join("");
  }
}

/** `line: reason` for what matches the query and does not alert. */
export function silentOf({ result }: TypedOutcome): readonly string[] {
  return (result.silent?.() ?? []).map(({ event, reason }) => `${event.line} ${reason}`);
}

function inputsOf({
  events,
  history = [],
  indicators = [],
  now,
  index,
}: TypedRun): Parameters<PreparedRule["run"]>[0] {
  return {
    events: written(events),
    history: written(history),
    indicators: written(indicators),
    now: now === undefined ? undefined : Date.parse(timeOf(now)),
    index,
  };
}

function written(documents: readonly Written[]): readonly SampleEvent[] {
  const lines = documents.map(({ at, ...document }) => {
    const time = typeof at === "string" ? { "@timestamp": timeOf(at) } : {};
    return `${JSON.stringify({ ...time, ...document })}\n`;
  });
  return documents.length === 0 ? [] : eventsIn(lines.join(""));
}

export function timeOf(at: string): string {
  const [day, time] = at.includes("T") ? at.split("T") : ["01-01", at];
  const year = day?.startsWith("12") === true ? 2025 : 2026;
  const padded = /^\d\d:\d\d$/.test(time ?? "") ? `${time ?? ""}:00` : (time ?? "");
  return `${year}-${day ?? ""}T${padded}Z`;
}

function typesOf({ mapping }: TypedRun): FieldTypes {
  return mapping === undefined ? NO_TYPES : fieldTypesOfMapping(mapping);
}
