/** Explanations as plain text for a terminal: a tree with one line for each part, in which no colour is needed. */
import { shortened } from "../text/excerpt.ts";
import { type Explanation, type Verdict } from "./explain.ts";
import { type Chain, type ChainEvent, type Miss, type SequenceExplanation } from "./explainedSequence.ts";

export function renderExplanation(explanation: Explanation): string {
  return treeLines(explanation, 0).join("\n");
}

export function renderSequenceExplanation(explanation: SequenceExplanation): string {
  const notes = explanation.notes.map((note) => `– ${note}`);
  return [
    ...(explanation.outcome === "matched" ? matchedLines(explanation) : missedLines(explanation)),
    ...notes,
  ].join("\n");
}

const INDENT = "  ";
const MARKS: Readonly<Record<"true" | "false" | "null", string>> = { true: "✓", false: "✗", null: "–" };

function markOf(verdict: Verdict): string {
  return MARKS[`${verdict}`];
}

function treeLines(explanation: Explanation, depth: number): readonly string[] {
  const margin = INDENT.repeat(depth);
  const children = partsOf(explanation);
  const shown = children.slice(0, MOST_CHILDREN).flatMap((child) => treeLines(child, depth + 1));
  const rest = children.slice(MOST_CHILDREN);
  const more = rest.length === 0 ? [] : [`${margin}${INDENT}… ${restText(rest)}`];
  return [
    `${margin}${markOf(explanation.verdict)} ${headOf(explanation, children.length)}`,
    ...shown,
    ...more,
  ];
}

const MOST_CHILDREN = 50;

function restText(rest: readonly Explanation[]): string {
  const trueCount = rest.filter(({ verdict }) => verdict === true).length;
  return `${rest.length.toLocaleString("en")} more, ${trueCount.toLocaleString("en")} of them true`;
}

/** What is joined in the same way all along is one list. */
function partsOf({ kind, children }: Explanation): readonly Explanation[] {
  if (kind !== "all" && kind !== "any") return children;
  return children.flatMap((child) => {
    return child.kind === kind && 1 < child.children.length ? partsOf(child) : [child];
  });
}

function headOf({ kind, text, reason }: Explanation, childCount: number): string {
  if (kind === "not") return "not";
  if (1 < childCount) return kind === "all" ? "all of these" : "one of these";
  return `${shortened(text)}${reason === undefined ? "" : ` — ${reason}`}`;
}

function matchedLines({
  chains,
  count,
  kind,
}: SequenceExplanation & { readonly outcome: "matched" }): readonly string[] {
  const head = count === 1 ? `1 ${kind}` : `${count.toLocaleString("en")} ${kind}s`;
  const first = chains.length < count ? `, of which the last ${chains.length}` : "";
  return [`✓ ${head}${first}`, ...chains.flatMap((chain) => [...chainHead(chain), ...chainLines(chain)])];
}

function chainHead({ keys }: Chain): readonly string[] {
  return keys.length === 0 ? ["  ✓ without a key"] : [`  ✓ ${keys.join(", ")}`];
}

function chainLines({ events }: Chain): readonly string[] {
  return events.map((event) => `    ✓ ${eventText(event)}`);
}

function eventText({ step, text, found }: ChainEvent): string {
  const when = found?.time === undefined ? "" : `, ${found.time}`;
  const where = found === undefined ? "missing, as it must be" : `line ${found.line}${when}`;
  return `${step}: ${where} — ${shortened(text, LONGEST_STEP)}`;
}

const LONGEST_STEP = 60;

function missedLines({
  reached,
  misses,
  kind,
}: SequenceExplanation & { readonly outcome: "missed" }): readonly string[] {
  const [first, ...others] = misses;
  return [
    `✗ no ${kind}${first === undefined ? "" : `: ${first.message}`}`,
    ...reached.events.map((event) => `  ✓ ${eventText(event)}`),
    ...(first === undefined ? [] : failedLines(first)),
    ...others.map(({ message }) => `  – elsewhere, ${message}`),
  ];
}

function failedLines({ step, text, clauses }: Miss): readonly string[] {
  const shown = clauses.slice(0, MOST_CLAUSES).map((clause) => {
    const { verdict } = clause;
    const mark = verdict === true ? "✗ must not hold:" : markOf(verdict);
    return `    ${mark} ${headOf(clause, 0)}`;
  });
  const rest = clauses.length - shown.length;
  const more = rest === 0 ? [] : [`    … ${rest.toLocaleString("en")} more`];
  return [`  ✗ ${step} — ${shortened(text, LONGEST_STEP)}`, ...shown, ...more];
}

const MOST_CLAUSES = 10;
