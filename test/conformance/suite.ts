/** What every conformance suite answers with; the runner prints it and compares it with its bar. */
import { type Repository } from "../../server/src/core/knowledge/repository.ts";
import { type SchemaSet } from "../../server/src/core/knowledge/schema.ts";

export interface SuiteFailure {
  readonly index: number;
  readonly name: string;
  readonly expected: unknown;
  readonly got: unknown;
}

export interface SuiteResult {
  /** Such as `eql/parse`. */
  readonly suite: string;
  readonly passed: number;
  readonly failures: readonly SuiteFailure[];
  /** Differences that `known.ts` lists with their reason. */
  readonly known: number;
  readonly skipped: number;
  /** Lines of figures that are printed under the suite. */
  readonly notes: readonly string[];
}

/** A suite whose engine does not exist yet. */
export interface NotBuilt {
  readonly suite: string;
  readonly notBuilt: true;
}

export type SuiteOutcome = SuiteResult | NotBuilt;

export interface ConformanceInput {
  /** A folder of the layout that the data's README describes. */
  readonly folder: string;
  /** A checkout of the public rules; undefined if there is none. */
  readonly rules: string | undefined;
  /** The field schemas of that checkout. */
  readonly schemas: SchemaSet | undefined;
  /** What that checkout decides for its rules. */
  readonly repository: Repository | undefined;
  /** How much of the random input is run. */
  readonly share: number;
}
