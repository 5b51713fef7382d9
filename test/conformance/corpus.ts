/** The public rules: read without a crash, with the right values and offsets, and without a single false error. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { parse } from "smol-toml";
import { type TomlString, type TomlValue } from "../../server/src/core/toml/model.ts";
import { readToml } from "../../server/src/core/toml/read.ts";
import { diagnose, knowledge, snapshot } from "../support/analyse.ts";
import { type CorpusRule, corpusRules } from "../support/corpus.ts";
import { soundMapProblem } from "../support/mapProof.ts";
import { attackFacts } from "./attackFacts.ts";
import { eqlFormatSuite } from "./eqlFormat.ts";
import { fieldSuites } from "./fields.ts";
import { type ConformanceInput, type SuiteFailure, type SuiteOutcome } from "./suite.ts";

export function* corpusSuites({ rules: folder, schemas }: ConformanceInput): Generator<SuiteOutcome> {
  if (folder === undefined) return;
  const rules = corpusRules(folder);
  yield perRule("corpus/values", rules, valueProblem);
  yield offsetsSuite(rules);
  yield* diagnosticSuites(rules);
  yield* eqlFormatSuite(rules);
  yield* attackSuite(folder);
  yield* fieldSuites(rules, schemas);
}

function perRule(
  suite: string,
  rules: readonly CorpusRule[],
  problemOf: (rule: CorpusRule) => string | undefined,
  notes: readonly string[] = [],
): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  rules.forEach((rule, index) => {
    const problem = problemOf(rule);
    if (problem !== undefined)
      failures.push({ index, name: rule.path, expected: "no problem", got: problem });
  });
  return { suite, passed: rules.length - failures.length, failures, known: 0, skipped: 0, notes };
}

function valueProblem({ text }: CorpusRule): string | undefined {
  const document = readToml(text);
  const found = [...document.errors, ...document.conflicts.map(({ kind }) => ({ message: kind }))];
  if (found[0] !== undefined) return `refused: ${found[0].message}`;
  const isSame = isDeepStrictEqual(plainTable(document.root), withoutDates(parse(text)));
  return isSame ? undefined : "other values than smol-toml's";
}

const DATE = { kind: "a date or time" };

function plain(value: TomlValue): unknown {
  switch (value.kind) {
    case "string":
    case "integer":
    case "float":
    case "boolean":
      return value.value;
    case "date":
      return DATE;
    case "array":
      return value.items.map(plain);
    case "table":
      return plainTable(value);
    case "hole":
      return undefined;
  }
}

function plainTable(table: Extract<TomlValue, { kind: "table" }>): unknown {
  return Object.fromEntries(table.entries.map(({ key, value }) => [key.name, plain(value)]));
}

function withoutDates(value: unknown): unknown {
  if (value instanceof Date) return DATE;
  if (Array.isArray(value)) return value.map(withoutDates);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutDates(inner)]));
}

function offsetsSuite(rules: readonly CorpusRule[]): SuiteOutcome {
  let strings = 0;
  let offsets = 0;
  const outcome = perRule("corpus/offsets", rules, ({ text }) => {
    for (const { host } of snapshot(text).rule().queries) {
      strings++;
      offsets += host.value.length;
      const problem = mapProblem(text, host);
      if (problem !== undefined) return problem;
    }
    return undefined;
  });
  return {
    ...outcome,
    notes: [`${offsets.toLocaleString("en")} offsets in ${strings.toLocaleString("en")} query strings`],
  };
}

function mapProblem(text: string, host: TomlString): string | undefined {
  return soundMapProblem(text, host);
}

function* diagnosticSuites(rules: readonly CorpusRule[]): Generator<SuiteOutcome> {
  const crashes = new Map<string, string>();
  const errors = new Map<string, string>();
  const others = new Map<string, number>();
  let judged = 0;
  for (const { path: file, text } of rules) {
    try {
      if (snapshot(text).isRule()) judged++;
      for (const { check, severity, span, message } of diagnose(text)) {
        if (severity === "error") errors.set(file, `${check} at ${span.start}: ${message}`);
        else others.set(`${severity} ${check}`, (others.get(`${severity} ${check}`) ?? 0) + 1);
        if (severity === "warning") others.set(`  ${file}: ${message}`, NaN);
      }
    } catch (error) {
      crashes.set(file, error instanceof Error ? String(error.cause ?? error.message) : String(error));
    }
  }
  yield perRule("corpus/no-crash", rules, ({ path: file }) => crashes.get(file));
  const notes = [...others].map(([what, count]) => (Number.isNaN(count) ? what : `${what}: ${count}`)).sort();
  yield perRule("corpus/no-errors", rules, ({ path: file }) => errors.get(file), [
    `${judged} of ${rules.length} files judged, embedded schemas, profile elastic`,
    ...notes,
  ]);
}

/** Our ATT&CK table against the bundle in the checkout: facts equal, and no prose taken over. */
function* attackSuite(folder: string): Generator<SuiteOutcome> {
  const bundle = path.join(folder, "detection_rules/etc/attack-v18.1.0.json.gz");
  if (!existsSync(bundle) || knowledge.attack === undefined) return;
  yield attackFacts(knowledge.attack, gunzipSync(readFileSync(bundle)).toString("utf8"));
}
