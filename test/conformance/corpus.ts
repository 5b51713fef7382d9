/** The public rules: read without a crash, with the right values and offsets, and without a single false error. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { parse } from "smol-toml";
import { type TomlString, type TomlValue } from "../../server/src/core/toml/model.ts";
import { readToml } from "../../server/src/core/toml/read.ts";
import { knowledge, snapshot } from "../support/analyse.ts";
import { type CorpusRule, corpusRules } from "../support/corpus.ts";
import { soundMapProblem } from "../support/mapProof.ts";
import { attackFacts } from "./attackFacts.ts";
import { diagnosticSuites } from "./corpusDiagnostics.ts";
import { eqlFormatSuite } from "./eqlFormat.ts";
import { fieldSuites } from "./fields.ts";
import { perRule } from "./perRule.ts";
import { type ConformanceInput, type SuiteOutcome } from "./suite.ts";

export function* corpusSuites({
  rules: folder,
  schemas,
  repository,
}: ConformanceInput): Generator<SuiteOutcome> {
  if (folder === undefined) return;
  const rules = corpusRules(folder);
  yield perRule("corpus/values", rules, valueProblem);
  yield offsetsSuite(rules);
  yield* diagnosticSuites(rules, schemas, repository);
  yield* eqlFormatSuite(rules);
  yield* attackSuite(folder);
  yield* fieldSuites(rules, schemas);
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

/** Our ATT&CK table against the bundle in the checkout: facts equal, and no prose taken over. */
function* attackSuite(folder: string): Generator<SuiteOutcome> {
  const bundle = path.join(folder, "detection_rules/etc/attack-v18.1.0.json.gz");
  if (!existsSync(bundle) || knowledge.attack === undefined) return;
  yield attackFacts(knowledge.attack, gunzipSync(readFileSync(bundle)).toString("utf8"));
}
