/** What the rows of the suites of rule types are made of, and how they are checked. */
import { expect, test } from "vitest";
import { outcomeOf, silentOf, type TypedRun } from "./typedRun.ts";

/** `alerts`: lines of the events of each, and what the type of the rule found out. */
export type Row = readonly [
  name: string,
  run: TypedRun,
  alerts: readonly string[],
  silent?: readonly string[],
];

export function check(rows: readonly Row[]): void {
  const cases = rows.map(([name, run, alerts, silent]) => ({ name, run, alerts, silent }));
  test.each(cases)("$name", ({ run, alerts, silent }) => {
    const outcome = outcomeOf(run);
    expect(outcome.alerts).toEqual(alerts);
    if (silent !== undefined) expect(silentOf(outcome)).toEqual(silent);
  });
}

export function query(more: string, events: TypedRun["events"], rest: Partial<TypedRun> = {}): TypedRun {
  return { type: "query", query: "a:x", more, events, ...rest };
}

export const BY_USER = '[rule.alert_suppression]\ngroup_by = ["user"]';

export function threshold(table: string, events: TypedRun["events"], rest: Partial<TypedRun> = {}): TypedRun {
  return { type: "threshold", query: "a:x", more: `[rule.threshold]\n${table}`, events, ...rest };
}

export const TWO_BY_USER = 'field = ["user"]\nvalue = 2';
export const CARDINALITY = '[[rule.threshold.cardinality]]\nfield = "host"\nvalue = 2';

export function termsTable(fields: string, start = "now-5d"): string {
  return `[rule.new_terms]\nfield = "new_terms_fields"\nvalue = ${fields}\n[[rule.new_terms.history_window_start]]\nfield = "history_window_start"\nvalue = "${start}"`;
}

export function newTerms(fields: string, events: TypedRun["events"], rest: Partial<TypedRun> = {}): TypedRun {
  return { type: "new_terms", query: "a:x", more: termsTable(fields), events, ...rest };
}

export const BOB = { a: "x", user: "bob" };
export const EVE = { a: "x", user: "eve" };

const MAPPING_BY_IP = mapping([[["source.ip", "threat.indicator.ip"]]]);

/** Groups of entries: field, field of the indicator, and `not` for one that must not be the same. */
export function mapping(groups: readonly (readonly (readonly string[])[])[]): string {
  return groups
    .map((entries) => {
      const tables = entries.map(
        ([field = "", value = "", not]) =>
          `[[rule.threat_mapping.entries]]\nfield = "${field}"\ntype = "mapping"\nvalue = "${value}"\n${not === undefined ? "" : "negate = true"}`,
      );
      return `[[rule.threat_mapping]]\n${tables.join("\n")}`;
    })
    .join("\n");
}

export function threatMatch(
  indicators: TypedRun["events"],
  events: TypedRun["events"],
  rest: Partial<TypedRun> = {},
): TypedRun {
  const more = `threat_query = "*:*"\nthreat_language = "kuery"\nthreat_index = ["logs-ti_*"]\n${MAPPING_BY_IP}`;
  return { type: "threat_match", query: "a:x", more, indicators, events, ...rest };
}

export function threatQuery(text: string, more = MAPPING_BY_IP): string {
  return `threat_query = '${text}'\nthreat_language = "kuery"\n${more}`;
}

export const BAD_IP = { threat: { indicator: { ip: "1.2.3.4" } } };
