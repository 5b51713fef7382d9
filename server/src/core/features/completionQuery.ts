/** Completion inside a query: what the language expects at the place, filled from what is known of fields. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type PartIndex } from "../knowledge/scope.ts";
import { type QuerySlot } from "../query/expectation.ts";
import { rewritten } from "../text/snippet.ts";
import { type Span, isEmpty, spanOf, textAt, touches } from "../text/span.ts";
import { encode } from "../toml/strings.ts";
import { type CompletionSources, type CompletionTrigger } from "./completion.ts";
import { type CompletionItem, type CompletionList, NOTHING, completionItem } from "./completionItem.ts";
import { type QueryAtCursor, queryAt } from "./completionQueryAt.ts";
import { type SlotPlace, type Suggestion, suggestionsFor } from "./completionSlots.ts";

const MOST_ITEMS = 100;

/** Undefined where the cursor is in no query. */
export function queryCompletions(
  snapshot: Snapshot,
  offset: number,
  sources: CompletionSources,
  trigger: CompletionTrigger,
): CompletionList | undefined {
  const query = queryAt(snapshot, offset);
  if (query === undefined) return undefined;
  const { parse, support, host, innerOffset } = query;
  const expected = support.expects?.(parse, innerOffset);
  if (expected === undefined) return NOTHING;
  const { word } = expected;
  const slots = expected.slots.filter((slot) => isWanted(slot, trigger, parse.text.slice(0, word.start)));
  const place: SlotPlace = {
    query,
    rule: snapshot.rule(),
    part: partAt(query),
    word,
    typed: parse.text.slice(word.start, innerOffset),
    sources,
  };
  const span = isEmpty(word) ? spanOf(offset, offset) : host.map.toHostSpan(word);
  const filter = textAt(snapshot.text, spanOf(span.start, offset));
  const ranked = slots
    .flatMap((slot, slotIndex) => suggestionsFor(slot, place).map((found) => ({ ...found, slotIndex })))
    .sort((a, b) => a.tier - b.tier || a.slotIndex - b.slotIndex);
  const items = ranked.flatMap((found) => hosted(found, { span, filter, query }) ?? []);
  return { items: items.slice(0, MOST_ITEMS), isIncomplete: true };
}

/** What an author who just typed on would be disturbed by is left out, unless it was asked for. */
function isWanted(slot: QuerySlot, trigger: CompletionTrigger, before: string): boolean {
  switch (trigger) {
    case "asked":
    case ".":
      return true;
    case '"':
    case ":":
      return slot.kind === "value" || slot.kind === "category";
    case " ":
      // Elsewhere a line may break here, and Enter must not accept anything.
      return GOES_ON.test(before) && (slot.kind !== "words" || slot.operand === undefined);
  }
}

const GOES_ON = /(?:\b(?:by|with)|[:=|])[ \t]+$/;

/** The part of the query that the cursor is in; what stands before the first event belongs to all. */
function partAt({ facts, innerOffset }: QueryAtCursor): PartIndex {
  if (facts.parts.length < 2) return 0;
  const index = facts.parts.findIndex(({ span }) => touches(span, innerOffset));
  return index < 0 ? "whole" : index;
}

interface HostPlace {
  readonly span: Span;
  readonly filter: string;
  readonly query: QueryAtCursor;
}

/** Undefined if the string that holds the query cannot hold the text. */
function hosted(
  { label, kind, detail, snippet, subject, commitCharacters = [] }: Suggestion,
  { span, filter, query }: HostPlace,
): CompletionItem | undefined {
  const encoded = rewritten(snippet, (text) => encode(text, query.host.form));
  if (encoded === undefined) return undefined;
  return completionItem({ label, kind, detail, span, snippet: encoded, filter, subject, commitCharacters });
}
