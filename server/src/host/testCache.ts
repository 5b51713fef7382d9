/** Rules and events that were read, kept for as long as their files, or the documents of an editor, are the same. */
import path from "node:path";
import { type Result } from "../core/base/result.ts";
import { type FieldTypes } from "../core/query/fieldTypes.ts";
import { type PreparedRule, type Refusal } from "../core/testing/run/prepared.ts";
import { prepareRule } from "../core/testing/runners.ts";
import { type SampleEvents } from "../core/testing/sampleEvents.ts";
import { type ProjectOptions, readEvents, readRuleFile, type RuleOnDisk, ruleIn } from "./testProject.ts";
import { type FileVersion, isSameVersion, versionOf } from "./fileVersion.ts";

export interface TestCache {
  /** Undefined for what is no rule, or is not there. */
  rule(file: string, options: ProjectOptions): Promise<RuleOnDisk | undefined>;
  /** The same value for as long as the text is the same. Undefined if there is none, or reading was stopped. */
  events(file: string, options: ProjectOptions): Promise<SampleEvents | undefined>;
  prepared(rule: RuleOnDisk, types: FieldTypes): Result<PreparedRule, Refusal>;
}

const MOST_RULES = 64;
/** In UTF-16 units of their texts: one file of the largest kind, or thousands of usual ones. */
const MOST_EVENTS = 64_000_000;

export function testCache(): TestCache {
  const rules = shelf<RuleOnDisk | undefined>(MOST_RULES);
  const events = shelf<SampleEvents>(MOST_EVENTS);
  const prepared = new WeakMap<
    RuleOnDisk,
    { readonly types: FieldTypes; readonly value: Result<PreparedRule, Refusal> }
  >();

  return {
    async rule(file, options) {
      const full = path.join(options.root, file);
      const version = await versionOf(full, options.overlay);
      if (version === undefined) return undefined;
      const kept = rules.find(full, version);
      if (kept !== undefined) return kept.value;
      const { text } = version;
      const value = text === undefined ? await readRuleFile(file, options) : ruleIn(file, text);
      rules.keep(full, { version, value, weight: 1 });
      return value;
    },

    async events(file, options) {
      const full = path.join(options.root, file);
      const version = await versionOf(full, options.overlay);
      if (version === undefined) return undefined;
      const kept = events.find(full, version);
      if (kept !== undefined) return kept.value;
      const value = await readEvents(file, options);
      if (value !== undefined) events.keep(full, { version, value, weight: weightOf(value) });
      return value;
    },

    prepared(rule, types) {
      const known = prepared.get(rule);
      if (known?.types === types) return known.value;
      const value = prepareRule(rule.rule, { types, query: undefined });
      prepared.set(rule, { types, value });
      return value;
    },
  };
}

/** An event takes room beside its text. */
function weightOf({ events }: SampleEvents): number {
  return events.reduce((sum, { span }) => sum + span.end - span.start + EVENT_WEIGHT, EVENT_WEIGHT);
}

const EVENT_WEIGHT = 100;

interface Kept<T> {
  readonly version: FileVersion;
  readonly value: T;
  readonly weight: number;
}

interface Shelf<T> {
  find(key: string, version: FileVersion): Kept<T> | undefined;
  keep(key: string, kept: Kept<T>): void;
}

/** What was not asked for longest goes first. */
function shelf<T>(most: number): Shelf<T> {
  const all = new Map<string, Kept<T>>();
  let weight = 0;

  function drop(key: string): void {
    weight -= all.get(key)?.weight ?? 0;
    all.delete(key);
  }

  return {
    find(key, version) {
      const kept = all.get(key);
      if (kept === undefined || !isSameVersion(kept.version, version)) return undefined;
      all.delete(key);
      all.set(key, kept);
      return kept;
    },
    keep(key, kept) {
      drop(key);
      all.set(key, kept);
      weight += kept.weight;
      for (const oldest of all.keys()) {
        if (weight <= most || oldest === key) break;
        drop(oldest);
      }
    },
  };
}
