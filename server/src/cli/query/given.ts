/** What the options of `query` say, whatever the language, and how its report is printed. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { defaultEqlOptions } from "../../core/engine/eql/run.ts";
import { type FieldTypes } from "../../core/query/fieldTypes.ts";
import { fieldTypesOfMapping } from "../../core/query/mapping.ts";
import { isFileError } from "../../host/fileError.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { type ProgressLine, progressLine } from "../progress.ts";
import { type Terminal } from "../terminal.ts";
import { type BrokenLine, type EventBatches, eventBatches } from "./input.ts";
import { type QueryDiagnostic, queryJson, type QueryReport, queryText } from "./report.ts";

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
  /** Print the query in this form, and run nothing. */
  readonly emit?: "dsl";
  /** What `now` stands for in a query. */
  readonly now?: string;
  readonly format: "human" | "json";
}

export function countOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new UsageError(`${option} takes a whole number, not ${text}`);
  return Number(text);
}

export async function typesFrom(file: string | undefined, cwd: string): Promise<FieldTypes> {
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

export function printReport(report: QueryReport, { format }: QueryOptions, terminal: Terminal): ExitCode {
  terminal.print(format === "json" ? queryJson(report) : queryText(report));
  if (report.diagnostics.some(({ severity }) => severity === "error")) return EXIT.problems;
  // Lines were there, and nothing was asked of any event.
  const isUnread =
    report.outcome?.eventCount === 0 && report.diagnostics.some(({ span }) => span === undefined);
  if (isUnread) terminal.error("rulewright: none of the events could be read\n");
  return isUnread ? EXIT.usage : EXIT.clean;
}

/** Batches of events, while it is shown how far they are read and told what cannot be read. */
export interface WatchedEvents {
  readonly batches: EventBatches;
  /** Once all is read. */
  readonly finish: () => readonly QueryDiagnostic[];
}

/** Broken lines are told one by one up to this many; the rest is counted. */
const MOST_BROKEN = 20;

export function watchedEvents(file: string | undefined, terminal: Terminal): WatchedEvents {
  let brokenCount = 0;
  const onBroken = ({ line, message }: BrokenLine): void => {
    if (++brokenCount <= MOST_BROKEN) terminal.error(`line ${line}: ${message}\n`);
  };
  const progress = progressLine(terminal, (done) => `${done} events read`);
  return {
    batches: counted(eventBatches(file, onBroken), progress),
    finish() {
      progress.clear();
      if (MOST_BROKEN < brokenCount) terminal.error(`${brokenCount - MOST_BROKEN} more could not be read\n`);
      if (brokenCount === 0) return [];
      return [
        {
          severity: "warning",
          message: `${brokenCount} ${brokenCount === 1 ? "line" : "lines"} could not be read`,
          span: undefined,
        },
      ];
    },
  };
}

async function* counted(batches: EventBatches, progress: ProgressLine): EventBatches {
  for await (const batch of batches) {
    progress.advance(batch.length);
    yield batch;
  }
}
