/** What a repository has written down about its rules: the versions that were shipped, and the rules that were deprecated. */
import { lazy } from "../base/lazy.ts";
import { isObject, objectIn, textIn } from "./attackJson.ts";

export interface RuleRecords {
  /** `version.lock.json` by rule id; undefined if there is none that can be read. */
  shipped(): ReadonlyMap<string, ShippedRule> | undefined;
  /** `deprecated_rules.json` by rule id; undefined if there is none that can be read. */
  deprecated(): ReadonlyMap<string, LoggedRule> | undefined;
}

/** A rule that has been shipped at least once. */
export interface ShippedRule {
  readonly name: string | undefined;
  readonly type: string | undefined;
}

/** A rule in the log of deprecations. */
export interface LoggedRule {
  readonly name: string | undefined;
  /** The stack whose package said so first. */
  readonly stack: string | undefined;
}

export const NO_RECORDS: RuleRecords = { shipped: () => undefined, deprecated: () => undefined };

/** The texts of the files are parsed when they are first asked for. */
export function ruleRecords(texts: {
  readonly versionLock: string | undefined;
  readonly deprecatedRules: string | undefined;
}): RuleRecords {
  return {
    shipped: lazy(() =>
      entriesIn(texts.versionLock, (entry) => ({
        name: textIn(entry, "rule_name"),
        type: textIn(entry, "type"),
      })),
    ),
    deprecated: lazy(() =>
      entriesIn(texts.deprecatedRules, (entry) => ({
        name: textIn(entry, "rule_name"),
        stack: textIn(entry, "stack_version"),
      })),
    ),
  };
}

function entriesIn<T>(
  text: string | undefined,
  read: (entry: Readonly<Record<string, unknown>>) => T,
): ReadonlyMap<string, T> | undefined {
  const root = text === undefined ? undefined : objectIn(parsed(text));
  if (root === undefined) return undefined;
  return new Map(
    Object.entries(root).flatMap(([id, entry]) => (isObject(entry) ? [[id, read(entry)] as const] : [])),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A file that is being edited: nothing is known from it.
    return undefined;
  }
}
