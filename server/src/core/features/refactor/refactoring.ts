/** Changes of a rule that keep its meaning, or change it as their title says: what all of them share. */
import { type Snapshot, type SnapshotQuery } from "../../analysis/snapshot.ts";
import { inTypeVectors } from "../../checks/fieldTypes.ts";
import { applyEdits, type Edit } from "../../text/edit.ts";
import { type Snippet } from "../../text/snippet.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { replaceInText } from "../../toml/edits.ts";

export type RefactoringKind = "extract" | "inline" | "move" | "rewrite";

/** Replaces the text at `span`, with places for the author to fill in. */
export interface SnippetEdit {
  readonly span: Span;
  readonly snippet: Snippet;
}

export interface NewFile {
  /** In the folder of the rule. */
  readonly name: string;
  readonly text: string;
}

export interface Refactoring {
  readonly kind: RefactoringKind;
  readonly title: string;
  /** In file offsets; none where it is refused. */
  readonly edits: readonly SnippetEdit[];
  readonly newFile?: NewFile;
  /** One sentence without a full stop on why it cannot be done. */
  readonly refusal?: string;
}

/** What a refactoring cannot know from the rule itself. */
export interface RefactoringSources {
  /** A UUID that no rule has; undefined where nothing can make one. */
  readonly freshId: string | undefined;
  /** Such as `2024/01/31`. */
  readonly today: string | undefined;
  /** The name of the rule's file. */
  readonly fileName: string | undefined;
  /** What each sample event of the rule has in all of these fields; events that lack one are left out. */
  readonly samples: ((fields: readonly string[]) => readonly (readonly string[])[]) | undefined;
}

type Heading = Pick<Refactoring, "kind" | "title">;

export function refused(heading: Heading, refusal: string): Refactoring {
  return { ...heading, edits: [], refusal };
}

export function plainEdits(edits: readonly Edit[]): readonly SnippetEdit[] {
  return edits.map(({ span, text }) => ({ span, snippet: [text] }));
}

/**
 * Edits of a query as edits of the file. Refused where its quotes cannot hold the new text, and where the new query
 * would have errors that the old one has not, as with a list whose values do not fit the field.
 */
export function inQuery(query: SnapshotQuery, heading: Heading, edits: readonly Edit[]): Refactoring {
  const { embedded, parse, support, facts } = query;
  const after = support.parse(applyEdits(parse.text, edits));
  const [mistake] = after.errors;
  if (mistake !== undefined) return refused(heading, mistake.message);
  const scope = query.scope();
  const known = new Set(query.problems().map(({ message }) => message));
  const problems =
    scope === undefined ? [] : inTypeVectors(scope, facts, (types) => support.verify?.(after, types) ?? []);
  const problem = problems.find(({ message }) => !known.has(message));
  if (problem !== undefined) return refused(heading, problem.message);
  const placed = edits.map(({ span, text }) => replaceInText(embedded.host, span, text));
  const written = placed.filter((edit) => edit !== undefined);
  return written.length < placed.length
    ? refused(heading, "The quotes of the query cannot hold the new text")
    : { ...heading, edits: plainEdits(written) };
}

/** The range in offsets of the query's text; undefined where it is not all within. */
export function innerRange({ embedded }: SnapshotQuery, range: Span): Span | undefined {
  const { map } = embedded.host;
  const start = map.toInner(range.start);
  const end = map.toInner(range.end);
  return start === undefined || end === undefined ? undefined : spanOf(start, end);
}

/** The blanks that the line of an offset begins with. */
export function indentOf(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}

/** The longest query that somebody wrote has 47,000 characters. Each change of a query is read again, with those that are refused. */
const LONGEST_QUERY = 50_000;

/** No change is offered of what only a program writes. */
export function isTooLong({ embedded }: SnapshotQuery): boolean {
  return LONGEST_QUERY < embedded.text.length;
}

/** Queries that hold the whole range, and are without errors: others are not taken apart. */
export function soundQueriesAt(snapshot: Snapshot, range: Span): readonly SnapshotQuery[] {
  return snapshot
    .queries()
    .filter(
      (query) =>
        query.parse.errors.length === 0 && !isTooLong(query) && innerRange(query, range) !== undefined,
    );
}
