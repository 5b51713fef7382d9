/** One event against a rule, as a page: the verdict of each clause, the alert, and the event's fields. */
import { type CancellationToken } from "vscode-languageserver";
import { renderExplanation, renderSequenceExplanation } from "../../core/engine/explainText.ts";
import { alertOf } from "../../core/testing/alert.ts";
import { parseTimestamp } from "../../core/engine/eql/timestamp.ts";
import { valueAt } from "../../core/testing/events/edit.ts";
import { flattened } from "../../core/testing/events/flat.ts";
import { type SampleEvent } from "../../core/testing/sampleEvents.ts";
import { languageSupport } from "../../core/query/languages.ts";
import { type EventChoice } from "../protocol.ts";
import { eventsOf, labelOf } from "./events.ts";
import { isSame } from "./inline.ts";
import { fenced } from "./runTests.ts";
import { cancelled, type OneRule, type TestService } from "./testService.ts";

/** In Markdown; null if the rule or the event is not there any more. */
export async function explainEvent(
  service: TestService,
  { uri, event: ref }: EventChoice,
  token: CancellationToken,
): Promise<string | null> {
  const one = await service.rule(uri, token);
  if (one === "stopped") throw cancelled();
  const all = one === undefined ? [] : eventsOf(service, one);
  const found = all.find((other) => isSame(service, other.ref, ref));
  if (one === undefined || found === undefined) return null;
  const { event } = found;
  const changed =
    ref.patchedBy === undefined ? "" : `, as the case **${escaped(found.caseName)}** changes it`;
  const sections = [
    `# ${escaped(labelOf(event))}`,
    `Line ${ref.line}${changed}, against **${escaped(one.rule.rule.name?.value ?? one.rule.path)}**`,
    ...(await verdictOf(one, event)),
    ...(await alertSection(service, one, event)),
    "## Fields",
    fieldTable(one, event),
  ];
  return `${sections.join("\n\n")}\n`;
}

async function verdictOf(one: OneRule, event: SampleEvent): Promise<readonly string[]> {
  if (!one.prepared.ok) return [escaped(one.prepared.error.reason)];
  const { value: prepared } = one.prepared;
  const explanation = prepared.explainEvent(event);
  if (explanation !== undefined) {
    const verdict =
      explanation.verdict === true ? "The query matches this event." : "The query does not match this event.";
    return ["## Verdict", verdict, fenced(renderExplanation(explanation))];
  }
  const of = one.cases.find(({ inputs }) => inputs.ok && inputs.value.events.includes(event));
  const series =
    of?.inputs.ok === true
      ? await one.options.drive(prepared.explainSeries(of.inputs.value.events))
      : undefined;
  return series === undefined ? [] : ["## Verdict", fenced(renderSequenceExplanation(series))];
}

async function alertSection(
  service: TestService,
  one: OneRule,
  event: SampleEvent,
): Promise<readonly string[]> {
  for (const ready of one.cases) {
    const { inputs, testCase } = ready;
    if (!inputs.ok || !inputs.value.events.includes(event)) continue;
    const timed = await service.run(one, ready);
    if (timed === undefined) throw cancelled();
    const alert = timed.report.alerts.find(({ events }) => events.includes(event));
    if (alert === undefined) continue;
    const now = testCase.now ?? newestTime(inputs.value.events);
    const { fields } = alertOf(one.rule.rule, alert, { now });
    return ["## Alert", "What Kibana would write:", `\`\`\`json\n${JSON.stringify(fields, null, 2)}\n\`\`\``];
  }
  return [];
}

/** A rule runs once its newest event is there. */
function newestTime(events: readonly SampleEvent[]): number {
  const times = events.flatMap(
    ({ document }) => parseTimestamp(valueAt(document, "@timestamp"))?.milliseconds ?? [],
  );
  return times.reduce((newest, time) => Math.max(newest, time), 0);
}

/** The fields that the rule reads come first. */
function fieldTable(one: OneRule, { document }: SampleEvent): string {
  const query = one.rule.rule.queries.find(({ role }) => role === "query");
  const support = query && languageSupport(query.language);
  const read = new Set(
    query && support ? support.facts(support.parse(query.text)).fields.map(({ name }) => name) : [],
  );
  const fields = Object.entries(flattened(document));
  const ordered = [
    ...fields.filter(([name]) => read.has(name)),
    ...fields.filter(([name]) => !read.has(name)),
  ];
  const absent = [...read].filter((name) => !fields.some(([field]) => field === name));
  const rows = [
    ...ordered.map(([name, value]) =>
      row(read.has(name) ? `**${name}**` : name, `\`${cell(JSON.stringify(value))}\``),
    ),
    ...absent.map((name) => row(`**${name}**`, "_absent_")),
  ];
  return ["| Field | Value |", "| --- | --- |", ...rows].join("\n");
}

function row(name: string, value: string): string {
  return `| ${name} | ${value} |`;
}

const LONGEST_CELL = 500;

function cell(text: string): string {
  const short = text.length <= LONGEST_CELL ? text : `${text.slice(0, LONGEST_CELL)}…`;
  return short.replaceAll("|", "\\|").replaceAll("`", "'").replace(/\s+/g, " ");
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
}
