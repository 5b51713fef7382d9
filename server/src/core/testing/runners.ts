/** Which rules can be run: by type and language. A further language is a row here. */
import { type Result } from "../base/result.ts";
import { type QueryLanguage } from "../query/language.ts";
import { type RuleType } from "../rule/keyTypes.ts";
import { type RuleDocument } from "../rule/model.ts";
import { textIn } from "../rule/read.ts";
import { prepareEql } from "./run/eql.ts";
import { prepareNewTerms } from "./run/newTerms.ts";
import { type Preparation, type PreparedRule, type Refusal, type RunOptions } from "./run/prepared.ts";
import { prepareQuery } from "./run/query.ts";
import { prepareThreatMatch } from "./run/threatMatch.ts";
import { prepareThreshold } from "./run/threshold.ts";

interface Runner {
  readonly type: RuleType;
  readonly language: QueryLanguage;
  readonly prepare: Preparation;
}

const RUNNERS: readonly Runner[] = [
  { type: "eql", language: "eql", prepare: prepareEql },
  { type: "query", language: "kuery", prepare: prepareQuery },
  { type: "threshold", language: "kuery", prepare: prepareThreshold },
  { type: "new_terms", language: "kuery", prepare: prepareNewTerms },
  { type: "threat_match", language: "kuery", prepare: prepareThreatMatch },
];

const TYPE_NAMES: Readonly<Record<RuleType, string>> = {
  query: "query",
  eql: "EQL",
  esql: "ES|QL",
  threshold: "threshold",
  threat_match: "indicator match",
  new_terms: "new terms",
  machine_learning: "machine learning",
};

/** Types that no sample events are enough for. */
const UNFIT: ReadonlyMap<RuleType, string> = new Map([
  [
    "machine_learning",
    "Machine learning rules read the anomalies that a job of Elasticsearch has found, which cannot be told from events",
  ],
]);

const LANGUAGE_NAMES: Readonly<Record<QueryLanguage, string>> = {
  eql: "EQL",
  kuery: "KQL",
  esql: "ES|QL",
  lucene: "Lucene",
};

export function prepareRule(rule: RuleDocument, options: RunOptions): Result<PreparedRule, Refusal> {
  const { type } = rule;
  const language = languageOf(rule);
  const runner = RUNNERS.find((one) => one.type === type && one.language === language);
  if (runner !== undefined) return runner.prepare(rule, options);
  return { ok: false, error: refusalOf(rule) };
}

/** Kibana takes a query rule without a query for one in KQL that matches everything: its filters do the work. */
function languageOf({ type, rule, queries }: RuleDocument): QueryLanguage | undefined {
  const query = queries.find(({ role }) => role === "query");
  if (query !== undefined || type !== "query" || rule === undefined || rule.byName.has("query"))
    return query?.language;
  return (textIn(rule, "language")?.value ?? "kuery") === "kuery" ? "kuery" : undefined;
}

function refusalOf(rule: RuleDocument): Refusal {
  const { type, rule: table } = rule;
  const typeSpan = table?.byName.get("type")?.value.span;
  if (type === undefined)
    return { kind: "broken", reason: "The rule has no type that Kibana knows", span: typeSpan };
  if (!RUNNERS.some((one) => one.type === type)) {
    const reason =
      UNFIT.get(type) ?? `Rules of the type ${TYPE_NAMES[type]} cannot be run on sample events yet`;
    return { kind: "unsupported", reason, span: typeSpan };
  }
  const query = rule.queries.find(({ role }) => role === "query");
  if (query === undefined) return { kind: "broken", reason: "The rule has no query", span: typeSpan };
  const reason = `${LANGUAGE_NAMES[query.language]} cannot be run in a rule of the type ${TYPE_NAMES[type]}`;
  return { kind: "unsupported", reason, span: table?.byName.get("language")?.value.span ?? typeSpan };
}
