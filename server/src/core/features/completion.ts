/** What an author may write at a place of a rule file. */
import { lazy } from "../base/lazy.ts";
import { type Snapshot } from "../analysis/snapshot.ts";
import { type ThreatSearch } from "../knowledge/attackSearch.ts";
import { headerCompletions } from "./completionHeaders.ts";
import { type FieldPools, type UseCount } from "./completionFields.ts";
import { type CompletionItem, type CompletionList, NOTHING } from "./completionItem.ts";
import { isBegun, newRuleItems } from "./completionNewRule.ts";
import { queryCompletions } from "./completionQuery.ts";
import { isRuleFile, readRule } from "../rule/read.ts";
import { spanOf, textAt } from "../text/span.ts";
import { type TomlDocument, type TomlHeader } from "../toml/model.ts";
import { readToml } from "../toml/read.ts";
import { tomlCompletions } from "./completionToml.ts";
import { type SeenValues } from "./completionValues.ts";

/** What a new rule has that no other has. */
export interface FreshValues {
  /** Such as `2024/01/31`; undefined where there is no clock. */
  readonly today: string | undefined;
  /** A UUID that no rule has. */
  readonly freshId: string | undefined;
}

export interface CompletionSources extends FreshValues {
  readonly pools: FieldPools;
  /** How often rules use a field. The same function as long as its answers are the same. */
  readonly useCount: UseCount;
  /** Fields that rules of the workspace read, some of them perhaps in no schema. */
  readonly workspaceFields: Iterable<string>;
  /** Undefined while ATT&CK is not loaded. */
  readonly threats: ThreatSearch | undefined;
  readonly seenValues: SeenValues | undefined;
  /** Tags that other rules of the workspace have, the most frequent first. */
  readonly workspaceTags?: Iterable<string> | undefined;
  /** The other rules of the workspace. */
  readonly workspaceRules?: Iterable<NamedRule> | undefined;
  /** The client says that the file is a rule, whatever it holds. */
  readonly isToldRule?: boolean;
}

export interface NamedRule {
  readonly id: string;
  readonly name: string;
}

/** What made the editor ask: a character that was typed, or the author. */
export type CompletionTrigger = "." | '"' | ":" | " " | "asked";

export function completionsAt(
  snapshot: Snapshot,
  offset: number,
  sources: CompletionSources,
  trigger: CompletionTrigger,
): CompletionList {
  const { items, isIncomplete } = offeredAt(snapshot, offset, sources, trigger);
  // Editors put in nothing over several lines, such as a text that a carriage return breaks.
  const isOnLine = ({ span }: CompletionItem): boolean => !/[\r\n]/.test(textAt(snapshot.text, span));
  return { items: items.filter(isOnLine), isIncomplete };
}

function offeredAt(
  snapshot: Snapshot,
  offset: number,
  sources: CompletionSources,
  trigger: CompletionTrigger,
): CompletionList {
  const header = headerAt(snapshot.toml(), offset);
  if (header !== undefined) {
    const typed = textAt(snapshot.text, spanOf(header.span.start, offset));
    const list = headerCompletions(withoutHeader(snapshot, header), header, { offset, typed }, sources);
    return withNewRules(list, newRuleItems(snapshot, offset, sources));
  }
  if (!snapshot.isRule() && !isBegun(snapshot, sources)) return NOTHING;
  const list =
    queryCompletions(snapshot, offset, sources, trigger) ??
    tomlCompletions(snapshot, offset, sources, trigger);
  return withNewRules(list, trigger === "asked" ? newRuleItems(snapshot, offset, sources) : []);
}

/** Behind the tables that every rule has, and before those that few have. */
function withNewRules(list: CompletionList, rules: readonly CompletionItem[]): CompletionList {
  if (rules.length === 0) return list;
  const isMain = ({ label }: CompletionItem): boolean => label === "[metadata]" || label === "[rule]";
  const items = [...list.items.filter(isMain), ...rules, ...list.items.filter((item) => !isMain(item))];
  // What fits is decided by what is typed.
  return { items, isIncomplete: true };
}

/** A header that is being written may take the name of a table that is there: the rule is read without it. */
function withoutHeader(snapshot: Snapshot, { span }: TomlHeader): Snapshot {
  const blanks = " ".repeat(span.end - span.start);
  const text = snapshot.text.slice(0, span.start) + blanks + snapshot.text.slice(span.end);
  const toml = lazy(() => readToml(text));
  return {
    ...snapshot,
    text,
    toml,
    isRule: lazy(() => isRuleFile(toml())),
    rule: lazy(() => readRule(toml())),
    queries: () => [],
    scope: () => undefined,
  };
}

/** The header that the cursor is in, if it is one line; behind its closing brackets there is nothing to complete. */
function headerAt({ headers, text }: TomlDocument, offset: number): TomlHeader | undefined {
  return headers.find(({ span, isList }) => {
    const written = textAt(text, span);
    if (/[\r\n]/.test(written)) return false;
    const isClosed = written.endsWith(isList ? "]]" : "]");
    return span.start < offset && (isClosed ? offset < span.end : offset <= span.end);
  });
}
