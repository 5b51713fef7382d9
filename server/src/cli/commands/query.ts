import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { type EqlOptions } from "../../core/engine/eql/plan.ts";
import { defaultEqlOptions } from "../../core/engine/eql/run.ts";
import { compileAccess } from "../../core/engine/fieldAccess.ts";
import { type EqlParse, factsOf, parseEql, verifyEql } from "../../core/query/eql/index.ts";
import { type FieldTypes } from "../../core/query/fieldTypes.ts";
import { fieldTypesOfMapping } from "../../core/query/mapping.ts";
import { lineIndexOf } from "../../core/text/lineIndex.ts";
import { isFileError } from "../../host/node.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { explanationOf } from "../query/explain.ts";
import { type ProgressLine, progressLine } from "../progress.ts";
import { type BrokenLine, type EventBatches, eventBatches } from "../query/input.ts";
import { type QueryDiagnostic, type QueryReport, queryJson, queryText } from "../query/report.ts";
import { runOverBatches } from "../query/run.ts";
import { type Terminal } from "../terminal.ts";

export interface QueryOptions {
  readonly language: string;
  readonly events?: string;
  readonly timestampField?: string;
  readonly eventCategoryField?: string;
  readonly tiebreakerField?: string;
  readonly size?: string;
  readonly resultPosition: "head" | "tail";
  readonly maxSamplesPerKey?: string;
  readonly mapping?: string;
  /** A line of the events. */
  readonly explain?: string;
  readonly format: "human" | "json";
}

/** Broken lines are told one by one up to this many; the rest is counted. */
const MOST_BROKEN = 20;

export async function queryCommand(text: string, given: QueryOptions, terminal: Terminal): Promise<ExitCode> {
  if (given.language !== "eql") throw new UsageError(`Queries in ${given.language} cannot be run yet`);
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
  if (0 < parse.errors.length) return print(report, given, terminal);
  const optional = facts.fields.filter((field) => field.optional && types.get(field.name) === undefined);
  const input = await inputOf(given.events, terminal.cwd, 0 < optional.length);
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
  let brokenCount = 0;
  const onBroken = ({ line, message }: BrokenLine): void => {
    if (++brokenCount <= MOST_BROKEN) terminal.error(`line ${line}: ${message}\n`);
  };
  const options: EqlOptions = {
    ...report.options,
    onFailure: ({ feature, span }) =>
      failures.set(`${feature} ${span.start}`, {
        severity: "warning",
        message: `Elasticsearch would fail here: ${feature}`,
        span,
      }),
  };
  const line = countOf("--explain", given.explain);
  if (line !== undefined) {
    const explanation = await explanationOf(parse, line, options, eventBatches(file, onBroken));
    return print({ ...report, explanation }, given, terminal);
  }
  const progress = progressLine(terminal, (done) => `${done} events read`);
  const batches = counted(eventBatches(file, onBroken), progress);
  const outcome = await runOverBatches(parse.ast, options, batches);
  progress.clear();
  if (MOST_BROKEN < brokenCount)
    terminal.error(`${brokenCount - MOST_BROKEN} more lines could not be read\n`);
  const notes = [...report.diagnostics, ...failures.values()];
  if (0 < brokenCount)
    notes.push({ severity: "warning", message: `${brokenCount} lines could not be read`, span: undefined });
  if (outcome.ok) return print({ ...report, diagnostics: notes, outcome: outcome.value }, given, terminal);
  const { feature, span } = outcome.error;
  notes.push({ severity: "error", message: `Unsupported: ${feature}`, span });
  return print({ ...report, diagnostics: notes }, given, terminal);
}

async function* counted(batches: EventBatches, progress: ProgressLine): EventBatches {
  for await (const batch of batches) {
    progress.advance(batch.length);
    yield batch;
  }
}

function print(report: QueryReport, { format }: QueryOptions, terminal: Terminal): ExitCode {
  terminal.print(format === "json" ? queryJson(report) : queryText(report));
  return report.diagnostics.some(({ severity }) => severity === "error") ? EXIT.problems : EXIT.clean;
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

function countOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new UsageError(`${option} takes a whole number, not ${text}`);
  return Number(text);
}

async function typesFrom(file: string | undefined, cwd: string): Promise<FieldTypes> {
  if (file === undefined) return defaultEqlOptions.types;
  try {
    const json: unknown = JSON.parse(await readFile(path.resolve(cwd, file), "utf8"));
    return fieldTypesOfMapping(json);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new UsageError(`The mapping ${file} is no JSON: ${error.message}`);
    if (isFileError(error)) throw new UsageError(`The mapping ${file} cannot be read`);
    throw error;
  }
}

interface Input {
  /** Undefined: standard input, read once. */
  readonly file: string | undefined;
  dispose(): Promise<void>;
}

const NOTHING_TO_DISPOSE = (): Promise<void> => Promise.resolve();

/** Standard input that must be read twice is kept in a file meanwhile. */
async function inputOf(events: string | undefined, cwd: string, isReadTwice: boolean): Promise<Input> {
  if (events !== undefined && events !== "-") {
    const file = path.resolve(cwd, events);
    try {
      if (!(await stat(file)).isDirectory()) return { file, dispose: NOTHING_TO_DISPOSE };
    } catch (error) {
      if (!isFileError(error)) throw error;
    }
    throw new UsageError(`There is no file of events ${events}`);
  }
  if (!isReadTwice) return { file: undefined, dispose: NOTHING_TO_DISPOSE };
  const folder = await mkdtemp(path.join(tmpdir(), "rulewright-"));
  const file = path.join(folder, "events.ndjson");
  await pipeline(process.stdin, createWriteStream(file));
  return { file, dispose: () => rm(folder, { recursive: true }) };
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
