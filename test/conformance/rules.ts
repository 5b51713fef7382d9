/** Realistic mistakes in public rules, and what Elastic's own tooling says of them: we say it too, where it stands. */
import path from "node:path";
import { globSync } from "tinyglobby";
import { type Diagnostic } from "../../server/src/core/analysis/diagnostic.ts";
import { type Snapshot } from "../../server/src/core/analysis/snapshot.ts";
import { renamedPath } from "../../server/src/core/checks/renameFile.ts";
import { knowledgeOfCheckout } from "../support/checkoutSchemas.ts";
import { type CorpusRule, corpusRules } from "../support/corpus.ts";
import { fixProblems } from "./ruleFixes.ts";
import { headerAbove, lostLines, placeOnLine } from "./rulePlaces.ts";
import { type RulesJudge, rulesJudge } from "./rulesJudge.ts";
import { readJsonLines } from "./json.ts";
import { type ConformanceInput, type SuiteFailure, type SuiteOutcome, type SuiteResult } from "./suite.ts";

interface Mutation {
  readonly id: string;
  readonly path: string;
  readonly kind: string;
  readonly expect: "error" | "no-error" | "either";
  readonly line: number | undefined;
  readonly text: string;
  /** What Elastic's tooling says. */
  readonly upstream: string;
}

/** A mutation with what we say of it. */
interface Judged {
  readonly mutation: Mutation;
  readonly snapshot: Snapshot;
  readonly errors: readonly Diagnostic[];
  /** The mistake is that a key is gone: the header of its table counts for its value. */
  readonly isRemoval: boolean;
  /** Those that the rule does not have without the mistake. */
  readonly added: readonly Diagnostic[];
}

export function* rulesSuites(input: ConformanceInput): Generator<SuiteOutcome> {
  const { folder, rules, schemas, repository } = input;
  const files = globSync(["rules/mutations*.jsonl"], { cwd: folder }).sort();
  const mutations = files.flatMap((file) => readJsonLines(path.join(folder, file)).map(mutationIn));
  if (rules === undefined || schemas === undefined || repository === undefined || mutations.length === 0)
    return;
  const texts = corpusRules(rules);
  const judge = rulesJudge(texts, knowledgeOfCheckout(schemas), repository);
  const judged = mutations.map(judgeOf(judge, texts));
  const wanted = judged.filter(({ mutation }) => mutation.expect === "error");
  yield suiteOf("rules/errors", wanted, "an error", errorProblem, countNotes(judged));
  yield suiteOf("rules/places", wanted, "an error in the value that was changed", placeProblem, []);
  const fine = judged.filter(({ mutation }) => mutation.expect === "no-error");
  yield suiteOf("rules/no-errors", fine, "no error", noErrorProblem, eitherNotes(judged));
  yield suiteOf(
    "rules/fixes",
    judged.filter(({ errors }) => errors.some(({ fixes }) => 0 < fixes.length)),
    "fixes that leave no error where it stood and change nothing else",
    ({ mutation, snapshot, errors }) =>
      fixProblems(snapshot.text, errors, (text, renameTo) => {
        const file = renameTo === undefined ? mutation.path : renamedPath(mutation.path, renameTo);
        return judge.told(judge.read(file, text));
      }),
    [],
  );
}

function mutationIn(row: Readonly<Record<string, unknown>>): Mutation {
  const text = (name: string): string => {
    const value = row[name];
    return typeof value === "string" ? value : "";
  };
  const expect = text("expect");
  if (expect !== "error" && expect !== "no-error" && expect !== "either")
    throw new Error(`${text("id")} expects ${expect}`);
  const line = row["expected_line"];
  return {
    id: text("id"),
    path: text("base_path"),
    kind: text("kind"),
    expect,
    line: typeof line === "number" ? line : undefined,
    text: text("mutated_toml"),
    upstream: text("upstream_error").replace(/\s+/g, " ").slice(0, 100),
  };
}

/** Judges a mistake beside what is said of the rule without it. */
function judgeOf(judge: RulesJudge, rules: readonly CorpusRule[]): (mutation: Mutation) => Judged {
  const texts = new Map(rules.map((rule) => [rule.path, rule.text]));
  const bases = new Map<string, readonly Diagnostic[]>();
  return (mutation) => {
    const snapshot = judge.read(mutation.path, mutation.text);
    const diagnostics = judge.told(snapshot);
    const base = texts.get(mutation.path) ?? "";
    const before = bases.get(mutation.path) ?? judge.told(judge.read(mutation.path, base));
    bases.set(mutation.path, before);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const isRemoval = lostLines(base, mutation.text);
    return { mutation, snapshot, errors, isRemoval, added: without(diagnostics, before) };
  };
}

/** What is told now and was not before. */
function without(diagnostics: readonly Diagnostic[], before: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = before.map(({ check, message }) => `${check} ${message}`);
  return diagnostics.filter(({ check, message }) => {
    const at = known.indexOf(`${check} ${message}`);
    if (0 <= at) known.splice(at, 1);
    return at < 0;
  });
}

function suiteOf(
  suite: string,
  judged: readonly Judged[],
  expected: string,
  problemOf: (one: Judged) => string | undefined,
  notes: readonly string[],
): SuiteResult {
  const failures: SuiteFailure[] = [];
  judged.forEach((one, index) => {
    const got = problemOf(one);
    if (got !== undefined) failures.push({ index, name: nameOf(one.mutation), expected, got });
  });
  return { suite, passed: judged.length - failures.length, failures, known: 0, skipped: 0, notes };
}

function nameOf({ id, kind, path: file, line }: Mutation): string {
  return `${id} ${kind} in ${file}:${line ?? "?"}`;
}

function said(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ severity, check, message }) => `${severity} ${check}: ${message}`).join("; ");
}

function errorProblem({ errors, added, mutation }: Judged): string | undefined {
  return 0 < errors.length ? undefined : `${said(added)} (upstream: ${mutation.upstream})`;
}

function placeProblem({ snapshot, errors, mutation, isRemoval }: Judged): string | undefined {
  if (mutation.line === undefined) return "no line";
  const line = mutation.line - 1;
  const header = isRemoval ? headerAbove(snapshot, line) : undefined;
  const places = [placeOnLine(snapshot, line), ...(header === undefined ? [] : [header])];
  const isThere = ({ span }: Diagnostic): boolean =>
    places.some(({ start, end }) => span.start <= end && start <= span.end);
  if (errors.some(isThere)) return undefined;
  const lines = errors.map(
    ({ span, check }) => `${check} on line ${snapshot.lines().positionAt(span.start).line + 1}`,
  );
  return lines.length === 0 ? "no error" : lines.join("; ");
}

function noErrorProblem({ errors }: Judged): string | undefined {
  return errors.length === 0 ? undefined : said(errors);
}

/** Whatever we say is right; people look at it. */
function eitherNotes(judged: readonly Judged[]): readonly string[] {
  return judged
    .filter(({ mutation }) => mutation.expect === "either")
    .map(
      ({ mutation, added }) => `either: ${nameOf(mutation)}: ${added.length === 0 ? "nothing" : said(added)}`,
    );
}

/** How many diagnostics one mistake gives. */
function countNotes(judged: readonly Judged[]): readonly string[] {
  const counts = judged
    .filter(({ mutation }) => mutation.expect === "error")
    .map(({ added }) => added.length)
    .sort((a, b) => a - b);
  const many = judged.filter(({ added }) => 2 < added.length);
  return [
    `diagnostics of one mistake: ${counts[Math.floor(counts.length / 2)] ?? 0} in the median, ${counts.at(-1) ?? 0} at most`,
    ...many.map(({ mutation, added }) => `${added.length} of one: ${nameOf(mutation)}: ${said(added)}`),
  ];
}
