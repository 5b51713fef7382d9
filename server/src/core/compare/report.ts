/** Differences of a rule for people: plain lines for a terminal, Markdown for an editor. */
import { type Difference } from "./differences.ts";
import { type LoneRule, type MovedRules } from "./movedRules.ts";

export function differenceLines(all: readonly Difference[]): readonly string[] {
  return all.flatMap((one) => {
    switch (one.kind) {
      case "added":
        return [`+ ${one.key}: ${brief(one.value)}`];
      case "removed":
        return [`- ${one.key}: ${brief(one.value)}`];
      case "changed":
        return [`~ ${one.key}: ${brief(one.before)} -> ${brief(one.after)}`];
      case "items":
      case "clauses":
        return [
          `~ ${one.key}`,
          ...one.removed.map((text) => `    - ${brief(text)}`),
          ...one.added.map((text) => `    + ${brief(text)}`),
        ];
    }
  });
}

/** `before` is the path that the file had in HEAD, if that was another one. */
export function differencePage(name: string, all: readonly Difference[], before?: string): string {
  const renamed = before === undefined ? "" : `\n\nIn HEAD the file is ${code(before)}.`;
  if (all.length === 0) return `# ${name}${renamed}\n\nThe rule means what it means in HEAD.\n`;
  return `# ${name}${renamed}\n\nAgainst the version in HEAD:\n\n${all.map(section).join("\n")}`;
}

/** What became of the files of other rules, as a section of a page; empty if nothing did. `shown` is the path of a file. */
export function movesSection<R extends LoneRule>(
  { added, gone, renamed }: MovedRules<R>,
  shown: (file: string) => string,
): string {
  const lines = [
    ...added.map(({ file, name }) => `- ${code(shown(file))} is new: ${code(name)}`),
    ...gone.map(({ file, name }) => `- ${code(shown(file))} is gone: ${code(name)}`),
    ...renamed.map(({ from, to }) => `- ${code(shown(from.file))} is now ${code(shown(to.file))}`),
  ];
  if (lines.length === 0) return "";
  const told = lines.slice(0, MOST_TOLD);
  const more = lines.length - told.length;
  if (0 < more) told.push(`- and ${more} more`);
  return `\n## Other rules\n\n${told.join("\n")}\n`;
}

const MOST_TOLD = 30;

function section(one: Difference): string {
  switch (one.kind) {
    case "added":
      return `- **${code(one.key)} added:** ${code(one.value)}\n`;
    case "removed":
      return `- **${code(one.key)} removed:** ${code(one.value)}\n`;
    case "changed":
      return `- **${code(one.key)} changed**\n  - before: ${code(one.before)}\n  - after: ${code(one.after)}\n`;
    case "items":
    case "clauses": {
      const what = one.kind === "clauses" ? "clause" : "item";
      const lines = [
        ...one.removed.map((text) => `  - ${what} removed: ${code(text)}`),
        ...one.added.map((text) => `  - ${what} added: ${code(text)}`),
      ];
      return `- **${code(one.key)} changed**\n${lines.join("\n")}\n`;
    }
  }
}

/** As much as one can take in on a line. */
const LONGEST = 160;

/** Breaks are told as blanks; other blanks may be what differs. */
function brief(text: string): string {
  const line = text.replaceAll(/\s*[\r\n]\s*/g, " ").trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}

/** With a fence that is longer than any row of backticks in the text. */
function code(text: string): string {
  const rows = [...text.matchAll(/`+/g)].map(([row]) => row.length);
  const fence = "`".repeat(1 + Math.max(0, ...rows));
  const gap = rows.length === 0 ? "" : " ";
  return `${fence}${gap}${brief(text)}${gap}${fence}`;
}
