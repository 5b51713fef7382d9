/**
 * Text without a field is searched for in all fields, in each as far as its type takes it. Which fields Elasticsearch
 * looks at is a setting of the index template; here it is all of them.
 */
import { type FieldTypes } from "../../query/fieldTypes.ts";
import { isLoneStar, type KqlLiteral } from "../../query/kql/index.ts";
import { type FieldTarget, targetNamed } from "../../query/kql/fieldTargets.ts";
import { familyOf } from "../../query/kql/valueTypes.ts";
import { lazy } from "../../base/lazy.ts";
import { type JsonObject } from "../event.ts";
import { matchesPieces } from "../../query/kql/index.ts";
import { isVisible, type Leaf, leavesOf, sourceOf } from "./fields.ts";
import { type KqlOptions, type ValueTest } from "./plan.ts";
import { alternativesOf } from "./textTests.ts";
import { equalityTest, existenceTest, wildcardTest } from "./valueTests.ts";

/** The value in which the text was found; undefined if there is none. */
export type TextSearch = (document: JsonObject) => Leaf | undefined;

/** The objects of nested fields are documents of their own, and not searched. */
export function compileFreeText(options: KqlOptions, literal: KqlLiteral): TextSearch {
  const tests = new Map<string, ValueTest>();
  const targetsFrom = targetsBySource(options.types);
  const testFor = (name: string): ValueTest => {
    const known = tests.get(name);
    if (known !== undefined) return known;
    const own = targetsFrom(name)
      .filter((target) => isVisible(options.types, target, undefined))
      .flatMap((target) => testOf(options, target, literal) ?? []);
    const test: ValueTest = (value) => own.some((one) => one(value));
    if (tests.size < MOST_NAMES) tests.set(name, test);
    return test;
  };
  return (document) => {
    for (const leaf of leavesOf(document, undefined)) if (testFor(leaf.name)(leaf.value)) return leaf;
    return undefined;
  };
}

/** Events with ever new names must not fill the memory. */
const MOST_NAMES = 10_000;

/** The fields that are filled from a place in the document: a field and its sub-fields. */
function targetsBySource(types: FieldTypes): (name: string) => readonly FieldTarget[] {
  const subfields = lazy(() => {
    const bySource = new Map<string, FieldTarget[]>();
    for (const name of types.names()) {
      const target = targetNamed(types, name);
      const source = sourceOf(types, target);
      if (source === name) continue;
      const targets = bySource.get(source) ?? [];
      targets.push(target);
      bySource.set(source, targets);
    }
    return bySource;
  });
  return (name) => [targetNamed(types, name), ...(subfields().get(name) ?? [])];
}

function testOf({ now }: KqlOptions, { type }: FieldTarget, literal: KqlLiteral): ValueTest | undefined {
  if (isLoneStar(literal)) return existenceTest(type);
  if (literal.type !== "wildcard") return equalityTest(type, literal, now);
  if (familyOf(type) === "text") return wildcardTest(type, literal);
  const alternatives = alternativesOf(literal).flatMap((pieces) => alternativeTest(type, pieces, now) ?? []);
  return (value) => alternatives.some((test) => test(value));
}

/** Blanks separate alternatives, of which those without a wildcard are searched as they are. */
function alternativeTest(
  type: string | undefined,
  pieces: readonly string[],
  now: number,
): ValueTest | undefined {
  if (pieces.length === 1) return equalityTest(type, wordLiteral(pieces[0] ?? ""), now);
  const known = familyOf(type);
  const takesWildcards = known === "keyword" || known === "version" || type === undefined;
  return takesWildcards ? (value) => matchesPieces(String(value), pieces) : undefined;
}

function wordLiteral(text: string): KqlLiteral {
  return {
    kind: "literal",
    span: { start: 0, end: 0 },
    form: "unquoted",
    type: "string",
    text,
    pieces: [text],
  };
}
