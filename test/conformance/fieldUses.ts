/** Where the public rules name fields in their queries, and what is known of each. */
import { type SnapshotQuery } from "../../server/src/core/analysis/snapshot.ts";
import { fieldUses } from "../../server/src/core/checks/fieldUses.ts";
import { type Diagnostic } from "../../server/src/core/analysis/diagnostic.ts";
import { type Knowledge } from "../../server/src/core/knowledge/knowledge.ts";
import { type QueryLanguage } from "../../server/src/core/query/language.ts";
import { type Span } from "../../server/src/core/text/span.ts";
import { ELASTIC, diagnose, snapshot } from "../support/analyse.ts";
import { type CorpusRule } from "../support/corpus.ts";

/** Checks that say something of fields, datasets and packages. */
const FIELD_CHECKS: ReadonlySet<string> = new Set([
  "query/ci-type-mismatch",
  "query/field-not-in-index",
  "query/field-not-in-stack",
  "query/incompatible-keys",
  "query/kql-type-mismatch",
  "query/text-field",
  "query/type-mismatch",
  "query/unknown-dataset",
  "query/unknown-field",
  "query/unusable-field",
  "rule/unknown-field",
  "rule/unknown-integration",
]);

export interface RuleUse {
  readonly rule: CorpusRule;
  readonly language: QueryLanguage;
  readonly name: string;
  /** Of its first place, in the file. */
  readonly span: Span;
  readonly isKnown: boolean;
}

/** Each field of each rule once. */
export function* ruleUses(rules: readonly CorpusRule[], known: Knowledge): Generator<RuleUse> {
  for (const rule of rules) {
    const snap = snapshot(rule.text, ELASTIC, known);
    if (snap.rule().isDeprecated) continue;
    for (const query of snap.queries()) yield* usesIn(rule, query);
  }
}

function* usesIn(rule: CorpusRule, query: SnapshotQuery): Generator<RuleUse> {
  const { embedded } = query;
  const scope = query.scope();
  const seen = new Set<string>();
  for (const { name, span, parts } of fieldUses(query)) {
    if (seen.has(name)) continue;
    seen.add(name);
    const isKnown = parts.every((part) => scope?.answer(name, part).kind === "known");
    yield { rule, language: embedded.language, name, span: embedded.host.map.toHostSpan(span), isKnown };
  }
}

/** Errors and warnings about fields. */
export function fieldFaults(text: string, known: Knowledge): readonly Diagnostic[] {
  return diagnose(text, ELASTIC, known).filter(
    ({ check, severity }) => FIELD_CHECKS.has(check) && (severity === "error" || severity === "warning"),
  );
}

/** The folder that a rule stands in: `aws`, `windows`. */
export function packageOf({ path }: CorpusRule): string {
  const parts = path.split("/");
  return parts[0] === "rules_building_block"
    ? "building blocks"
    : ((parts[1] === "integrations" ? parts[2] : parts[1]) ?? "");
}
