/** Fields of the public rules: none is flagged, nearly all are known, and nearly all misspellings are found. */
import { type Knowledge } from "../../server/src/core/knowledge/knowledge.ts";
import { type SchemaSet } from "../../server/src/core/knowledge/schema.ts";
import { knowledge } from "../support/analyse.ts";
import { knowledgeOfCheckout } from "../support/checkoutSchemas.ts";
import { type CorpusRule } from "../support/corpus.ts";
import { recallSuites } from "./fieldRecall.ts";
import { fieldFaults, packageOf, ruleUses } from "./fieldUses.ts";
import { type SuiteFailure, type SuiteOutcome } from "./suite.ts";

export function* fieldSuites(
  rules: readonly CorpusRule[],
  schemas: SchemaSet | undefined,
): Generator<SuiteOutcome> {
  const live = rules.filter(({ text }) => !/^maturity = "deprecated"/m.test(text));
  if (schemas !== undefined) {
    yield silentSuite("corpus/fields-checkout", live, knowledgeOfCheckout(schemas), 0);
  }
  yield silentSuite("corpus/fields-embedded", live, knowledge, ALLOWED_WARNINGS);
  yield knownSuite(live);
  yield* recallSuites(live, schemas);
}

/** With the packaged data alone a name is all there is to go by. */
const ALLOWED_WARNINGS = 2;

/** A rule fails if an error or a warning is said of its fields; so many warnings are overlooked. */
function silentSuite(
  suite: string,
  rules: readonly CorpusRule[],
  known: Knowledge,
  allowedWarnings: number,
): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  const table = countsByGroup();
  let warnings = 0;
  for (const { rule, language, isKnown } of ruleUses(rules, known)) {
    table.add(language, packageOf(rule), { uses: 1, known: isKnown ? 1 : 0 });
  }
  rules.forEach((rule, index) => {
    const faults = fieldFaults(rule.text, known);
    const errors = faults.filter(({ severity }) => severity === "error").length;
    warnings += faults.length - errors;
    const language = /^language = "(\w+)"/m.exec(rule.text)?.[1] ?? "none";
    table.add(language, packageOf(rule), { errors, warnings: faults.length - errors });
    const [first] = faults;
    if (first === undefined || (errors === 0 && warnings <= allowedWarnings)) return;
    failures.push({ index, name: rule.path, expected: "silence", got: `${first.check}: ${first.message}` });
  });
  const notes = [`${rules.length} rules, ${warnings} warnings about fields`, ...table.lines()];
  return { suite, passed: rules.length - failures.length, failures, known: 0, skipped: 0, notes };
}

/** How many fields of the rules the packaged data knows. */
function knownSuite(rules: readonly CorpusRule[]): SuiteOutcome {
  const uses = [...ruleUses(rules, knowledge)];
  const ecsOnly = uses.filter(({ name }) => knowledge.fields?.get(name) !== undefined).length;
  const failures = uses.flatMap(({ rule, name, isKnown }, index) =>
    isKnown ? [] : [{ index, name: rule.path, expected: "a known field", got: name }],
  );
  const passed = uses.length - failures.length;
  const notes = [
    `${percent(passed, uses.length)} of uses known, ${percent(ecsOnly, uses.length)} to ECS alone`,
  ];
  return { suite: "corpus/fields-known", passed, failures, known: 0, skipped: 0, notes };
}

interface Counts {
  readonly uses: number;
  readonly known: number;
  readonly errors: number;
  readonly warnings: number;
}

const NONE: Counts = { uses: 0, known: 0, errors: 0, warnings: 0 };

/** Counts by language, then by package. */
function countsByGroup(): {
  add(language: string, group: string, counts: Partial<Counts>): void;
  lines(): readonly string[];
} {
  const rows = new Map<string, Counts>();
  const addTo = (key: string, counts: Partial<Counts>): void => {
    const sum = rows.get(key) ?? NONE;
    rows.set(key, {
      uses: sum.uses + (counts.uses ?? 0),
      known: sum.known + (counts.known ?? 0),
      errors: sum.errors + (counts.errors ?? 0),
      warnings: sum.warnings + (counts.warnings ?? 0),
    });
  };
  return {
    add(language, group, counts) {
      addTo(language, counts);
      addTo(`${language} ${group}`, counts);
    },
    lines: () =>
      [...rows]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(
          ([key, { uses, known, errors, warnings }]) =>
            `${key.padEnd(40)} ${String(uses).padStart(5)} uses, ${percent(known, uses).padStart(7)} known, ${errors} errors, ${warnings} warnings`,
        ),
  };
}

export function percent(part: number, whole: number): string {
  return `${whole === 0 ? 100 : ((100 * part) / whole).toFixed(1)} %`;
}
