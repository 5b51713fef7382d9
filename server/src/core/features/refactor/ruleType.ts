/** Another type for a rule: its query, where the language changes, and its keys follow. */
import { type Snapshot, type SnapshotQuery } from "../../analysis/snapshot.ts";
import { type KeyContext, keysOf, languagesOf, typesOf } from "../../rule/keys.ts";
import { RULE_TYPES, type RuleKey, type RuleType } from "../../rule/keyTypes.ts";
import { textIn } from "../../rule/read.ts";
import { type Edit } from "../../text/edit.ts";
import { type Snippet, type SnippetPart } from "../../text/snippet.ts";
import { type Span, spanOf, touches } from "../../text/span.ts";
import { replaceText, sectionOf } from "../../toml/edits.ts";
import { type TomlEntry, type TomlTable } from "../../toml/model.ts";
import { tableSnippet } from "../completionHeaders.ts";
import { headerForm, valueSnippet } from "../completionKeys.ts";
import { otherQueryEdit, queryInOther } from "../convertQuery.ts";
import {
  isTooLong,
  plainEdits,
  type Refactoring,
  type RefactoringSources,
  refused,
  type SnippetEdit,
} from "./refactoring.ts";

/** With the cursor on the type or on the header of the rule. Yields after each type, as the query may have to be converted. */
export function* ruleTypeRefactorings(
  snapshot: Snapshot,
  range: Span,
  sources: RefactoringSources,
): Generator<undefined, readonly Refactoring[]> {
  const { rule, type } = snapshot.rule();
  const entry = rule?.byName.get("type");
  if (rule?.form !== "header" || type === undefined || entry === undefined) return [];
  if (![entry.span, rule.span].some((span) => touches(span, range.start))) return [];
  const { errors, conflicts } = snapshot.toml();
  if (errors.length + conflicts.length !== 0) return [];
  const found: Refactoring[] = [];
  for (const to of RULE_TYPES.filter((one) => one !== type)) {
    found.push(changed(snapshot, rule, entry, to, sources));
    yield;
  }
  return found;
}

function changed(
  snapshot: Snapshot,
  rule: TomlTable,
  typeEntry: TomlEntry,
  to: RuleType,
  sources: RefactoringSources,
): Refactoring {
  const heading = { kind: "rewrite", title: `Change the rule's type to \`${to}\`` } as const;
  const isOtherSuppression = (snapshot.rule().type === "threshold") !== (to === "threshold");
  if (isOtherSuppression && rule.byName.has("alert_suppression"))
    return refused(
      heading,
      "Threshold rules suppress alerts in another way: take `alert_suppression` out first",
    );
  const typeText = textIn(rule, "type");
  const typeEdit = typeText && replaceText(typeText.host, to);
  const query = snapshot.queries().find(({ embedded }) => embedded.role === "query");
  const rewritten = queryEdits(snapshot, rule, query, to);
  if (typeof rewritten === "string") return refused(heading, rewritten);
  if (typeEdit === undefined) return refused(heading, "The quotes of the type cannot hold the new one");
  const context: KeyContext = { ruleType: to, isDeprecated: false };
  const missing = missingKeys(rule, context);
  return {
    ...heading,
    edits: [
      ...plainEdits([typeEdit, ...rewritten]),
      ...removals(snapshot, rule, to),
      ...numbered(additions(snapshot, typeEntry, missing, context, sources)),
    ],
  };
}

/** A text says why the query cannot follow. */
function queryEdits(
  snapshot: Snapshot,
  rule: TomlTable,
  query: SnapshotQuery | undefined,
  to: RuleType,
): readonly Edit[] | string {
  const languages = languagesOf(to);
  const [language] = languages;
  const written = textIn(rule, "language");
  if (language === undefined || !rule.byName.has("query")) return [];
  if (written !== undefined && languages.some((one) => one === written.value)) return [];
  if (query === undefined || isTooLong(query))
    return "The query cannot be written in the language of the new type";
  const converted = queryInOther(query, language);
  if (!converted.ok) return converted.error;
  const edits = [
    otherQueryEdit(snapshot, query.embedded.host, language, converted.value),
    ...(written === undefined ? [] : [replaceText(written.host, language)]),
  ];
  const found = edits.filter((edit) => edit !== undefined);
  return found.length < edits.length ? "The quotes of the query cannot hold the new one" : found;
}

/** Keys that only other types have, each with its lines. */
function removals(snapshot: Snapshot, rule: TomlTable, to: RuleType): readonly SnippetEdit[] {
  const own = new Set(keysOf("rule", { ruleType: to, isDeprecated: false }).map(({ name }) => name));
  return rule.entries
    .filter(({ key }) => !own.has(key.name) && typesOf(key.name) !== undefined)
    .flatMap((entry) => spansOf(snapshot, entry))
    .map((span) => ({ span: withLines(snapshot.text, span), snippet: [""] }));
}

function spansOf(snapshot: Snapshot, { value, span }: TomlEntry): readonly Span[] {
  const document = snapshot.toml();
  if (value.kind === "array" && value.form === "tables")
    return value.items.flatMap((item) => (item.kind === "table" ? [sectionOf(document, item)] : []));
  return value.kind === "table" && value.form === "header" ? [sectionOf(document, value)] : [span];
}

/** The whole lines of what is taken out, with a remark at their end. */
function withLines(text: string, { start, end }: Span): Span {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const isSection = text.charAt(end - 1) === "\n";
  const lineEnd = text.indexOf("\n", end);
  return spanOf(lineStart, isSection ? end : lineEnd < 0 ? text.length : lineEnd + 1);
}

function missingKeys(rule: TomlTable, context: KeyContext): readonly RuleKey[] {
  return keysOf("rule", context).filter(({ name, required, unless, onlyWith, ruleTypes }) => {
    if (!required || ruleTypes === undefined || onlyWith !== undefined) return false;
    return ![name, ...unless].some((one) => rule.byName.has(one));
  });
}

/** Lines below the type, and tables at the end of the file. */
function additions(
  { text }: Snapshot,
  typeEntry: TomlEntry,
  missing: readonly RuleKey[],
  context: KeyContext,
  { freshId, today }: RefactoringSources,
): readonly SnippetEdit[] {
  const fresh = { freshId, today };
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const withLineEnds = (snippet: Snippet): Snippet =>
    snippet.map((part) => (typeof part === "string" ? part.replaceAll("\n", lineEnd) : part));
  const lines: SnippetPart[] = [];
  const tables: SnippetPart[] = [];
  for (const key of missing) {
    const form = headerForm(key.type);
    const path = ["rule", key.name];
    if (form === undefined) lines.push(`\n${key.name} = `, ...valueSnippet(key, ["rule"], fresh));
    else {
      const header = form.isList ? `[[${path.join(".")}]]` : `[${path.join(".")}]`;
      tables.push(`\n${header}`, ...tableSnippet({ section: form.section, path }, context, fresh), "\n");
    }
  }
  const afterType = typeEntry.span.end;
  const gap = text.endsWith("\n") ? "" : lineEnd;
  return [
    { span: spanOf(afterType, afterType), snippet: withLineEnds(lines) },
    {
      span: spanOf(text.length, text.length),
      snippet: withLineEnds(tables.length === 0 ? [] : [gap, ...tables]),
    },
  ].filter(({ snippet }) => 0 < snippet.length);
}

/** One row of places over all edits. */
function numbered(edits: readonly SnippetEdit[]): readonly SnippetEdit[] {
  let stop = 1;
  return edits.map(({ span, snippet }) => ({
    span,
    snippet: snippet.map((part) => (typeof part === "string" ? part : { ...part, stop: stop++ })),
  }));
}
