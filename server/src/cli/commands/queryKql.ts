/** `query` in KQL: which events match, why one does, and what Kibana makes of the query. */
import { defaultEqlOptions } from "../../core/engine/eql/run.ts";
import { parseTimestamp } from "../../core/engine/eql/timestamp.ts";
import { renderExplanation } from "../../core/engine/explainText.ts";
import { compileKql } from "../../core/engine/kql/compile.ts";
import { explainKql } from "../../core/engine/kql/explain.ts";
import { type KqlOptions } from "../../core/engine/kql/plan.ts";
import {
  dataViewOf,
  factsOf,
  kqlDsl,
  type KqlParse,
  parseKql,
  verifyKql,
} from "../../core/query/kql/index.ts";
import { type FieldTypes } from "../../core/query/fieldTypes.ts";
import { lineIndexOf } from "../../core/text/lineIndex.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { countOf, printReport, type QueryOptions, typesFrom, watchedEvents } from "../query/given.ts";
import { eventOnLine } from "../query/explain.ts";
import { type QueryDiagnostic, type QueryReport } from "../query/report.ts";
import { runKqlOverBatches } from "../query/run.ts";
import { eventSource } from "../query/source.ts";
import { type Terminal } from "../terminal.ts";

export async function queryKqlCommand(
  text: string,
  given: QueryOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const types = await typesFrom(given.mapping, terminal.cwd);
  const parse = parseKql(text);
  const options: KqlOptions = { types, now: nowOf(given) };
  const report = reportOf(parse, given, types);
  if (report.diagnostics.length !== 0) return printReport(report, given, terminal);
  if (given.emit === "dsl") return emitted(parse, report, given, terminal);
  const source = await eventSource(given.events, terminal.cwd, { isReadTwice: false });
  try {
    return await run(parse, options, report, given, terminal, source.file);
  } finally {
    await source.dispose();
  }
}

function nowOf({ now }: QueryOptions): number {
  if (now === undefined) return Date.now();
  const moment = parseTimestamp(now)?.milliseconds;
  if (moment === undefined) throw new UsageError(`--now takes a point in time, not ${now}`);
  return moment;
}

function reportOf(parse: KqlParse, given: QueryOptions, types: FieldTypes): QueryReport {
  const { text, ast, errors } = parse;
  const problems = errors.length === 0 ? verifyKql(parse, types) : errors;
  return {
    kind: "events",
    diagnostics: problems.map(({ message, span }) => ({ severity: "error", message, span })),
    outcome: undefined,
    explanation: undefined,
    lines: lineIndexOf(text),
    fields: factsOf(ast).fields.map(({ name }) => name),
    options: {
      ...defaultEqlOptions,
      timestampField: given.timestampField ?? defaultEqlOptions.timestampField,
      size: countOf("--size", given.size) ?? defaultEqlOptions.size,
      resultPosition: given.resultPosition,
      types,
    },
  };
}

/** As Kibana builds it with the fields of the mapping; without one it knows no types. */
function emitted({ ast }: KqlParse, report: QueryReport, given: QueryOptions, terminal: Terminal): ExitCode {
  const { types } = report.options;
  const dsl = kqlDsl(ast, given.mapping === undefined ? undefined : dataViewOf(types, types.names()));
  if (dsl.ok) {
    terminal.print(`${JSON.stringify(dsl.value, null, 2)}\n`);
    return EXIT.clean;
  }
  const { span, messages } = dsl.error;
  const diagnostics = messages.map((message): QueryDiagnostic => ({ severity: "error", message, span }));
  return printReport({ ...report, diagnostics }, given, terminal);
}

async function run(
  { text, ast }: KqlParse,
  options: KqlOptions,
  report: QueryReport,
  given: QueryOptions,
  terminal: Terminal,
  file: string | undefined,
): Promise<ExitCode> {
  const compiled = compileKql(ast, options);
  if (!compiled.ok) {
    const { feature, span } = compiled.error;
    const diagnostic: QueryDiagnostic = { severity: "error", message: `Unsupported: ${feature}`, span };
    return printReport({ ...report, diagnostics: [diagnostic] }, given, terminal);
  }
  const events = watchedEvents(file, terminal);
  const line = countOf("--explain", given.explain);
  if (line !== undefined) {
    const event = await eventOnLine(line, events.batches);
    const explained = explainKql(text, ast, event, options);
    const explanation = explained.ok ? renderExplanation(explained.value) : explained.error.feature;
    return printReport({ ...report, explanation }, given, terminal);
  }
  const outcome = await runKqlOverBatches(compiled.value, report.options, events.batches);
  const diagnostics = events.finish();
  return printReport({ ...report, diagnostics, outcome }, given, terminal);
}
