/** The texts after the lines of a query, from what is known of its clauses. */
import { type InlineClause } from "../../../server/src/lsp/protocol.ts";

export interface ClauseLine {
  /** Zero-based. */
  readonly line: number;
  readonly text: string;
  /** Markdown that says the same: what stands after a line is out of a screen reader's sight. */
  readonly hover: string;
}

/** Told by a sign and a word, never by colour alone. */
const SIGNS: Readonly<Record<InlineClause["state"], string>> = { neutral: "", rejected: "✗ ", matched: "✓ " };

const LONGEST_TEXT = 160;

/** All that ends on one line is one text after it. */
export function clauseLines(clauses: readonly InlineClause[]): readonly ClauseLine[] {
  const byLine = new Map<number, InlineClause[]>();
  for (const clause of clauses) {
    const known = byLine.get(clause.line);
    if (known === undefined) byLine.set(clause.line, [clause]);
    else known.push(clause);
  }
  return [...byLine].map(([line, ofLine]) => lineOf(line, rejectedFirst(ofLine)));
}

function lineOf(line: number, clauses: readonly InlineClause[]): ClauseLine {
  const parts = clauses.map((clause, i) => `${SIGNS[clause.state]}${shortText(clause, clauses[i + 1])}`);
  return { line, text: shortened(parts.join("  ·  ")), hover: clauses.map(hoverOf).join("\n\n---\n\n") };
}

/** A long line may reach beyond the window: what matters most comes first. */
function rejectedFirst(clauses: readonly InlineClause[]): readonly InlineClause[] {
  const rank = ({ state }: InlineClause): number => (state === "rejected" ? 0 : 1);
  return clauses.toSorted((a, b) => rank(a) - rank(b));
}

const NOUN = " events";

/** What is counted is said once, after the last of several numbers. */
function shortText({ text }: InlineClause, next: InlineClause | undefined): string {
  return next !== undefined && text.endsWith(NOUN) && next.text.includes(NOUN)
    ? text.slice(0, -NOUN.length)
    : text;
}

export function hoverOf({ hover, text }: InlineClause): string {
  return hover === "" ? text : hover;
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}
