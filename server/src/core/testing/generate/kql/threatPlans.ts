/** What an indicator match rule needs beside an event: an indicator that has a value in common with it. */
import { type EqlOptions } from "../../../engine/eql/plan.ts";
import { type JsonObject, type JsonValue } from "../../../engine/event.ts";
import { type KqlOptions } from "../../../engine/kql/plan.ts";
import { parseKql } from "../../../query/kql/index.ts";
import { type RuleDocument } from "../../../rule/model.ts";
import { tablesIn, textIn } from "../../../rule/read.ts";
import { valueAt, withField } from "../../events/edit.ts";
import { asksOfLiteral } from "./asks.ts";
import { filterGoals } from "./filterGoals.ts";
import { goalOfKql } from "./goals.ts";
import { type Goal } from "../goals.ts";
import { newSolver } from "../maker.ts";
import { solutions } from "../search.ts";
import { EMPTY_STATE, documentOf } from "../state.ts";
import { type System } from "../believable.ts";
import { fieldsOfGoal } from "../blueprint.ts";
import { nestedDocument } from "../documents.ts";
import { type Solved, type Stage, timed, type TypePlan } from "./stage.ts";
import { singleTerm } from "./term.ts";

interface Entry {
  readonly field: string;
  readonly indicatorField: string;
  readonly isNegated: boolean;
}

interface Indicators {
  readonly rule: RuleDocument;
  readonly eql: EqlOptions;
  readonly options: KqlOptions;
  readonly system: System;
}

/** One for each group of the mapping, and each of them will do. */
export function threatPlans(indicators: Indicators): readonly TypePlan[] {
  const { rule } = indicators.rule;
  const groups = rule === undefined ? [] : tablesIn(rule, "threat_mapping");
  return groups.map((table) => {
    const entries = tablesIn(table, "entries").flatMap((entry): Entry[] => {
      const [field, value] = [textIn(entry, "field")?.value, textIn(entry, "value")?.value];
      const negate = entry.byName.get("negate")?.value;
      if (field === undefined || value === undefined) return [];
      return [{ field, indicatorField: value, isNegated: negate?.kind === "boolean" && negate.value }];
    });
    return planOf(indicators, entries);
  });
}

function planOf(indicators: Indicators, entries: readonly Entry[]): TypePlan {
  const plain = entries.filter(({ isNegated }) => !isNegated);
  const stageWith = ({ document }: Solved, isOther: (entry: Entry) => boolean): Stage | undefined => {
    const indicator = indicatorFor(indicators, entries, document, isOther);
    return indicator && { events: [timed(document, 0)], history: [], indicators: [indicator] };
  };
  return {
    needed: plain.map(({ field }) => field),
    staging: (solved) => stageWith(solved, ({ isNegated }) => isNegated),
    variants: entries.map((entry) => ({
      name: entry.isNegated
        ? `the indicator has the same \`${entry.field}\``
        : `no indicator has its \`${entry.field}\``,
      staging: (solved) => stageWith(solved, (one) => (one === entry ? !one.isNegated : one.isNegated)),
    })),
  };
}

const HOUR = 3_600_000;

/** An indicator that the rule's query and filters ask for, with the values of the event or with others. */
function indicatorFor(
  { rule, eql, options, system }: Indicators,
  entries: readonly Entry[],
  event: JsonObject,
  isOther: (entry: Entry) => boolean,
): JsonObject | undefined {
  const query = parseKql(rule.queries.find(({ role }) => role === "threat_query")?.text ?? "").ast;
  const asked = goalOfKql(query, options);
  const common = entries.map((entry): Goal => {
    const value = firstOf(valueAt(event, entry.field));
    const isWanted = !isOther(entry);
    return equality(options, entry.indicatorField, value, isWanted);
  });
  const goals = [asked, ...filterGoals(rule, "threat_filters", options, query.span), ...common];
  const term = singleTerm({ kind: "all", span: query.span, parts: goals });
  const solver = newSolver(
    { blueprint: { kind: "event", terms: [term], maxspan: undefined }, eql, system },
    undefined,
  );
  for (const state of solutions(solver, EMPTY_STATE, goals)) {
    if (state === undefined) continue;
    const solved = documentOf(solver, state, 0, new Set(goals.flatMap(fieldsOfGoal)));
    const flat = withSingleValues(solved, entries, event, isOther);
    const known = flat["@timestamp"];
    const document = nestedDocument(flat);
    return known === undefined ? timed(document, -HOUR) : withField(document, "@timestamp", known);
  }
  return undefined;
}

/** Kibana leaves out indicators that have several values in a field of a group. */
function withSingleValues(
  flat: JsonObject,
  entries: readonly Entry[],
  event: JsonObject,
  isOther: (entry: Entry) => boolean,
): JsonObject {
  const changed = entries.map((entry): readonly [string, JsonValue | undefined] => {
    const own = firstOf(valueAt(event, entry.field));
    const held = flat[entry.indicatorField];
    const others = Array.isArray(held) ? (held as readonly JsonValue[]).filter((one) => one !== own) : [held]; // Just checked.
    return [entry.indicatorField, isOther(entry) ? others[0] : own];
  });
  return { ...flat, ...Object.fromEntries(changed.filter(([, value]) => value !== undefined)) };
}

function firstOf(value: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(value) ? (value as readonly JsonValue[])[0] : value; // Just checked.
}

/** The field has this value, or another one. */
function equality(options: KqlOptions, field: string, value: JsonValue | undefined, isWanted: boolean): Goal {
  const text = String(value ?? "");
  const span = { start: 0, end: 0 };
  const literal = { kind: "literal", span, form: "quoted", type: "string", text, pieces: [text] } as const;
  const target = { ...literal, text: field, pieces: [field] };
  const condition = { kind: "is", span, field: target, operatorSpan: span, value: literal } as const;
  const goal = goalOfKql({ kind: "query", span, condition }, options).parts[0];
  const asks = asksOfLiteral(options, field, literal);
  if (goal?.kind !== "literal" || goal.expression.kind !== "atom") return { kind: "any", span, parts: [] };
  return { ...goal, expression: { ...goal.expression, asks }, isWanted, prefersValue: true };
}
