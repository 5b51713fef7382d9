/** Refactorings that promise to keep a query's meaning do so: the verdicts before and after are the same. */
import { describe, expect, test } from "vitest";
import { compileKql } from "../server/src/core/engine/kql/compile.ts";
import { type JsonObject } from "../server/src/core/engine/event.ts";
import { compileCondition } from "../server/src/core/engine/eql/compile.ts";
import { defaultEqlOptions } from "../server/src/core/engine/eql/run.ts";
import { type Refactoring } from "../server/src/core/features/refactor/refactoring.ts";
import { parseEql } from "../server/src/core/query/eql/index.ts";
import { parseKql } from "../server/src/core/query/kql/index.ts";
import { readRule } from "../server/src/core/rule/read.ts";
import { type Span, spanOf } from "../server/src/core/text/span.ts";
import { readToml } from "../server/src/core/toml/read.ts";
import { generateSamples } from "../server/src/core/testing/generate.ts";
import { asSampleEvents } from "../server/src/core/testing/generate/asSamples.ts";
import { prepareRule } from "../server/src/core/testing/runners.ts";
import { exhausted } from "./engine/exhausted.ts";
import { corpusRules, rulesFolder } from "./support/corpus.ts";
import { type Random, seededRandom } from "./support/random.ts";
import { refactored, refactoringsAlong } from "./support/refactor.ts";
import { ecsTypes } from "./testing/ecsTypes.ts";

/** Those that change the rule, as their titles say. */
const CHANGES = /^(?:Add|Move|Change) /;

function keepsMeaning({ title, refusal }: Refactoring): boolean {
  return refusal === undefined && !CHANGES.test(title);
}

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new Error("Nothing to pick from");
  return item;
}

const FIELDS = ["process.name", "user.name"];
const TEXTS = ["a", "A", "ab", "b", "a*"];
const NUMBERS = ["1", "2", "10"];

function several(random: Random, items: readonly string[], separator: string): string {
  return Array.from({ length: 1 + random.below(3) }, () => pick(random, items)).join(separator);
}

const quotedTexts = TEXTS.map((text) => `"${text}"`);

function eqlTest(random: Random): string {
  const field = `${random.below(5) === 0 ? "?" : ""}${pick(random, FIELDS)}`;
  switch (random.below(6)) {
    case 0:
      return `${field} ${pick(random, ["==", "!="])} ${pick(random, [...quotedTexts, "null"])}`;
    case 1:
      return `${field} ${pick(random, [":", "like", "like~", "regex~"])} ${pick(random, quotedTexts)}`;
    case 2:
      return `${field} ${pick(random, [":", "like~", "regex"])} (${several(random, quotedTexts, ", ")})`;
    case 3:
      return `process.pid ${pick(random, ["==", "!="])} ${pick(random, NUMBERS)}`;
    case 4:
      return `process.pid ${pick(random, ["in", "not in"])} (${several(random, NUMBERS, ", ")})`;
    default:
      return `${field} ${pick(random, ["in", "not in", "in~"])} (${several(random, quotedTexts, ", ")})`;
  }
}

function kqlTest(random: Random): string {
  const field = pick(random, FIELDS);
  const values = [...TEXTS, '"ab"', "*"];
  return random.below(2) === 0
    ? `${field}:${pick(random, values)}`
    : `${field}:(${several(random, values, " or ")})`;
}

function condition(random: Random, one: (random: Random) => string, depth: number): string {
  const kind = depth === 0 ? 3 : random.below(5);
  const inner = (): string => condition(random, one, depth - 1);
  if (kind === 4) return `not ${depth === 1 ? one(random) : `(${inner()})`}`;
  if (kind === 3) return one(random);
  const parts = Array.from({ length: 2 + random.below(3) }, () =>
    random.below(3) === 0 ? `(${inner()})` : random.below(2) === 0 ? one(random) : `not ${one(random)}`,
  );
  return parts.join(kind === 0 ? " and " : " or ");
}

/** Alternatives that often share a condition. */
function alternatives(random: Random, one: (random: Random) => string): string {
  const shared = one(random);
  return Array.from({ length: 2 + random.below(2) }, () => {
    const own = condition(random, one, 1);
    return random.below(2) === 0 ? `(${shared} and (${own}))` : `((${own}) and ${shared})`;
  }).join(" or ");
}

/** Every combination of a few values, and of none. */
const DOCUMENTS: readonly JsonObject[] = [undefined, "a", "A", "ab", "b", "a*", "c"].flatMap((name) =>
  [undefined, "a", "b", "AB"].flatMap((user) =>
    [undefined, 1, 10].map((pid) => ({
      ...(user === undefined ? {} : { user: { name: user } }),
      process: { ...(name === undefined ? {} : { name }), ...(pid === undefined ? {} : { pid }) },
    })),
  ),
);

function eqlVerdicts(query: string): readonly boolean[] {
  const { ast, errors } = parseEql(query);
  expect(errors, query).toEqual([]);
  if (ast.body.kind !== "event") throw new Error("Not the query of a single event");
  const compiled = compileCondition(ast.body.condition, { ...defaultEqlOptions, types: ecsTypes });
  if (!compiled.ok) throw new Error(compiled.error.feature);
  return DOCUMENTS.map((document) => compiled.value(document));
}

function kqlVerdicts(query: string): readonly boolean[] {
  const { ast, errors } = parseKql(query);
  expect(errors, query).toEqual([]);
  const compiled = compileKql(ast, { types: ecsTypes, now: 0 });
  if (!compiled.ok) throw new Error(compiled.error.feature);
  return DOCUMENTS.map((document) => compiled.value(document));
}

function queryIn(text: string): string {
  return readRule(readToml(text)).queries[0]?.text ?? "";
}

/** Each refactoring that keeps the meaning once, as far as its outcome is another. */
function* everywhere(text: string, span: Span, step: number): Generator<Refactoring> {
  const seen = new Set<string>();
  for (const refactoring of refactoringsAlong(text, span, step)) {
    if (!keepsMeaning(refactoring)) continue;
    const after = refactored(text, refactoring);
    if (seen.has(after)) continue;
    seen.add(after);
    yield refactoring;
  }
}

/** Exclusions that often are of one field. */
function exclusions(random: Random, one: (random: Random) => string): string {
  const tests = Array.from({ length: 4 }, () => one(random));
  return [...tests, ...tests].map((test) => `not ${test}`).join(" and ");
}

/** Tests that often are of one field. */
function choices(random: Random, one: (random: Random) => string): string {
  const tests = Array.from({ length: 4 }, () => one(random));
  return [...tests, one(random), ...tests].join(" or ");
}

const SEED = 20_260_801;
const QUERIES = 120;

describe.each([
  ["EQL", "eql", "eql", "any where ", eqlTest, eqlVerdicts],
  ["KQL", "kuery", "query", "", kqlTest, kqlVerdicts],
] as const)("random queries in %s", (_name, language, type, start, one, verdicts) => {
  test(`give the same verdicts (seed ${SEED})`, () => {
    const random = seededRandom(SEED);
    const counts = new Map<string, number>();
    for (let i = 0; i < QUERIES; i++) {
      const shapes = [alternatives, choices, exclusions, (own: Random) => condition(own, one, 3)] as const;
      const body = pick(random, shapes)(random, one);
      const query = `${start}${body}`;
      const text = `[metadata]\n[rule]\nlanguage = "${language}"\ntype = "${type}"\nquery = '''\n${query}\n'''\n`;
      const before = verdicts(query);
      const from = text.indexOf(query);
      for (const refactoring of everywhere(text, spanOf(from, from + query.length), 6)) {
        const after = queryIn(refactored(text, refactoring));
        expect(verdicts(after), `${refactoring.title}\n${query}\n${after}`).toEqual(before);
        const kind = refactoring.title.replace(/`[^`]*`/g, "…");
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
    }
    for (const title of [
      "Join the tests of … in one list",
      "Extract the exclusions of … into one list",
      "Inline the list of exclusions of …",
      "Write one test for each value of …",
      "Sort the values of …, each once",
      "Write the shared conditions once",
      "Write each value of the list on a line",
    ])
      expect(counts.get(title) ?? 0, title).toBeGreaterThan(15);
  });
});

const folder = rulesFolder();
/** Every so many of the public rules, and one place in every so many characters. */
const EVERY = 25;
const STEP = 40;

test.skipIf(folder === undefined)(
  "events made for public rules keep their verdicts",
  () => {
    const rules = corpusRules(folder ?? "").filter((_rule, i) => i % EVERY === 0);
    let compared = 0;
    for (const { path, text } of rules) {
      const rule = readRule(readToml(text));
      const [query] = rule.queries;
      const generated = exhausted(generateSamples(rule, { types: ecsTypes }));
      const prepared = prepareRule(rule, { types: ecsTypes, query: undefined });
      if (query === undefined || !generated.ok || !prepared.ok) continue;
      const { match, nearMisses } = generated.value;
      for (const refactoring of everywhere(text, query.host.span, STEP)) {
        const other = queryIn(refactored(text, refactoring));
        const after = prepareRule(rule, { types: ecsTypes, query: other });
        expect(after.ok, `${path} ${refactoring.title}`).toBe(true);
        if (!after.ok || other === query.text) continue;
        compared++;
        for (const { events, history = [], indicators = [] } of [match, ...nearMisses]) {
          const inputs = {
            events: asSampleEvents(events),
            history: asSampleEvents(history),
            indicators: asSampleEvents(indicators),
            now: undefined,
            index: undefined,
          };
          const [first, second] = [prepared.value, after.value].map((one) => exhausted(one.run(inputs)));
          const counts = [first, second].map((one) =>
            one?.ok === true ? one.value.alerts.length : undefined,
          );
          expect(counts[1], `${path}: ${refactoring.title}\n${other}`).toBe(counts[0]);
        }
      }
    }
    expect(compared).toBeGreaterThan(50);
  },
  120_000,
);
