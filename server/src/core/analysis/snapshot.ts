import { lazy } from "../base/lazy.ts";
import { type AnalyzedQuery } from "../checks/check.ts";
import { inTypeVectors } from "../checks/fieldTypes.ts";
import { type Knowledge } from "../knowledge/knowledge.ts";
import { NO_REPOSITORY, type Repository } from "../knowledge/repository.ts";
import { type FieldScope } from "../knowledge/scope.ts";
import { type QueryProblem } from "../query/language.ts";
import { languageSupport } from "../query/languages.ts";
import { isRuleFile, readRule } from "../rule/read.ts";
import { type EmbeddedQuery, type RuleDocument } from "../rule/model.ts";
import { encloses } from "../text/span.ts";
import { type LineIndex, lineIndexOf } from "../text/lineIndex.ts";
import { type TomlDocument } from "../toml/model.ts";
import { readToml } from "../toml/read.ts";
import { type QueryAnalysis, type QueryCache } from "./cache.ts";
import { type CheckConfig } from "./config.ts";
import { inFittingLanguage } from "./fittingLanguage.ts";
import { languageOf, schemaSubject } from "./subjects.ts";

export interface SnapshotInput {
  readonly text: string;
  /** Default: `readToml`. */
  readonly read?: (text: string) => TomlDocument;
  readonly knowledge: Knowledge;
  readonly config: CheckConfig;
  readonly cache: QueryCache;
  /** Path below the repository's root or the workspace folder, with `/`. */
  readonly path?: string | undefined;
  /** What the repository decides that the rule belongs to. */
  readonly repository?: Repository;
  /** The day, as rules write it: `2024/01/31`. */
  readonly today?: string | undefined;
  /** The file as it was where the branch began, if that is known. */
  readonly baseText?: string | undefined;
  /** Offset of the first character that was no UTF-8 in the file, if the host saw its bytes. */
  readonly notUtf8At?: number;
}

/** A query of the rule, with its analysis. */
export type SnapshotQuery = AnalyzedQuery & { readonly analysis: QueryAnalysis };

/** One version of one file. Every derived value is computed at its first use and never changes. */
export interface Snapshot {
  readonly text: string;
  readonly knowledge: Knowledge;
  readonly config: CheckConfig;
  readonly path: string | undefined;
  readonly repository: Repository;
  readonly today: string | undefined;
  readonly baseText: string | undefined;
  readonly notUtf8At: number | undefined;
  lines(): LineIndex;
  toml(): TomlDocument;
  /** False for TOML that is no detection rule: nothing is said of it. */
  isRule(): boolean;
  rule(): RuleDocument;
  /** Queries in languages that are known; others are left alone. */
  queries(): readonly SnapshotQuery[];
  /** What is known of fields that the rule's keys name, apart from its queries; undefined while ECS is not loaded. */
  scope(): FieldScope | undefined;
}

export function snapshotOf(input: SnapshotInput): Snapshot {
  const { text, read = readToml, knowledge, config, cache, notUtf8At } = input;
  const toml = lazy(() => read(text));
  const rule = lazy(() => readRule(toml()));
  const queries = lazy(() => analyzedQueries(rule(), cache, knowledge));
  return {
    text,
    knowledge,
    config,
    path: input.path,
    repository: input.repository ?? NO_REPOSITORY,
    today: input.today,
    baseText: input.baseText,
    notUtf8At,
    lines: lazy(() => lineIndexOf(text)),
    toml,
    isRule: lazy(() => isRuleFile(toml())),
    rule,
    queries,
    scope: lazy(() => {
      const main = queries().find(({ embedded }) => embedded.role === "query");
      return main === undefined
        ? cache.scope(knowledge, schemaSubject(rule(), languageOf(rule()), undefined))
        : main.scope();
    }),
  };
}

function analyzedQueries(
  rule: RuleDocument,
  cache: QueryCache,
  knowledge: Knowledge,
): readonly SnapshotQuery[] {
  const known = rule.queries.flatMap((written) => {
    const embedded = inFittingLanguage(rule, written, cache);
    const support = languageSupport(embedded.language);
    // An empty query has a finding of its own.
    if (support === undefined || embedded.text.trim() === "" || isMisread(rule.toml, embedded)) return [];
    return [{ embedded, analysis: cache.analysis(support, embedded.text) }];
  });
  const main = known.find(({ embedded }) => embedded.role === "query");
  return known.map(({ embedded, analysis }) => {
    const { support, parse, facts } = analysis;
    // Elastic tries the query for indicators against the schemas of the main one.
    const chooser = main?.analysis ?? analysis;
    const scope = lazy(() => cache.scope(knowledge, schemaSubject(rule, embedded.language, chooser)));
    const verify = (found: FieldScope): readonly QueryProblem[] =>
      inTypeVectors(found, facts, (types) => support.verify?.(parse, types) ?? []);
    const problems = lazy(() => {
      const found = scope();
      return found === undefined ? [] : analysis.problems.get(found.key, () => verify(found));
    });
    return { embedded, support, parse, facts, scope, problems, analysis };
  });
}

/** A text with a TOML error in it, such as a lone backslash, is not what its author meant the query to be. */
function isMisread({ errors }: TomlDocument, { host }: EmbeddedQuery): boolean {
  return errors.some(({ span }) => encloses(host.span, span));
}
