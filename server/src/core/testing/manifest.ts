/** Reads a test manifest, `<rule>.test.yml`: its cases as far as they can be read, and what is wrong with it. */
import { type JsonObject, type JsonValue } from "../engine/event.ts";
import { type LineIndex, lineIndexOf } from "../text/lineIndex.ts";
import { type Span, spanOf } from "../text/span.ts";
import { type CaseKind } from "./cases/fileName.ts";
import { checkSection, isCount, type Report, reporter, timeOf } from "./cases/checkManifest.ts";
import { EXPECTATIONS } from "./cases/manifestKeys.ts";
import { type CaseProblem } from "./cases/problem.ts";
import { readYaml } from "./cases/yaml.ts";
import { type JsonNode, type JsonObjectNode, memberOf } from "./json/model.ts";
import { plainObject, plainValue } from "./json/value.ts";
import { type SampleEvent } from "./sampleEvents.ts";

export interface Manifest {
  readonly path: string;
  readonly ruleId: SpannedText | undefined;
  readonly defaults: ManifestDefaults;
  readonly cases: readonly ManifestCase[];
  readonly problems: readonly CaseProblem[];
}

export interface SpannedText {
  readonly value: string;
  readonly span: Span;
}

export interface ManifestDefaults {
  readonly history: ManifestEvents | undefined;
  readonly indicators: ManifestEvents | undefined;
  readonly now: number | undefined;
  readonly index: string | undefined;
}

export interface ManifestCase extends ManifestDefaults {
  readonly name: SpannedText;
  /** All of the case. */
  readonly span: Span;
  readonly description: string | undefined;
  readonly expect: Exclude<CaseKind, "events">;
  readonly isTodo: boolean;
  readonly alerts: AlertCount | undefined;
  readonly events: ManifestEvents | undefined;
  readonly base: SpannedText | undefined;
  readonly patches: readonly Patch[];
}

/** How many alerts are right; both bounds belong to it. */
export interface AlertCount {
  readonly least: number;
  readonly most: number;
}

export type ManifestEvents =
  | { readonly kind: "file"; readonly path: string; readonly span: Span }
  | { readonly kind: "inline"; readonly events: readonly SampleEvent[]; readonly span: Span };

/** Changes to the events of another case. */
export interface Patch {
  readonly span: Span;
  /** Undefined: all events. */
  readonly line: SpannedNumber | undefined;
  readonly set: readonly FieldChange[];
  readonly remove: readonly string[];
  readonly isDropped: boolean;
}

export interface SpannedNumber {
  readonly value: number;
  readonly span: Span;
}

export interface FieldChange {
  readonly name: string;
  readonly value: JsonValue;
  readonly span: Span;
}

export function readManifest(path: string, text: string): Manifest {
  const { node, problems: syntax } = readYaml(text);
  const problems = syntax.map(({ span, message }): CaseProblem => ({
    kind: "syntax",
    severity: "error",
    path,
    span,
    message,
    fixes: [],
  }));
  const report = reporter(path, problems);
  if (syntax.length === 0 || node.kind === "object") checkSection(node, "manifest", report);
  const lines = lineIndexOf(text);
  const root = node.kind === "object" ? node : undefined;
  const defaults = root === undefined ? undefined : memberOf(root, "defaults")?.value;
  const cases = root === undefined ? undefined : memberOf(root, "cases")?.value;
  const read =
    cases?.kind === "array" ? cases.items.flatMap((item, i) => caseOf(item, i, lines, report)) : [];
  reportDuplicates(read, report);
  return {
    path,
    ruleId: root === undefined ? undefined : textIn(root, "rule"),
    defaults: defaultsOf(defaults, lines),
    cases: read,
    problems: problems.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)),
  };
}

function defaultsOf(node: JsonNode | undefined, lines: LineIndex): ManifestDefaults {
  const table = node?.kind === "object" ? node : undefined;
  const now = table === undefined ? undefined : memberOf(table, "now")?.value;
  return {
    history: eventsIn(table, "history", lines),
    indicators: eventsIn(table, "indicators", lines),
    now: now === undefined ? undefined : timeOf(now),
    index: table === undefined ? undefined : textIn(table, "index")?.value,
  };
}

function caseOf(node: JsonNode, position: number, lines: LineIndex, report: Report): readonly ManifestCase[] {
  if (node.kind !== "object") return [];
  const name = textIn(node, "name") ?? unnamed(node, position);
  const expectation = textIn(node, "expect")?.value;
  const expect = EXPECTATIONS.find((one) => one === expectation) ?? "match";
  const read: ManifestCase = {
    ...defaultsOf(node, lines),
    name,
    span: node.span,
    description: textIn(node, "description")?.value,
    expect: expect === "nomatch" ? "nomatch" : "match",
    isTodo: expect === "todo",
    alerts: alertsOf(node, report),
    events: eventsIn(node, "events", lines),
    base: textIn(node, "base"),
    patches: patchesOf(node),
  };
  reportContradictions(read, node, report);
  return [read];
}

/** A case whose name is missing is reported, and runs all the same. */
function unnamed({ span, members }: JsonObjectNode, position: number): SpannedText {
  return { value: `case ${position + 1}`, span: members[0]?.keySpan ?? span };
}

function reportContradictions(read: ManifestCase, node: JsonObjectNode, report: Report): void {
  const { alerts, expect, base, events, patches, name } = read;
  const alertsSpan = memberOf(node, "alerts")?.keySpan ?? name.span;
  if (alerts !== undefined && expect === "nomatch" && 0 < alerts.least) {
    report("contradiction", alertsSpan, "A case that expects no match has no alerts");
  }
  if (alerts !== undefined && expect === "match" && alerts.most === 0) {
    report("contradiction", alertsSpan, "No alerts at all are `expect: nomatch`");
  }
  if (base !== undefined && events !== undefined) {
    report("contradiction", base.span, "The events come either from `base` or from `events`");
  }
  if (base === undefined && events === undefined && memberOf(node, "events") === undefined) {
    report("missing-key", name.span, "A case needs `events`, or a `base` to start from");
  }
  const [patch] = patches;
  if (patch !== undefined && base === undefined && events === undefined) {
    report("contradiction", patch.span, "There are no events to change");
  }
}

function reportDuplicates(cases: readonly ManifestCase[], report: Report): void {
  const names = new Set<string>();
  for (const { name } of cases) {
    if (names.has(name.value))
      report("duplicate", name.span, `Another case is named \`${name.value}\` already`);
    names.add(name.value);
  }
}

function alertsOf(node: JsonObjectNode, report: Report): AlertCount | undefined {
  const value = memberOf(node, "alerts")?.value;
  if (value === undefined) return undefined;
  if (isCount(value)) return { least: value.value, most: value.value };
  if (value.kind !== "object") return undefined;
  const [least, most] = ["at_least", "at_most"].map((name) => {
    const bound = memberOf(value, name)?.value;
    return bound !== undefined && isCount(bound) ? bound.value : undefined;
  });
  if (least === undefined && most === undefined) return undefined;
  if (least !== undefined && most !== undefined && most < least) {
    report("contradiction", value.span, "`at_most` is less than `at_least`");
    return undefined;
  }
  return { least: least ?? 0, most: most ?? Infinity };
}

function eventsIn(
  table: JsonObjectNode | undefined,
  name: string,
  lines: LineIndex,
): ManifestEvents | undefined {
  const value = table === undefined ? undefined : memberOf(table, name)?.value;
  if (value?.kind === "string" && value.value.trim() !== "") {
    return { kind: "file", path: value.value, span: value.span };
  }
  if (value?.kind !== "array") return undefined;
  const events = value.items.flatMap((item) => (item.kind === "object" ? [inlineEvent(item, lines)] : []));
  return { kind: "inline", events, span: value.span };
}

function inlineEvent(node: JsonObjectNode, lines: LineIndex): SampleEvent {
  const document: JsonObject = plainObject(node);
  const line = lines.positionAt(node.span.start).line + 1;
  return { document, line, span: node.span, shape: "document", path: [], index: undefined, id: undefined };
}

function patchesOf(node: JsonObjectNode): readonly Patch[] {
  const list = memberOf(node, "patch")?.value;
  if (list?.kind !== "array") return [];
  return list.items.flatMap((item): Patch[] => {
    if (item.kind !== "object") return [];
    const line = memberOf(item, "line")?.value;
    const set = memberOf(item, "set")?.value;
    const drop = memberOf(item, "drop")?.value;
    return [
      {
        span: spanOf(item.span.start, item.span.end),
        line: line !== undefined && isCount(line) ? { value: line.value, span: line.span } : undefined,
        set: set?.kind === "object" ? set.members.map(changeOf) : [],
        remove: namesIn(memberOf(item, "remove")?.value),
        isDropped: drop?.kind === "boolean" && drop.value,
      },
    ];
  });
}

function changeOf({ key, keySpan, value }: JsonObjectNode["members"][number]): FieldChange {
  return { name: key, value: plainValue(value), span: keySpan };
}

function namesIn(node: JsonNode | undefined): readonly string[] {
  if (node?.kind === "string") return [node.value];
  if (node?.kind !== "array") return [];
  return node.items.flatMap((item) => (item.kind === "string" ? [item.value] : []));
}

function textIn(table: JsonObjectNode, name: string): SpannedText | undefined {
  const value = memberOf(table, name)?.value;
  return value?.kind === "string" && value.value.trim() !== ""
    ? { value: value.value, span: value.span }
    : undefined;
}
