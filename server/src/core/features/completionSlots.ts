/** What can fill each slot that a query language expects. Texts are those of the query, not yet of the file. */
import {
  type CategorySlot,
  type FieldFamily,
  type FieldSlot,
  type QuerySlot,
  type ValueSlot,
  type WordSlot,
} from "../query/expectation.ts";
import { type FieldScope, type PartIndex } from "../knowledge/scope.ts";
import { type RuleDocument } from "../rule/model.ts";
import { textIn } from "../rule/read.ts";
import { type Snippet } from "../text/snippet.ts";
import { type Span, touches } from "../text/span.ts";
import { type CompletionSources } from "./completion.ts";
import { fittingFields, modulesIn, typeText } from "./completionFields.ts";
import { type CompletionKind, type CompletionSubject } from "./completionItem.ts";
import { type Fit, beginsWith, fitOf, isWhole, wanted } from "./completionMatch.ts";
import { platformsOf } from "./completionPlatforms.ts";
import { type QueryAtCursor } from "./completionQueryAt.ts";
import { valuesOf } from "./completionValues.ts";

export interface SlotPlace {
  readonly query: QueryAtCursor;
  readonly rule: RuleDocument;
  readonly part: PartIndex;
  readonly word: Span;
  /** The word up to the cursor. */
  readonly typed: string;
  readonly sources: CompletionSources;
}

export interface Suggestion {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail: string;
  readonly snippet: Snippet;
  readonly tier: Tier;
  readonly subject: CompletionSubject | undefined;
  readonly commitCharacters?: readonly string[];
}

/**
 * Where suggestions for several slots are mixed, lower ones come first: what was typed as a whole; the first fields and
 * values; words that begin with what was typed; and then everything else.
 */
export type Tier = 0 | 1 | 2 | 3 | 4;

/** The best first. */
export function suggestionsFor(slot: QuerySlot, place: SlotPlace): readonly Suggestion[] {
  switch (slot.kind) {
    case "field":
      return fieldSuggestions(slot, place);
    case "value":
      return valueSuggestions(slot, place);
    case "category":
      return categorySuggestions(slot, place);
    case "words":
      return wordSuggestions(slot, place);
  }
}

/** More of them than an editor shows at once; a further character finds the others. */
const MOST_FIELDS = 90;
/** Full names come first, as they are what an author is after; objects follow where they can still be seen. */
const NAMES_BEFORE_MODULES = 10;

function fieldSuggestions(
  slot: FieldSlot,
  { query, rule, part, word, typed, sources }: SlotPlace,
): readonly Suggestion[] {
  const { scope, facts } = query;
  if (scope === undefined) return [];
  const name = typed.replaceAll("`", "");
  const others = facts.fields.filter(({ span }) => !touches(span, word.start));
  const found = fittingFields(name, {
    pool: sources.pools.pool(scope, part, sources.useCount),
    others: sources.workspaceFields,
    useCount: sources.useCount,
    present: new Set(others.map((field) => field.name)),
    slot,
    platforms: platformsOf(rule, facts),
  });
  const relative = (full: string): string => full.slice(slot.below.length);
  const fields = found.slice(0, MOST_FIELDS).map((field, rank): Suggestion => ({
    label: relative(field.name),
    kind: "field",
    detail: typeText(scope, field.name, part),
    snippet: [slot.write(relative(field.name))],
    tier: isWhole(field.fit) ? 0 : rank < NAMES_BEFORE_MODULES && beginsWith(field.fit) ? 1 : 3,
    subject: { kind: "field", name: field.name },
  }));
  const modules = modulesIn(found, `${slot.below}${name}`).map(({ prefix, count }): Suggestion => ({
    label: `${relative(prefix)}.`,
    kind: "module",
    detail: `${count} fields`,
    snippet: [slot.write(relative(prefix))],
    tier: 1,
    subject: undefined,
    commitCharacters: ["."],
  }));
  return [...fields.slice(0, NAMES_BEFORE_MODULES), ...modules, ...fields.slice(NAMES_BEFORE_MODULES)];
}

function valueSuggestions(slot: ValueSlot, place: SlotPlace): readonly Suggestion[] {
  const { query, sources } = place;
  const { scope } = query;
  const family = scope && familyOf(slot.field, scope, place.part);
  const words = slot.isQuoted
    ? []
    : [...(family === "boolean" ? ["true", "false"] : []), ...(slot.takesNull ? ["null"] : [])];
  const known =
    scope === undefined || family === "boolean" ? [] : valuesOf(slot.field, scope, sources.seenValues);
  const asked = wanted(place.typed.replace(/^"/, ""));
  const values = known.flatMap(({ value, source }): readonly Fitting[] => {
    const fit = fitOf(asked, value.toLowerCase());
    const isPlain = family === "number" && !slot.isQuoted;
    const text = isPlain ? value : slot.write(value);
    if (fit === undefined || text === undefined || slot.taken.includes(value)) return [];
    const subject: CompletionSubject = { kind: "value", field: slot.field, value };
    return [{ label: value, kind: "value", detail: source, snippet: [text], fit, subject }];
  });
  return [
    ...byFit(values, VALUES),
    ...byFit(
      words.flatMap((word) => literal(word, place)),
      WORDS,
    ),
  ];
}

function literal(word: string, { typed, query }: SlotPlace): readonly Fitting[] {
  const fit = fitOf(wanted(typed), word);
  if (fit === undefined) return [];
  const subject: CompletionSubject = { kind: "word", language: query.support.id, word };
  return [{ label: word, kind: "keyword", detail: "", snippet: [word], fit, subject }];
}

function categorySuggestions(
  slot: CategorySlot,
  { query, rule, typed, sources }: SlotPlace,
): readonly Suggestion[] {
  const { scope } = query;
  if (scope === undefined) return [];
  const field = (rule.rule && textIn(rule.rule, "event_category_override")?.value) ?? "event.category";
  const names = valuesOf(field, scope, sources.seenValues).map(({ value }) => value);
  const asked = wanted(typed);
  return byFit(
    names.flatMap((name): readonly Fitting[] => {
      const fit = fitOf(asked, name.toLowerCase());
      const text = slot.write(name);
      if (fit === undefined || text === undefined) return [];
      const subject: CompletionSubject = { kind: "value", field, value: name };
      return [{ label: name, kind: "category", detail: "event category", snippet: [text], fit, subject }];
    }),
    VALUES,
  );
}

function wordSuggestions(
  { choices, operand }: WordSlot,
  { query, part, typed }: SlotPlace,
): readonly Suggestion[] {
  const { scope, support } = query;
  const family = operand === undefined || scope === undefined ? undefined : familyOf(operand, scope, part);
  const asked = wanted(typed);
  return byFit(
    choices.flatMap((choice): readonly Fitting[] => {
      const { label, detail, snippet, suits } = choice;
      const fit = fitOf(asked, label.toLowerCase());
      if (fit === undefined || suits?.includes(family ?? "text") === false) return [];
      const kind = choice.kind === "number" ? "value" : choice.kind;
      const subject: CompletionSubject = { kind: "word", language: support.id, word: choice.word };
      return [{ label, kind, detail, snippet, fit, subject }];
    }),
    WORDS,
  );
}

type Fitting = Omit<Suggestion, "tier"> & { readonly fit: Fit };

function byFit(
  found: readonly Fitting[],
  tiers: { readonly begins: Tier; readonly others: Tier },
): readonly Suggestion[] {
  return [...found]
    .sort((a, b) => a.fit - b.fit)
    .map(({ fit, ...rest }) => ({
      ...rest,
      tier: isWhole(fit) ? 0 : beginsWith(fit) ? tiers.begins : tiers.others,
    }));
}

const VALUES = { begins: 1, others: 3 } as const;
const WORDS = { begins: 2, others: 4 } as const;

const FAMILIES: ReadonlyMap<string, FieldFamily> = new Map([
  ...[
    "long",
    "integer",
    "short",
    "byte",
    "unsigned_long",
    "double",
    "float",
    "half_float",
    "scaled_float",
  ].map((type) => [type, "number"] as const),
  ["boolean", "boolean"],
  ["ip", "ip"],
  ["date", "date"],
  ["date_nanos", "date"],
]);

function familyOf(field: string, scope: FieldScope, part: PartIndex): FieldFamily | undefined {
  const answer = scope.answer(field, part);
  const type = answer.kind === "known" ? answer.type : scope.catalog.get(field)?.type;
  return type === undefined ? undefined : (FAMILIES.get(type) ?? "text");
}
