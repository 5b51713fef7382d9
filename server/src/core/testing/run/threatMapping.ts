/** How an indicator match rule ties events to indicators: groups of entries, of which one group must hold. */
import { type Result } from "../../base/result.ts";
import { type JsonObject } from "../../engine/event.ts";
import { isSeveral, readerOf } from "../../engine/kql/fields.ts";
import { equalityTest } from "../../engine/kql/valueTests.ts";
import { type Present } from "../../engine/value.ts";
import { type FieldTypes } from "../../query/fieldTypes.ts";
import { type KqlLiteral } from "../../query/kql/index.ts";
import { targetNamed } from "../../query/kql/fieldTargets.ts";
import { familyOf } from "../../query/kql/valueTypes.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { tablesIn, textIn } from "../../rule/read.ts";
import { type TomlTable } from "../../toml/model.ts";
import { refused } from "./kqlBase.ts";
import { type Refusal } from "./prepared.ts";

export interface MappingEntry {
  readonly field: string;
  readonly indicatorField: string;
  /** The values must not be the same. */
  readonly isNegated: boolean;
  /** Of an event. */
  readonly valuesOf: (document: JsonObject) => readonly Present[];
  readonly indicatorValuesOf: (document: JsonObject) => readonly Present[];
  /** Whether a value of the event is that of an indicator, as the type of the event's field has it. */
  readonly testFor: (wanted: Present) => (value: Present) => boolean;
  /** Both fields are of types of which Kibana asks for many values at once: of several it takes the first. */
  readonly takesFirst: boolean;
  /** Equal for values that are the same; undefined where that is no matter of one text, as with words of a text. */
  readonly keyOf: ((value: Present) => string | undefined) | undefined;
}

/** All entries must hold for one indicator. */
export interface MappingGroup {
  readonly entries: readonly MappingEntry[];
  /** The first one that asks for a value. */
  readonly leading: MappingEntry;
}

export function threatMappingOf(
  { rule }: RuleDocument,
  types: FieldTypes,
): Result<readonly MappingGroup[], Refusal> {
  const tables = rule === undefined ? [] : tablesIn(rule, "threat_mapping");
  const groups: MappingGroup[] = [];
  for (const table of tables) {
    const entries = tablesIn(table, "entries").map((entry) => entryOf(entry, types));
    const known = entries.filter((entry) => entry !== undefined);
    if (known.length !== entries.length || known.length === 0)
      return refused("broken", "An entry of `threat_mapping` lacks its `field` or `value`", table.span);
    const leading = known.find(({ isNegated }) => !isNegated);
    if (leading === undefined)
      return refused("broken", "A group of `threat_mapping` has negated entries alone", table.span);
    groups.push({ entries: known, leading });
  }
  if (groups.length === 0) return refused("broken", "The rule has no `threat_mapping`", rule?.span);
  return { ok: true, value: groups };
}

function entryOf(table: TomlTable, types: FieldTypes): MappingEntry | undefined {
  const [field, indicatorField] = [textIn(table, "field")?.value, textIn(table, "value")?.value];
  if (field === undefined || indicatorField === undefined) return undefined;
  const negate = table.byName.get("negate")?.value;
  const target = targetNamed(types, field);
  const { type } = target;
  return {
    field,
    indicatorField,
    isNegated: negate?.kind === "boolean" && negate.value,
    valuesOf: listReader(types, field),
    indicatorValuesOf: listReader(types, indicatorField),
    testFor: (wanted) => equalityTest(type, literalOf(wanted), ANY_MOMENT) ?? (() => false),
    takesFirst: isTerm(type) && isTerm(targetNamed(types, indicatorField).type),
    keyOf: isComparedByText(type) ? String : undefined,
  };
}

function listReader(types: FieldTypes, name: string): (document: JsonObject) => readonly Present[] {
  const read = readerOf(types, targetNamed(types, name), undefined);
  return (document) => {
    const values = read(document);
    if (values === null) return [];
    return isSeveral(values) ? values : [values];
  };
}

/** A type that is not known is taken for what most fields are. */
function isTerm(type: string | undefined): boolean {
  const family = familyOf(type);
  return type === undefined || family === "keyword" || family === "ip";
}

/** Indicators hold no `now`. */
const ANY_MOMENT = 0;

function isComparedByText(type: string | undefined): boolean {
  return type === undefined || familyOf(type) === "keyword" || familyOf(type) === "version";
}

/** Values reach Elasticsearch as they are, without quotes or wildcards. */
function literalOf(value: Present): KqlLiteral {
  const text = String(value);
  return {
    kind: "literal",
    span: { start: 0, end: 0 },
    form: "unquoted",
    type: "string",
    text,
    pieces: [text],
  };
}
