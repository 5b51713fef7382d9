/** The mutation score of a rule as a page in Markdown: first what no test notices, by the place in the query. */
import { escaped } from "../../core/features/markdown.ts";
import { shortened } from "../../core/text/excerpt.ts";
import { type JudgedChange } from "../protocolMutations.ts";

export interface PageContent {
  readonly ruleName: string;
  /** Of the rule, for links to places in it. */
  readonly uri: string;
  readonly changes: readonly JudgedChange[];
  readonly noticedCount: number;
  readonly refusedCount: number;
  readonly leftOut: readonly string[];
}

export function mutationPage(content: PageContent): string {
  const { ruleName, changes, noticedCount } = content;
  const missed = changes.filter(({ noticedBy }) => noticedBy === null);
  const noticed = changes.filter(({ noticedBy }) => noticedBy !== null);
  const sections = [
    `# Mutation score of ${escaped(ruleName)}`,
    `**${noticedCount} of ${changes.length}** small changes of the query are noticed by a test${share(content)}.`,
    ...notes(content),
    "## Changes that no test notices",
    missed.length === 0 ? "None." : changeTable(content, missed, "What a test would show", hintOf),
    ...(noticed.length === 0
      ? []
      : [
          "## Changes that a test notices",
          changeTable(content, noticed, "Noticed by", (one) => escaped(one.noticedBy ?? "")),
        ]),
  ];
  return `${sections.join("\n\n")}\n`;
}

function share({ changes, noticedCount }: PageContent): string {
  return changes.length === 0 ? "" : ` (${Math.floor((100 * noticedCount) / changes.length)} %)`;
}

function notes({ leftOut, refusedCount }: PageContent): readonly string[] {
  const names = leftOut.map((name) => `**${escaped(name)}**`).join(", ");
  return [
    ...(leftOut.length === 0
      ? []
      : [`These cases do not pass on the rule as it is, and so notice nothing: ${names}.`]),
    ...(refusedCount === 0
      ? []
      : [
          `${refusedCount} more ${refusedCount === 1 ? "change gives a query" : "changes give queries"} that cannot be run; they count for nothing.`,
        ]),
  ];
}

/** What an event has to be like for a test to tell the change from the query. */
function hintOf({ kind }: JudgedChange): string {
  switch (kind) {
    case "dropped":
      return "an event that only this part decides";
    case "flipped":
      return "an event that meets this part";
    case "weakened":
      return "an event that nearly meets this part, and must not alert";
  }
}

function changeTable(
  { uri }: PageContent,
  changes: readonly JudgedChange[],
  heading: string,
  last: (change: JudgedChange) => string,
): string {
  const rows = changes.map((change) => {
    const { start } = change.range;
    const place = `${start.line + 1}:${start.character + 1}`;
    // An editor's own way to name a place in a file.
    const link = `[${place}](<${uri}#L${start.line + 1},${start.character + 1}>)`;
    return `| ${link} | ${nameCell(change.name)} | ${last(change)} |`;
  });
  return [`| Place | Change | ${heading} |`, "| --- | --- | --- |", ...rows].join("\n");
}

const LONGEST_NAME = 200;

/** Parts of the query stand in backticks; a text in the query may hold some itself. */
function nameCell(name: string): string {
  const line = shortened(name, LONGEST_NAME);
  return (line.match(/`/g)?.length ?? 0) % 2 === 0 ? line.replaceAll("|", "\\|") : escaped(line);
}
