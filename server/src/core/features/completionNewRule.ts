/** Whole rules for a file that holds nothing yet, one for each type of rule. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { DATA_SOURCES } from "../author/dataSources.ts";
import { NEW_RULE_KINDS, type NewRuleKind, newRuleText, tabStops } from "../author/newRule.ts";
import { type Snippet, type SnippetPart, tabStop } from "../text/snippet.ts";
import { occurrences } from "../text/occurrences.ts";
import { type Span, spanOf, textAt } from "../text/span.ts";
import { type CompletionSources } from "./completion.ts";
import { type CompletionItem, completionItem } from "./completionItem.ts";
import { fitOf, wanted } from "./completionMatch.ts";

/** Somebody begins a rule here: the client says that the file is one, or it is blank and the author asks. */
export function isBegun({ text }: Pick<Snapshot, "text">, { isToldRule }: CompletionSources): boolean {
  return isToldRule === true || text.trim() === "";
}

export function newRuleItems(
  snapshot: Snapshot,
  offset: number,
  sources: CompletionSources,
): readonly CompletionItem[] {
  if (!isBegun(snapshot, sources)) return [];
  const { today, freshId } = sources;
  const span = onlyWord(snapshot.text, offset);
  const [source] = DATA_SOURCES;
  if (span === undefined || source === undefined || today === undefined || freshId === undefined) return [];
  const typed = textAt(snapshot.text, spanOf(span.start, offset));
  const asked = wanted(typed.replace(/^\[+/, ""));
  return NEW_RULE_KINDS.flatMap(({ kind, label, detail }) => {
    const name = `New rule: ${label}`;
    // Both are what a rule begins with, and what an author may begin to write.
    const fits = [name, "metadata", "rule"].some((one) => fitOf(asked, one.toLowerCase()) !== undefined);
    const snippet = wholeRule(kind, { source, today, id: freshId });
    return fits ? [completionItem({ label: name, kind: "rule", detail, span, snippet, filter: typed })] : [];
  });
}

/** What is being written, if the file holds nothing else but comments; a bracket that an editor closed belongs to it. */
function onlyWord(text: string, offset: number): Span | undefined {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const nextBreak = text.indexOf("\n", offset);
  const lineEnd = nextBreak === -1 ? text.length : nextBreak;
  const line = text.slice(lineStart, lineEnd);
  const [, indent = "", word] = /^(\s*)(\[{0,2}[\w.-]{0,100}\]{0,2})\s*$/.exec(line) ?? [];
  const others = `${text.slice(0, lineStart)}${text.slice(lineEnd)}`;
  if (word === undefined || others.split("\n").some((one) => !/^\s*(?:#|$)/.test(one))) return undefined;
  const start = Math.min(lineStart + indent.length, offset);
  return spanOf(start, Math.max(offset, start + word.length));
}

interface Begun {
  readonly source: (typeof DATA_SOURCES)[number];
  readonly today: string;
  readonly id: string;
}

const NAME = "Name of the Rule";
const AUTHOR = "Name of the Author";

/** Places with the same text are one place to write at: the name first, as everything else follows from it. */
function wholeRule(kind: NewRuleKind, { source, today, id }: Begun): Snippet {
  const choice = {
    kind,
    source,
    name: NAME,
    author: AUTHOR,
    id,
    today,
    threat: undefined,
    attack: undefined,
  };
  const text = newRuleText(choice);
  const named = [NAME, AUTHOR].map((word) => occurrences(text, word));
  const stops = [...named, ...tabStops(text, source).map(({ spans }) => spans)];
  const places = stops
    .flatMap((spans, i) => spans.map((span) => ({ span, stop: i + 1 })))
    .sort((a, b) => a.span.start - b.span.start);
  const parts: SnippetPart[] = [];
  let end = 0;
  for (const { span, stop } of places) {
    parts.push(text.slice(end, span.start), tabStop(stop, textAt(text, span)));
    end = span.end;
  }
  return [...parts, text.slice(end).trimEnd()];
}
