/** Every KQL query of the public rules as EQL, where that is offered: both match the same events, and so does the way back. */
import { inTypeVectors } from "../../server/src/core/checks/fieldTypes.ts";
import { compileCondition } from "../../server/src/core/engine/eql/compile.ts";
import { type Predicate } from "../../server/src/core/engine/eql/plan.ts";
import { defaultEqlOptions } from "../../server/src/core/engine/eql/run.ts";
import { type JsonObject, type JsonValue } from "../../server/src/core/engine/event.ts";
import { compileKql } from "../../server/src/core/engine/kql/compile.ts";
import { walk } from "../../server/src/core/query/ast.ts";
import { parseEql } from "../../server/src/core/query/eql/index.ts";
import { type FieldTypes } from "../../server/src/core/query/fieldTypes.ts";
import {
  childrenOf,
  type ConversionRefusal,
  eqlOfKql,
  type KqlAst,
  kqlOfEql,
  parseKql,
} from "../../server/src/core/query/kql/index.ts";
import { type SchemaSet } from "../../server/src/core/knowledge/schema.ts";
import { ELASTIC, knowledge, snapshot } from "../support/analyse.ts";
import { knowledgeOfCheckout } from "../support/checkoutSchemas.ts";
import { type CorpusRule } from "../support/corpus.ts";
import { type Random, seededRandom } from "../support/random.ts";
import { type SuiteFailure, type SuiteOutcome } from "./suite.ts";

const SEED = 20_260_103;
const EVENTS = 1000;

/** With the types of the schemas of a checkout, if there are some. */
export function convertSuite(rules: readonly CorpusRule[], schemas: SchemaSet | undefined): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  const refusals = new Map<string, number>();
  const random = seededRandom(SEED);
  const known = schemas === undefined ? knowledge : knowledgeOfCheckout(schemas);
  let passed = 0;
  let queryCount = 0;
  for (const { path, text } of rules) {
    for (const query of snapshot(text, ELASTIC, known).queries()) {
      const scope = query.scope();
      if (query.support.id !== "kuery" || query.embedded.role !== "query" || scope === undefined) continue;
      queryCount++;
      const outcomes: Outcome[] = [];
      inTypeVectors(scope, query.facts, (types) => {
        outcomes.push(outcomeOf(query.embedded.text, types, random));
        return [];
      });
      const refused = outcomes.find(({ kind }) => kind === "refused");
      const different = outcomes.find(({ kind }) => kind === "different");
      if (refused !== undefined) refusals.set(refused.what, (refusals.get(refused.what) ?? 0) + 1);
      else if (different === undefined) passed++;
      else
        failures.push({ index: queryCount, name: path, expected: "the same verdict", got: different.what });
    }
  }
  const common = [...refusals].sort(([, one], [, other]) => other - one).slice(0, 5);
  return {
    suite: "kql/convert",
    passed,
    failures,
    known: 0,
    skipped: 0,
    notes: [
      `${passed} of ${queryCount} queries can be converted; each was tried on ${EVENTS} events (seed ${SEED})`,
      ...common.map(([reason, count]) => `${count} refused: ${reason}`),
    ],
  };
}

interface Outcome {
  readonly kind: "same" | "different" | "refused";
  readonly what: string;
}

function outcomeOf(text: string, types: FieldTypes, random: Random): Outcome {
  const parse = parseKql(text);
  const forth = eqlOfKql(parse, types);
  if (!forth.ok) return { kind: "refused", what: reasonOf(forth.error) };
  const back = kqlOfEql(parseEql(forth.value), types);
  if (!back.ok) return { kind: "refused", what: `no way back: ${reasonOf(back.error)}` };
  const tests = [kqlTest(text, types), eqlTest(forth.value, types), kqlTest(back.value, types)];
  for (const document of eventsFor(parse.ast, random)) {
    const verdicts = tests.map((matches) => matches?.(document));
    if (verdicts.some((verdict) => verdict === undefined || verdict !== verdicts[0]))
      return {
        kind: "different",
        what: `${forth.value}: ${verdicts.join(", ")} on ${JSON.stringify(document)}`,
      };
  }
  return { kind: "same", what: "" };
}

/** Names and values are left out, so that reasons can be counted. */
function reasonOf({ message }: ConversionRefusal): string {
  return message.replace(/`[^`]*`/g, "…");
}

function kqlTest(text: string, types: FieldTypes): Predicate | undefined {
  const compiled = compileKql(parseKql(text).ast, { types, now: 0 });
  return compiled.ok ? compiled.value : undefined;
}

function eqlTest(text: string, types: FieldTypes): Predicate | undefined {
  const { ast, errors } = parseEql(text);
  if (ast.body.kind !== "event" || errors.length !== 0) return undefined;
  const { category, condition } = ast.body;
  const compiled = compileCondition(condition, { ...defaultEqlOptions, types });
  if (!compiled.ok || category === undefined || category.form === "any")
    return compiled.ok ? compiled.value : undefined;
  const holds = compiled.value;
  const isCategory = (document: JsonObject): boolean =>
    [document["event.category"]].flat().includes(category.value);
  return (document) => isCategory(document) && holds(document);
}

/** Events with the values that the query asks for, others like them, several at once, or none. */
function* eventsFor(query: KqlAst, random: Random): Generator<JsonObject> {
  const values = new Map<string, string[]>();
  for (const node of walk<KqlAst>(query, childrenOf)) {
    if ((node.kind !== "is" && node.kind !== "range") || node.field.kind === "hole") continue;
    const own = values.get(node.field.text) ?? [];
    for (const inner of walk<KqlAst>(node.value, childrenOf))
      if (inner.kind === "literal") own.push(inner.text);
    values.set(node.field.text, own);
  }
  const fields = [...values];
  for (let i = 0; i < EVENTS; i++) {
    const entries = fields.flatMap(([field, texts]): [string, JsonValue][] => {
      const kind = random.below(10);
      const pick = (): string => varied(texts[random.below(texts.length)] ?? "", random);
      if (kind === 0) return [];
      if (kind === 1) return [[field, [pick(), pick()]]];
      return [[field, pick()]];
    });
    yield Object.fromEntries(entries);
  }
}

function varied(text: string, random: Random): string {
  const filled = text.replaceAll("*", random.below(3) === 0 ? "" : "x");
  switch (random.below(8)) {
    case 0:
      return filled.toUpperCase();
    case 1:
      return `${filled}y`;
    case 2:
      return `y${filled}`;
    default:
      return filled;
  }
}
