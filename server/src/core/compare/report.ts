/** Differences of a rule for people: plain lines for a terminal, Markdown for an editor. */
import { type Difference } from "./differences.ts";

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

export function differencePage(name: string, all: readonly Difference[]): string {
  if (all.length === 0) return `# ${name}\n\nThe rule means what it means in HEAD.\n`;
  return `# ${name}\n\nAgainst the version in HEAD:\n\n${all.map(section).join("\n")}`;
}

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

function brief(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}

/** With a fence that is longer than any row of backticks in the text. */
function code(text: string): string {
  const rows = [...text.matchAll(/`+/g)].map(([row]) => row.length);
  const fence = "`".repeat(1 + Math.max(0, ...rows));
  const gap = rows.length === 0 ? "" : " ";
  return `${fence}${gap}${brief(text)}${gap}${fence}`;
}
