/** Where a query names fields, and what the rule's schemas say of each place. */
import { isReadingSettled } from "../knowledge/packageUses.ts";
import { type FieldAnswer, type FieldScope, type Target } from "../knowledge/scope.ts";
import { type Span } from "../text/span.ts";
import { type AnalyzedQuery } from "./check.ts";
import { kqlPatterns, kqlRangeStarts } from "./kqlFields.ts";

export type UnknownAnswer = Extract<FieldAnswer, { kind: "unknown" }>;

export interface FieldUse {
  readonly name: string;
  readonly span: Span;
  /** Written `?field`. */
  readonly isOptional: boolean;
  /** Parts of the query by their index: a key of a whole sequence belongs to all of its steps. */
  readonly parts: readonly number[];
}

/** In the order of the text. */
export function fieldUses(query: AnalyzedQuery): readonly FieldUse[] {
  const { facts, support } = query;
  const parts = new Map<number, number[]>();
  for (const [i, { fields }] of facts.parts.entries()) {
    for (const { span } of fields) {
      const known = parts.get(span.start);
      if (known === undefined) parts.set(span.start, [i]);
      else known.push(i);
    }
  }
  const uses = facts.fields.map(({ name, span, optional }) => ({
    name,
    span,
    isOptional: optional,
    parts: parts.get(span.start) ?? [0],
  }));
  if (support.id !== "kuery") return uses;
  const patterns = kqlPatterns(query).map(({ name, span }) => ({
    name,
    span,
    isOptional: false,
    parts: [0],
  }));
  return [...uses, ...patterns].sort((a, b) => a.span.start - b.span.start);
}

export interface JudgedUse {
  readonly use: FieldUse;
  readonly answer: UnknownAnswer;
}

/** The places whose field is not known in one of their parts; of a query with very many of them, the first ones. */
export function* judgedUses(uses: readonly FieldUse[], scope: FieldScope): Generator<JudgedUse> {
  const names = new Set<string>();
  const { schemas, subject } = scope;
  const isSettled = schemas === undefined || isReadingSettled(schemas, subject);
  for (const use of uses) {
    const answers = use.parts.map((part) => scope.answer(use.name, part));
    const unknown = answers.filter((answer) => answer.kind === "unknown");
    const [first] = unknown;
    if (answers.some(({ kind }) => kind !== "known")) names.add(use.name);
    if (MOST_UNKNOWN < names.size) return;
    if (first === undefined || (!isSettled && first.reason === "schemas")) continue;
    // A field that is known to one step and not to another is missing from that one alone.
    const missingIn = distinct(unknown.flatMap((answer) => answer.missingIn));
    const knownIn = distinct(unknown.flatMap((answer) => answer.knownIn));
    yield { use, answer: { ...first, missingIn, knownIn } };
  }
}

/** More findings than this help nobody, and each takes a look at thousands of names. */
const MOST_UNKNOWN = 50;

function distinct(targets: readonly Target[]): readonly Target[] {
  return [...new Map(targets.map((target) => [target.label, target])).values()];
}

/**
 * Elastic's validation of EQL lets an unknown field pass if the query says `?field` anywhere, and that of KQL where the
 * field is compared by `<` or `>`.
 */
export function isExcused({ parse, support }: AnalyzedQuery, use: FieldUse): boolean {
  return support.id === "eql"
    ? parse.text.includes(`?${use.name}`)
    : support.id === "kuery" && kqlRangeStarts(parse).has(use.span.start);
}
