/** A rule's query in the other language for single events, KQL or EQL, as edits of the file. */
import { type Snapshot, type SnapshotQuery } from "../analysis/snapshot.ts";
import { type Result } from "../base/result.ts";
import { inTypeVectors } from "../checks/fieldTypes.ts";
import { parseEql } from "../query/eql/index.ts";
import { type FieldScope } from "../knowledge/scope.ts";
import { type FieldTypes } from "../query/fieldTypes.ts";
import { type Converted, eqlOfKql, kqlOfEql, parseKql } from "../query/kql/index.ts";
import { type QueryLanguage } from "../query/language.ts";
import { languageSupport } from "../query/languages.ts";
import { textIn } from "../rule/read.ts";
import { type Edit } from "../text/edit.ts";
import { spanOf } from "../text/span.ts";
import { replaceInText, replaceText } from "../toml/edits.ts";
import { type TomlString, type TomlTable } from "../toml/model.ts";
import { DEFAULT_LAYOUT, lineEndOf } from "./formatQuery.ts";

export type QueryConversion =
  | { readonly kind: "converted"; readonly title: string; readonly edits: readonly Edit[] }
  /** One sentence without a full stop says why not. */
  | { readonly kind: "refused"; readonly title: string; readonly reason: string };

interface Direction {
  /** The types of rules of the two languages. */
  readonly fromType: string;
  readonly toType: string;
  readonly to: QueryLanguage;
  readonly title: string;
  readonly convert: (text: string, types: FieldTypes) => Converted<string>;
}

const DIRECTIONS: ReadonlyMap<QueryLanguage, Direction> = new Map<QueryLanguage, Direction>([
  [
    "kuery",
    {
      fromType: "query",
      toType: "eql",
      to: "eql",
      title: "Convert the query to EQL",
      convert: (text, types) => eqlOfKql(parseKql(text), types),
    },
  ],
  [
    "eql",
    {
      fromType: "eql",
      toType: "query",
      to: "kuery",
      title: "Convert the query to KQL",
      convert: (text, types) => kqlOfEql(parseEql(text), types),
    },
  ],
]);

/** Keys that only rules of EQL have. */
const EQL_KEYS = ["event_category_override", "timestamp_field", "tiebreaker_field"];

/** Undefined where nobody would ask for it, such as for a sequence or a query with errors. */
export function conversionOf(snapshot: Snapshot, query: SnapshotQuery): QueryConversion | undefined {
  const direction = DIRECTIONS.get(query.support.id);
  const { rule, type } = snapshot.rule();
  const scope = query.scope();
  if (direction === undefined || rule === undefined || scope === undefined) return undefined;
  if (type !== direction.fromType || query.embedded.role !== "query" || isSeries(query)) return undefined;
  if (query.parse.errors.length !== 0 || query.problems().length !== 0) return undefined;
  const { title } = direction;
  const own = EQL_KEYS.find((key) => rule.byName.has(key));
  if (own !== undefined) return { kind: "refused", title, reason: `Only rules of EQL have \`${own}\`` };
  const converted = convertedText(query, scope, direction);
  return converted.ok
    ? withEdits(snapshot, query, rule, direction, converted.value)
    : { kind: "refused", title, reason: converted.error };
}

/** The query's text in the other language; the error is a sentence without a full stop. */
export function queryInOther(query: SnapshotQuery, to: QueryLanguage): Result<string, string> {
  const direction = DIRECTIONS.get(query.support.id);
  const scope = query.scope();
  const problem = query.parse.errors[0] ?? query.problems()[0];
  if (problem !== undefined) return { ok: false, error: `The query has an error: ${problem.message}` };
  if (direction?.to !== to) return { ok: false, error: "The query cannot be written in the new language" };
  if (scope === undefined) return { ok: false, error: "The types of fields are not loaded yet" };
  if (isSeries(query)) return { ok: false, error: "Only EQL looks for several events that belong together" };
  return convertedText(query, scope, direction);
}

function convertedText(
  query: SnapshotQuery,
  scope: FieldScope,
  { convert }: Direction,
): Result<string, string> {
  const texts = new Set<string>();
  const [refusal] = inTypeVectors(scope, query.facts, (types) => {
    const outcome = convert(query.parse.text, types);
    if (outcome.ok) texts.add(outcome.value);
    return outcome.ok ? [] : [{ ...outcome.error, fixes: [] }];
  });
  const [text, other] = texts;
  if (refusal !== undefined || text === undefined || other !== undefined) {
    const error = refusal?.message ?? "The indices of the rule have fields of different types";
    return { ok: false, error };
  }
  return { ok: true, value: text };
}

/** Of several events that belong together. */
function isSeries({ parse }: SnapshotQuery): boolean {
  return /^\s*(?:sequence|sample|join)\b/.test(parse.text);
}

function withEdits(
  snapshot: Snapshot,
  { embedded }: SnapshotQuery,
  rule: TomlTable,
  { title, to, toType }: Direction,
  text: string,
): QueryConversion {
  const edits = [
    otherQueryEdit(snapshot, embedded.host, to, text),
    valueEdit(rule, "language", to),
    valueEdit(rule, "type", toType),
  ].filter((edit) => edit !== undefined);
  const [query] = edits;
  if (query === undefined || (rule.byName.has("language") ? 3 : 2) !== edits.length) {
    return { kind: "refused", title, reason: "The quotes of the query cannot hold the new one" };
  }
  return { kind: "converted", title, edits };
}

/** Another query between the same quotes; undefined if they cannot hold it. */
export function otherQueryEdit(
  snapshot: Snapshot,
  host: TomlString,
  language: QueryLanguage,
  text: string,
): Edit | undefined {
  const support = languageSupport(language);
  const laidOut = support?.format?.(support.parse(text), DEFAULT_LAYOUT) ?? text;
  const isMultiline = host.form === "multiline-basic" || host.form === "multiline-literal";
  const written = isMultiline ? laidOut.replaceAll("\n", lineEndOf(snapshot, host)) : text;
  // The quotes stay on their lines.
  const start = host.value.length - host.value.trimStart().length;
  return replaceInText(host, spanOf(start, host.value.trimEnd().length), written);
}

function valueEdit(rule: TomlTable, name: string, value: string): Edit | undefined {
  const text = textIn(rule, name);
  return text && replaceText(text.host, value);
}
