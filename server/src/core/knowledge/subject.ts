/** What of a rule decides which schemas it reads. */

export interface SchemaSubject {
  readonly language: "eql" | "kuery" | "esql" | "lucene" | undefined;
  /** Elastic looks at the packages of production rules only. */
  readonly isProduction: boolean;
  /** False for deprecated rules and where `query_schema_validation` is off: nothing is held against those. */
  readonly isValidated: boolean;
  readonly isMachineLearning: boolean;
  /** Each step of a sequence is a part. */
  readonly isSequence: boolean;
  /** Oldest stack that the rule may ship to. */
  readonly minStack: string | undefined;
  readonly indexes: readonly string[];
  /** Packages that `metadata.integration` names. */
  readonly integrations: readonly string[];
  /** At least one. */
  readonly parts: readonly SubjectPart[];
}

/** Values that a part of the query asks of `event.dataset` or `data_stream.dataset`, and of `event.module`. */
export interface SubjectPart {
  readonly datasets: readonly string[];
  readonly modules: readonly string[];
}

/** Equal texts stand for subjects that read the same schemas. */
export function subjectKey(subject: SchemaSubject): string {
  return JSON.stringify(subject);
}

/** The parts taken together, for keys of the rule that belong to the whole query. */
export function wholePart({ parts }: SchemaSubject): SubjectPart {
  return {
    datasets: [...new Set(parts.flatMap(({ datasets }) => datasets))],
    modules: [...new Set(parts.flatMap(({ modules }) => modules))],
  };
}
