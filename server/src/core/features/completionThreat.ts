/** Tactics and techniques: one pick writes id, name and reference together, or a whole entry. */
import { type Snapshot } from "../analysis/snapshot.ts";
import {
  type ThreatInsert,
  type ThreatKind,
  type ThreatSuggestion,
  threatBlocks,
} from "../knowledge/attackSearch.ts";
import { type RuleDocument, type ThreatEntry } from "../rule/model.ts";
import { attackEntries } from "../rule/threats.ts";
import { type Edit } from "../text/edit.ts";
import { endsWithFilledLine } from "../text/ends.ts";
import { type Span, spanOf, textAt } from "../text/span.ts";
import { type TomlEntry, type TomlTable } from "../toml/model.ts";
import { encode } from "../toml/strings.ts";
import { type CompletionSources } from "./completion.ts";
import { canOpenItem } from "./completionHeaders.ts";
import { type CompletionItem, completionItem } from "./completionItem.ts";
import { type KeySite, type ValueSite, writtenInside } from "./completionSite.ts";

const MOST_THREATS = 60;
const MOST_BLOCKS = 30;
const FEWEST_FOR_BLOCK = 3;

/** Where a table of `rule.threat` stands among the others. */
interface ThreatTable {
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
  return suggestions(place, typedText(typed), sources, MOST_THREATS).flatMap((found) => {
    const edits = valueEdits(snapshot.text, site, part, found.insert);
    return edits === undefined ? [] : [threatItem(found, { ...edits, filter: typed })];
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
  return suggestions(place, typed, sources, MOST_BLOCKS).map((found) =>
    threatItem(found, {
      span: word,
      text: lines(found.insert).join(`\n${indent}`),
      moreEdits: [],
      filter: typed,
    }),
  );
}

/** A whole `[[rule.threat]]` for what was typed, where only headers follow. */
export function blockItems(
  snapshot: Snapshot,
  { word, isLast, visit }: KeySite,
  typed: string,
  sources: CompletionSources,
): readonly CompletionItem[] {
  const { attack } = snapshot.knowledge;
  const isInRule = visit.section.startsWith("rule");
  if (!isLast || !isInRule || attack === undefined || typed.length < FEWEST_FOR_BLOCK) return [];
  if (!canOpenItem(snapshot, ["rule", "threat"], word.end)) return [];
  const kinds: readonly ThreatKind[] = ["technique", "sub-technique", "tactic"];
  const taken = new Set(snapshot.rule().threats.map(({ tactic }) => tactic?.id?.value));
  const found = sources.threats?.({ text: typed.replaceAll("_", " "), kinds, limit: MOST_BLOCKS }) ?? [];
  const blank = endsWithFilledLine(snapshot.text.slice(0, word.start)) ? "\n" : "";
  return found.flatMap((suggestion) =>
    threatBlocks(attack, suggestion.threat)
      .filter(({ tactic }) => !taken.has(tactic.id))
      .map(({ tactic, technique, subtechnique }) => {
        const text = [
          '[[rule.threat]]\nframework = "MITRE ATT&CK"',
          table("[[rule.threat.technique]]", technique),
          table("[[rule.threat.technique.subtechnique]]", subtechnique),
          table("[rule.threat.tactic]", tactic),
        ];
        const item = threatItem(suggestion, {
          span: word,
          text: blank + text.filter((one) => one !== "").join("\n\n"),
          moreEdits: [],
          filter: typed,
        });
        return { ...item, label: `[[rule.threat]] ${item.label}`, detail: tactic.name };
      }),
  );
}

function table(header: string, threat: ThreatInsert | undefined): string {
  return threat === undefined ? "" : [header, ...lines(threat)].join("\n");
}

type Part = "id" | "name" | "reference";
const PARTS: readonly Part[] = ["id", "name", "reference"];

function lines(threat: ThreatInsert): readonly string[] {
  return PARTS.map((part) => line(part, threat));
}

function line(part: Part, threat: ThreatInsert): string {
  return `${part} = ${quoted(threat[part])}`;
}

function quoted(text: string): string {
  return `"${encode(text, "basic") ?? text}"`;
}

/** A reference is typed as a link: what is searched for is the id in it. */
function typedText(typed: string): string {
  const id = /attack\.mitre\.org\/\w+\/(.*)$/.exec(typed)?.[1]?.replace(/\/$/, "");
  return id ?? (typed.startsWith("http") ? "" : typed.replace(/^"/, ""));
}

function threatTable(
  rule: RuleDocument,
  wantedTable: TomlTable,
  path: readonly string[],
): ThreatTable | undefined {
  const section = path.join(".");
  const tacticOf = ({ tactic }: ThreatEntry): string | undefined => tactic?.id?.value;
  for (const entry of attackEntries(rule)) {
    if (section === "rule.threat.tactic" && entry.tactic?.table === wantedTable)
      return { kind: "tactic", tactic: undefined, parent: undefined };
    for (const technique of entry.techniques) {
      if (technique.table === wantedTable)
        return { kind: "technique", tactic: tacticOf(entry), parent: undefined };
      if (technique.subtechniques.some((one) => one.table === wantedTable))
        return { kind: "sub-technique", tactic: tacticOf(entry), parent: technique.id?.value };
    }
  }
  return undefined;
}

/** Sub-techniques of the technique at hand first; others only if none of those fits. */
function suggestions(
  { kind, tactic, parent }: ThreatTable,
  text: string,
  { threats }: CompletionSources,
  limit: number,
): readonly ThreatSuggestion[] {
  if (threats === undefined) return [];
  const query = { text, kinds: [kind], tactic, limit };
  const own = parent === undefined ? [] : threats({ ...query, parent });
  return 0 < own.length ? own : threats(query);
}

interface ThreatText {
  readonly span: Span;
  readonly text: string;
  readonly moreEdits: readonly Edit[];
  readonly filter: string;
}

function threatItem(
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
