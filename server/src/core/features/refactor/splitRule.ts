/** One alternative of a rule's query moves into a rule of its own. */
import { type Snapshot, type SnapshotQuery } from "../../analysis/snapshot.ts";
import { textIn } from "../../rule/read.ts";
import { applyEdits, type Edit } from "../../text/edit.ts";
import { encloses, type Span, spanOf, textAt } from "../../text/span.ts";
import { replaceInText, replaceText } from "../../toml/edits.ts";
import { type TomlTable } from "../../toml/model.ts";
import { type Condition, type ConditionView, hasComment, type Logic, pathTo } from "./conditions.ts";
import { inQuery, type Refactoring, type RefactoringSources, refused } from "./refactoring.ts";

const HEADING = { kind: "move", title: "Move this alternative into a rule of its own" } as const;

export function splitRefactorings(
  snapshot: Snapshot,
  query: SnapshotQuery,
  view: ConditionView,
  range: Span,
  sources: RefactoringSources,
): readonly Refactoring[] {
  const { rule, type } = snapshot.rule();
  const choice = choiceAt(pathTo(view, range), range);
  if (choice === undefined || rule === undefined || query.embedded.role !== "query") return [];
  if (type !== "eql" && type !== "query")
    return [refused(HEADING, "Rules of this type count or remember events, and two rules would do so apart")];
  if (view.isSeries) return [refused(HEADING, "The alternatives belong to one event of several")];
  if (hasComment(view, choice.whole)) return [refused(HEADING, "A comment stands between the alternatives")];
  const stays = inQuery(query, HEADING, [removal(view, choice)]);
  if (stays.refusal !== undefined) return [stays];
  const text = ruleOfAlternative(snapshot, query, view, rule, choice, sources);
  if (text === undefined)
    return [refused(HEADING, "The rule lacks a name or an id that the new one could differ in")];
  return [{ ...stays, newFile: { name: secondName(sources.fileName), text } }];
}

interface Choice {
  readonly chain: Logic;
  readonly index: number;
  /** Of the alternatives with the parentheses around them. */
  readonly whole: Span;
}

/** The outermost `or` that the alert depends on as on a choice: nothing but `and`, `or` and parentheses around it. */
function choiceAt(path: readonly Condition[], range: Span): Choice | undefined {
  const firstNot = path.findIndex(({ kind }) => kind === "not");
  const open = path.slice(0, firstNot < 0 ? path.length : firstNot);
  const chain = open.find((one) => one.kind === "or");
  if (chain?.kind !== "or") return undefined;
  const index = chain.operands.findIndex(({ span }) => encloses(span, range));
  const above = open[open.indexOf(chain) - 1];
  const whole = above?.kind === "group" ? above.span : chain.span;
  return index < 0 ? undefined : { chain, index, whole };
}

/** The alternative with the word that joins it to its neighbour. The last one that stays needs no parentheses. */
function removal({ text }: ConditionView, { chain: { operands }, index, whole }: Choice): Edit {
  const other = operands.length === 2 ? operands[1 - index] : undefined;
  if (other !== undefined) return { span: whole, text: textAt(text, other.span) };
  const own = operands[index]?.span ?? spanOf(0, 0);
  const start = index === 0 ? own.start : (operands[index - 1]?.span.end ?? own.start);
  const end = index === 0 ? (operands[1]?.span.start ?? own.end) : own.end;
  return { span: spanOf(start, end), text: "" };
}

/** The file as it stands with this alternative alone, another id and name, and today's dates. */
function ruleOfAlternative(
  snapshot: Snapshot,
  { embedded }: SnapshotQuery,
  view: ConditionView,
  rule: TomlTable,
  { chain, index, whole }: Choice,
  { freshId, today }: RefactoringSources,
): string | undefined {
  const alternative = chain.operands[index];
  const name = textIn(rule, "name");
  const id = textIn(rule, "rule_id");
  if (alternative === undefined || name === undefined || id === undefined || freshId === undefined)
    return undefined;
  const { metadata } = snapshot.rule();
  const dates = ["creation_date", "updated_date"].flatMap((key) => (metadata && textIn(metadata, key)) ?? []);
  const edits = [
    replaceInText(embedded.host, whole, textAt(view.text, alternative.span)),
    replaceText(name.host, `${name.value} (2)`),
    replaceText(id.host, freshId),
    ...(today === undefined ? [] : dates.map(({ host }) => replaceText(host, today))),
  ];
  const written = edits.filter((edit) => edit !== undefined);
  return written.length < edits.length ? undefined : applyEdits(snapshot.text, written);
}

function secondName(name: string | undefined): string {
  return `${(name ?? "rule.toml").replace(/\.toml$/, "")}_2.toml`;
}
