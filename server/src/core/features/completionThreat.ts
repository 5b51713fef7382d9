/** Tactics and techniques: one pick writes id, name and reference together, or a whole entry. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type AttackCatalog } from "../knowledge/attack.ts";
import { nearestCatalog } from "../knowledge/attackVersions.ts";
import {
  type ThreatInsert,
  type ThreatKind,
  type ThreatSearch,
  type ThreatSuggestion,
  threatSearch,
} from "../knowledge/attackSearch.ts";
import { type RuleDocument, type ThreatEntry } from "../rule/model.ts";
import { ATLAS_FRAMEWORK, type ThreatScope, threatScopes } from "../rule/threats.ts";
import { type Edit } from "../text/edit.ts";
import { type Span, spanOf, textAt } from "../text/span.ts";
import { type TomlEntry, type TomlTable } from "../toml/model.ts";
import { encode } from "../toml/strings.ts";
import { type CompletionSources } from "./completion.ts";
import { type CompletionItem, completionItem } from "./completionItem.ts";
import { type KeySite, type ValueSite, writtenInside } from "./completionSite.ts";
import { type EntryPlace, fittingFirst, tacticEdits } from "./completionTactic.ts";
import { tagEdit } from "./completionTags.ts";

const MOST_THREATS = 60;
const MOST_BLOCKS = 30;

/** Where a table of `rule.threat` stands among the others. */
interface ThreatTable extends EntryPlace {
  readonly kind: ThreatKind;
  readonly tactic: string | undefined;
  readonly parent: string | undefined;
}

/** Inside the value of an id, name or reference; undefined elsewhere. */
export function threatItems(
  snapshot: Snapshot,
  site: ValueSite,
  typed: string,
  sources: CompletionSources,
): readonly CompletionItem[] | undefined {
  const part = PARTS.find((one) => one === site.key.name);
  const place = threatTable(snapshot.rule(), site.table, site.path.slice(0, -1));
  if (part === undefined || place === undefined) return undefined;
  return suggestions(snapshot, place, typedText(typed), sources, MOST_THREATS).flatMap((found) => {
    const edits = valueEdits(snapshot.text, site, part, found.insert);
    if (edits === undefined) return [];
    const moreEdits = [...edits.moreEdits, ...editsBeside(snapshot, place, found)];
    return [threatItem(found, { ...edits, moreEdits, filter: typed })];
  });
}

/** On an empty line of a table that has neither of them: three lines at once. */
export function wholeThreatItems(
  snapshot: Snapshot,
  { visit, path, word }: KeySite,
  typed: string,
  sources: CompletionSources,
): readonly CompletionItem[] {
  const place = threatTable(snapshot.rule(), visit.table, path);
  if (place === undefined || PARTS.some((part) => visit.table.byName.has(part))) return [];
  const indent = indentAt(snapshot.text, word.start);
  return suggestions(snapshot, place, typed, sources, MOST_BLOCKS).map((found) =>
    threatItem(found, {
      span: word,
      text: lines(found.insert).join(`\n${indent}`),
      moreEdits: editsBeside(snapshot, place, found),
      filter: typed,
    }),
  );
}

/** The tag, and the tactic that a technique belongs to. */
function editsBeside(snapshot: Snapshot, place: ThreatTable, found: ThreatSuggestion): readonly Edit[] {
  const tags = tagsFor(snapshot, place, found);
  const catalog = catalogOf(snapshot, place.scope);
  if (found.threat.kind === "tactic" || catalog === undefined) return tags;
  return [...tags, ...tacticEdits(snapshot.rule(), place, found.threat, catalog)];
}

/** The tag that belongs to what was picked. Blocks for other versions of a framework have none of their own. */
function tagsFor(
  snapshot: Snapshot,
  { kind, scope }: ThreatTable,
  { insert }: ThreatSuggestion,
): readonly Edit[] {
  if (scope.version !== undefined) return [];
  const isAtlas = scope.framework === ATLAS_FRAMEWORK;
  const edit =
    kind === "tactic" && !isAtlas
      ? tagEdit(snapshot.rule(), { kind: "tactic", name: insert.name })
      : kind === "technique" && isAtlas
        ? tagEdit(snapshot.rule(), { kind: "atlas-technique", id: insert.id })
        : undefined;
  return edit === undefined ? [] : [edit];
}

type Part = "id" | "name" | "reference";
const PARTS: readonly Part[] = ["id", "name", "reference"];

export function lines(threat: ThreatInsert): readonly string[] {
  return PARTS.map((part) => line(part, threat));
}

function line(part: Part, threat: ThreatInsert): string {
  return `${part} = ${quoted(threat[part])}`;
}

export function quoted(text: string): string {
  return `"${encode(text, "basic") ?? text}"`;
}

/** A reference is typed as a link: what is searched for is the id in it. */
function typedText(typed: string): string {
  const id = /(?:attack|atlas)\.mitre\.org\/\w+\/(.*)$/.exec(typed)?.[1]?.replace(/\/$/, "");
  return id ?? (typed.startsWith("http") ? "" : typed.replace(/^"/, ""));
}

function threatTable(
  rule: RuleDocument,
  wantedTable: TomlTable,
  path: readonly string[],
): ThreatTable | undefined {
  const section = path.join(".");
  const tacticOf = ({ tactic }: ThreatEntry): string | undefined => tactic?.id?.value;
  for (const scope of threatScopes(rule)) {
    for (const entry of scope.entries) {
      const place = { scope, entry, tactic: tacticOf(entry), parent: undefined };
      if (section.endsWith(".tactic") && entry.tactic?.table === wantedTable)
        return { ...place, kind: "tactic", tactic: undefined };
      for (const technique of entry.techniques) {
        if (technique.table === wantedTable) return { ...place, kind: "technique" };
        if (technique.subtechniques.some((one) => one.table === wantedTable))
          return { ...place, kind: "sub-technique", parent: technique.id?.value };
      }
    }
  }
  return undefined;
}

function catalogOf({ knowledge: { attack } }: Snapshot, scope: ThreatScope): AttackCatalog | undefined {
  return attack && nearestCatalog(attack, scope.framework, scope.version);
}

/** The search in the catalog that a scope is written for; the baseline's is at hand already. */
function searchFor(
  { knowledge }: Snapshot,
  catalog: AttackCatalog | undefined,
  { threats }: CompletionSources,
): ThreatSearch | undefined {
  return catalog === knowledge.attack || catalog === undefined ? threats : threatSearch(catalog);
}

/** Sub-techniques of the technique at hand first; others only if none of those fits. */
function suggestions(
  snapshot: Snapshot,
  { kind, scope, entry, tactic, parent }: ThreatTable,
  text: string,
  sources: CompletionSources,
  limit: number,
): readonly ThreatSuggestion[] {
  const catalog = catalogOf(snapshot, scope);
  const threats = searchFor(snapshot, catalog, sources);
  if (threats === undefined) return [];
  const query = { text, kinds: [kind], tactic, limit };
  const own = parent === undefined ? [] : threats({ ...query, parent });
  if (0 < own.length) return own;
  const found = threats(query);
  return kind === "tactic" && catalog !== undefined ? fittingFirst(found, entry, catalog) : found;
}

interface ThreatText {
  readonly span: Span;
  readonly text: string;
  readonly moreEdits: readonly Edit[];
  readonly filter: string;
}

export function threatItem(
  { threat, insert, insteadOf }: ThreatSuggestion,
  { span, text, moreEdits, filter }: ThreatText,
): CompletionItem {
  return completionItem({
    label: `${insert.id} ${insert.name}`,
    kind: threat.kind,
    detail: insteadOf === undefined ? "" : `instead of ${insteadOf.id}`,
    span,
    snippet: [text],
    filter,
    moreEdits,
    subject: { kind: "threat", id: insert.id },
  });
}

/**
 * The value at the cursor, and the other two where they stand; what is missing comes behind the last of them.
 * Undefined if one of them cannot be written.
 */
function valueEdits(
  text: string,
  { table: owner, entry, host, word }: ValueSite,
  part: Part,
  threat: ThreatInsert,
): Omit<ThreatText, "filter"> | undefined {
  const own = host === undefined ? quoted(threat[part]) : writtenInside(host, threat[part]);
  if (own === undefined) return undefined;
  const others = PARTS.filter((one) => one !== part);
  const written = others.flatMap((one) => {
    const found = owner.byName.get(one);
    return found === undefined ? [] : [{ entry: found, value: threat[one] }];
  });
  const separator = owner.form === "inline" ? ", " : `\n${indentAt(text, entry.key.span.start)}`;
  const missing = others
    .filter((one) => !owner.byName.has(one))
    .map((one) => `${separator}${line(one, threat)}`)
    .join("");
  const lastEnd = Math.max(entry.span.end, ...written.map((one) => one.entry.span.end));
  const moreEdits = written.flatMap((one) =>
    replacement(one.entry, one.value, one.entry.span.end === lastEnd ? missing : ""),
  );
  if (lastEnd !== entry.span.end || missing === "") return { span: word, text: own, moreEdits };
  // What touches the cursor's own value is written with it.
  if (host?.isClosed !== true) return { span: word, text: own + missing, moreEdits };
  return {
    span: word,
    text: own,
    moreEdits: [...moreEdits, { span: spanOf(lastEnd, lastEnd), text: missing }],
  };
}

/** The value of an entry, and what follows it. */
function replacement({ key, value, span }: TomlEntry, text: string, after: string): readonly Edit[] {
  const isRight = value.kind === "string" && value.isClosed && value.value === text;
  if (isRight) return after === "" ? [] : [{ span: spanOf(span.end, span.end), text: after }];
  const isMissing = value.kind === "hole" && value.lacksEquals;
  if (isMissing) return [{ span: spanOf(key.span.end, key.span.end), text: ` = ${quoted(text)}${after}` }];
  return [{ span: value.span, text: `${quoted(text)}${after}` }];
}

function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(textAt(text, spanOf(start, offset)))?.[0] ?? "";
}
