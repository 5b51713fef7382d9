/** `query`: a query in EQL or KQL on events from a file or standard input. */
import { type EqlOptions } from "../../core/engine/eql/plan.ts";
import { defaultEqlOptions } from "../../core/engine/eql/run.ts";
import { compileAccess } from "../../core/engine/fieldAccess.ts";
import { type EqlParse, factsOf, parseEql, verifyEql } from "../../core/query/eql/index.ts";
import { type FieldTypes } from "../../core/query/fieldTypes.ts";
import { lineIndexOf } from "../../core/text/lineIndex.ts";
import { type ExitCode, UsageError } from "../exit.ts";
import { explanationOf } from "../query/explain.ts";
import { countOf, printReport, type QueryOptions, typesFrom, watchedEvents } from "../query/given.ts";
import { eventBatches } from "../query/input.ts";
import { type QueryDiagnostic, type QueryReport } from "../query/report.ts";
import { runOverBatches } from "../query/run.ts";
import { eventSource } from "../query/source.ts";
import { type Terminal } from "../terminal.ts";
import { queryKqlCommand } from "./queryKql.ts";

export async function queryCommand(text: string, given: QueryOptions, terminal: Terminal): Promise<ExitCode> {
  if (given.language === "kuery") return queryKqlCommand(text, given, terminal);
  if (given.language !== "eql") throw new UsageError(`Queries in ${given.language} cannot be run yet`);
  if (given.emit !== undefined) throw new UsageError("Only KQL is a query that Kibana writes as DSL");
  const types = await typesFrom(given.mapping, terminal.cwd);
  const parse = parseEql(text);
  const facts = factsOf(parse.ast);
  const options = eqlOptions(given, types);
  const diagnostics = diagnosticsOf(parse, options);
  const report: QueryReport = {
    kind: kindOf(parse),
    diagnostics,
    outcome: undefined,
    explanation: undefined,
    lines: lineIndexOf(text),
    fields: facts.fields.map(({ name }) => name),
    options,
  };
  if (0 < parse.errors.length) return printReport(report, given, terminal);
  const optional = facts.fields.filter((field) => field.optional && types.get(field.name) === undefined);
  const isReadTwice = 0 < optional.length;
  const input = await eventSource(given.events, terminal.cwd, { isReadTwice });
  try {
    const seenFields = await seenAmong(new Set(optional.map(({ name }) => name)), input.file);
    return await run(parse, { ...report, options: { ...options, seenFields } }, given, terminal, input.file);
  } finally {
    await input.dispose();
  }
}

async function run(
  parse: EqlParse,
  report: QueryReport,
  given: QueryOptions,
  terminal: Terminal,
  file: string | undefined,
): Promise<ExitCode> {
  const failures = new Map<string, QueryDiagnostic>();
  const options: EqlOptions = {
    ...report.options,
    onFailure: ({ feature, span, by }) => {
      // What we cannot do is told as the outcome.
      if (by === "engine") return;
      const message = `Elasticsearch would fail here: ${feature}`;
      failures.set(`${feature} ${span.start}`, { severity: "warning", message, span });
    },
  };
  const line = countOf("--explain", given.explain);
  if (line !== undefined) {
    const explanation = await explanationOf(parse, line, options, watchedEvents(file, terminal).batches);
    return printReport({ ...report, explanation }, given, terminal);
  }
  const events = watchedEvents(file, terminal);
  const outcome = await runOverBatches(parse.ast, options, events.batches);
  const notes = [...report.diagnostics, ...failures.values(), ...events.finish()];
  if (outcome.ok)
    return printReport({ ...report, diagnostics: notes, outcome: outcome.value }, given, terminal);
  const { feature, span } = outcome.error;
  notes.push({ severity: "error", message: `Unsupported: ${feature}`, span });
  return printReport({ ...report, diagnostics: notes }, given, terminal);
}

function kindOf({ ast }: EqlParse): QueryReport["kind"] {
  if (ast.body.kind === "sequence" || ast.body.kind === "join") return "sequences";
  return ast.body.kind === "sample" ? "samples" : "events";
}

/** What Elasticsearch refuses. A field that the mapping lacks is told, but the events may have it all the same. */
function diagnosticsOf({ ast, errors }: EqlParse, options: EqlOptions): readonly QueryDiagnostic[] {
  if (0 < errors.length) return errors.map(({ message, span }) => ({ severity: "error", message, span }));
  const { categoryField } = options;
  return verifyEql(ast, options.types, { categoryField }).map(({ kind, message, span }) => ({
    severity: kind === "unknown-field" ? "warning" : "error",
    message,
    span,
  }));
}

function eqlOptions(given: QueryOptions, types: FieldTypes): EqlOptions {
  return {
    categoryField: given.eventCategoryField ?? defaultEqlOptions.categoryField,
    timestampField: given.timestampField ?? defaultEqlOptions.timestampField,
    tiebreakerField: given.tiebreakerField,
    size: countOf("--size", given.size) ?? defaultEqlOptions.size,
    resultPosition: given.resultPosition,
    maxSamplesPerKey:
      countOf("--max-samples-per-key", given.maxSamplesPerKey) ?? defaultEqlOptions.maxSamplesPerKey,
    types,
    seenFields: undefined,
  };
}

/** Which of the names some event has a value for: those count as mapped. */
async function seenAmong(
  names: ReadonlySet<string>,
  file: string | undefined,
): Promise<ReadonlySet<string> | undefined> {
  if (names.size === 0) return undefined;
  const readers = new Map([...names].map((name) => [name, compileAccess(name)]));
  const seen = new Set<string>();
  for await (const batch of eventBatches(file, () => undefined)) {
    for (const { document } of batch) {
      for (const [name, read] of readers) if (!seen.has(name) && read(document) !== null) seen.add(name);
    }
    if (seen.size === names.size) break;
  }
  return seen;
}
