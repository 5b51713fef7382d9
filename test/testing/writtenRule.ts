/** A rule with one test file, as tables write them, and its report. */
import { type CaseReport } from "../../server/src/core/testing/report.ts";
import { type FieldTypes } from "../../server/src/core/query/fieldTypes.ts";
import { NO_TYPES } from "./ecsTypes.ts";
import { type Files, processEvent, reportsOf, ruleText } from "./support.ts";

export const CMD = processEvent({ "process.name": "cmd.exe" });
export const BOB = processEvent({ "process.name": "cmd.exe", "user.name": "bob" });
export const OTHER = processEvent({ "process.name": "notepad.exe" });
export const QUERY = 'process where process.name : "cmd.exe" and not user.name == "bob"';

export interface Written {
  readonly query?: string;
  readonly more?: string;
  /** Kind and label of the file: `match`, `nomatch.x`. */
  readonly kind?: string;
  readonly events: string;
  readonly types?: FieldTypes;
}

export function reportOf({
  query = QUERY,
  more,
  kind = "match",
  events,
  types = NO_TYPES,
}: Written): CaseReport {
  const files: Files = { "rules/a.toml": ruleText(query, more), [`rules/_tests/a.${kind}.ndjson`]: events };
  const [report] = reportsOf(files, types).values();
  if (report === undefined) throw new Error("no case");
  return report;
}

export const SEQUENCE = `sequence by host.id with maxspan=1m
  [process where process.name : "cmd.exe"]
  [network where destination.port == 443]
until [process where process.name : "end.exe"]`;

/** An event at a second of a minute, of a host. */
export function at(second: number, fields: Readonly<Record<string, unknown>>, host = "h"): string {
  const time = new Date(1_767_225_600_000 + second * 1000).toISOString();
  return `${JSON.stringify({ "@timestamp": time, "host.id": host, ...fields })}\n`;
}

export const START = { "event.category": "process", "process.name": "cmd.exe" };
export const NETWORK = { "event.category": "network", "destination.port": 443 };
export const END = { "event.category": "process", "process.name": "end.exe" };
