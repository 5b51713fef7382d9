import { lazy } from "../base/lazy.ts";
import { type AnalyzedQuery } from "../checks/check.ts";
import { fieldTypesOf } from "../checks/fieldTypes.ts";
import { type Knowledge } from "../knowledge/knowledge.ts";
import { languageSupport } from "../query/languages.ts";
import { isRuleFile, readRule } from "../rule/read.ts";
import { type EmbeddedQuery, type RuleDocument } from "../rule/model.ts";
import { encloses } from "../text/span.ts";
import { type LineIndex, lineIndexOf } from "../text/lineIndex.ts";
import { type TomlDocument } from "../toml/model.ts";
import { readToml } from "../toml/read.ts";
import { type QueryAnalysis, type QueryCache } from "./cache.ts";
import { type CheckConfig } from "./config.ts";

export interface SnapshotInput {
  readonly text: string;
  readonly knowledge: Knowledge;
  readonly config: CheckConfig;
  readonly cache: QueryCache;
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
  readonly notUtf8At: number | undefined;
  lines(): LineIndex;
  toml(): TomlDocument;
  /** False for TOML that is no detection rule: nothing is said of it. */
  isRule(): boolean;
  rule(): RuleDocument;
  /** Queries in languages that are known; others are left alone. */
  queries(): readonly SnapshotQuery[];
}

export function snapshotOf({ text, knowledge, config, cache, notUtf8At }: SnapshotInput): Snapshot {
  const toml = lazy(() => readToml(text));
  const rule = lazy(() => readRule(toml()));
  return {
    text,
    knowledge,
    config,
    notUtf8At,
    lines: lazy(() => lineIndexOf(text)),
    toml,
    isRule: lazy(() => isRuleFile(toml())),
    rule,
    queries: lazy(() => analyzedQueries(rule(), cache, knowledge)),
  };
}

function analyzedQueries(
  rule: RuleDocument,
  cache: QueryCache,
  { fields }: Knowledge,
): readonly SnapshotQuery[] {
  return rule.queries.flatMap((embedded) => {
    const support = languageSupport(embedded.language);
    // An empty query has a finding of its own.
    if (support === undefined || embedded.text.trim() === "" || isMisread(rule.toml, embedded)) return [];
    const analysis = cache.analysis(support, embedded.text);
    const { parse, facts } = analysis;
    const problems = lazy(() =>
      fields === undefined ? [] : (support.verify?.(parse, fieldTypesOf(fields)) ?? []),
    );
    return [{ embedded, support, parse, facts, problems, analysis }];
  });
}

/** A text with a TOML error in it, such as a lone backslash, is not what its author meant the query to be. */
function isMisread({ errors }: TomlDocument, { host }: EmbeddedQuery): boolean {
  return errors.some(({ span }) => encloses(host.span, span));
}
