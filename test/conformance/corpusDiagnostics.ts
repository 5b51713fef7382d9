/** What we say of the public rules: no error, as all of them pass Elastic's own checks, and what else, for people to look at. */
import { type Diagnostic } from "../../server/src/core/analysis/diagnostic.ts";
import { type Repository } from "../../server/src/core/knowledge/repository.ts";
import { type SchemaSet } from "../../server/src/core/knowledge/schema.ts";
import { diagnose } from "../support/analyse.ts";
import { knowledgeOfCheckout } from "../support/checkoutSchemas.ts";
import { type CorpusRule } from "../support/corpus.ts";
import { perRule } from "./perRule.ts";
import { rulesJudge } from "./rulesJudge.ts";
import { type SuiteOutcome } from "./suite.ts";

/** By the packaged data alone, and the way CI does it: with the rules' places, their repository, its schemas and each other. */
export function* diagnosticSuites(
  rules: readonly CorpusRule[],
  schemas: SchemaSet | undefined,
  repository: Repository | undefined,
): Generator<SuiteOutcome> {
  yield* suitesOf("embedded", rules, ({ text }) => diagnose(text));
  if (schemas === undefined || repository === undefined) return;
  const judge = rulesJudge(rules, knowledgeOfCheckout(schemas), repository);
  yield* suitesOf("checkout", rules, ({ path, text }) => judge.told(judge.read(path, text)));
}

interface Told {
  readonly crashes: Map<string, string>;
  readonly errors: Map<string, string>;
  readonly counts: Map<string, number>;
  readonly warnings: Map<string, string[]>;
}

function* suitesOf(
  view: "checkout" | "embedded",
  rules: readonly CorpusRule[],
  diagnosticsOf: (rule: CorpusRule) => readonly Diagnostic[],
): Generator<SuiteOutcome> {
  const told: Told = { crashes: new Map(), errors: new Map(), counts: new Map(), warnings: new Map() };
  for (const rule of rules) {
    try {
      for (const diagnostic of diagnosticsOf(rule)) add(told, rule, diagnostic);
    } catch (error) {
      told.crashes.set(
        rule.path,
        error instanceof Error ? String(error.cause ?? error.message) : String(error),
      );
    }
  }
  const suffix = view === "embedded" ? "-embedded" : "";
  yield perRule(`corpus/no-crash${suffix}`, rules, ({ path }) => told.crashes.get(path));
  const schemas =
    view === "embedded" ? "the packaged schemas alone" : "places, repository and schemas of the checkout";
  yield perRule(`corpus/no-errors${suffix}`, rules, ({ path }) => told.errors.get(path), [
    `${rules.length} files, ${schemas}, profile elastic`,
    ...notesOf(told),
  ]);
}

function add({ errors, counts, warnings }: Told, { path }: CorpusRule, diagnostic: Diagnostic): void {
  const { check, severity, span, message } = diagnostic;
  if (severity === "error") {
    errors.set(path, `${check} at ${span.start}: ${message}`);
    return;
  }
  const kind = `${severity} ${check}`;
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  if (severity === "warning") warnings.set(kind, [...(warnings.get(kind) ?? []), `${path}: ${message}`]);
}

/** Counts of each check, and under those of warnings each of them. */
function notesOf({ counts, warnings }: Told): readonly string[] {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([kind, count]) => [
      `${kind}: ${count}`,
      ...(warnings.get(kind) ?? []).map((one) => `  ${one}`),
    ]);
}
