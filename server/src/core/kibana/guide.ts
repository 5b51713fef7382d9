/** The investigation guide with its buttons in the places that the author gave them, and the section on setup apart. */
import { entriesOf, transformOf } from "../checks/notePlaceholders.ts";
import { mayHaveHeading, topHeadings } from "../checks/noteHeadings.ts";
import { filledSetup } from "../checks/setupSection.ts";
import { writtenButtons } from "../checks/writtenButton.ts";
import { type RuleDocument } from "../rule/model.ts";
import { textIn } from "../rule/read.ts";
import { type Span } from "../text/span.ts";
import { asciiJson, jsonOfTable } from "./json.ts";

export interface Guide {
  readonly note: string | undefined;
  readonly setup: string | undefined;
}

export function guideOf(rule: RuleDocument): Guide {
  const written = rule.rule && textIn(rule.rule, "note")?.value;
  const note = written === undefined ? undefined : withButtons(rule, written);
  const setup = filledSetup(rule)?.value;
  if (note === undefined || setup !== undefined) return { note, setup };
  return splitSetup(note) ?? { note, setup };
}

/** As Python's `Template.safe_substitute`: a name without an entry stays as it is, and `$$` is one dollar sign. */
function withButtons(rule: RuleDocument, note: string): string {
  const transform = transformOf(rule);
  if (transform === undefined) return note;
  const buttons = new Map<string, string>();
  for (const [plugin, entries] of entriesOf(transform)) {
    entries.forEach((entry, i) =>
      buttons.set(`${plugin}_${i}`, `!{${plugin}${asciiJson(jsonOfTable(entry))}}`),
    );
  }
  return note.replace(
    /\$(?:\$|([_a-z][_a-z0-9]*)|\{([_a-z][_a-z0-9]*)\})/gi,
    (whole, bare?: string, braced?: string) =>
      whole === "$$" ? "$" : (buttons.get(bare ?? braced ?? "") ?? whole),
  );
}

/** Elastic's build moves what stands under `## Setup` to a key of its own. */
function splitSetup(note: string): Guide | undefined {
  if (!mayHaveHeading(note, "setup")) return undefined;
  const headings = topHeadings(note);
  const at = headings.findIndex(({ level, text }) => level === 2 && text.trim().toLowerCase() === "setup");
  const heading = headings[at];
  if (heading === undefined) return undefined;
  const next = headings.slice(at + 1).find(({ level }) => level <= heading.level);
  const start = heading.signs?.start ?? heading.span.start;
  const end = next?.signs?.start ?? next?.span.start ?? note.length;
  const setup = note.slice(heading.span.end, end).trim();
  const rest = `${note.slice(0, start).trimEnd()}\n\n${note.slice(end)}`.trim();
  return { note: rest, setup };
}

/** The guide as a page of Markdown; the buttons are shown as what they are. */
export function guidePage(rule: RuleDocument): string {
  const { note, setup } = guideOf(rule);
  const name = rule.name?.value ?? "Rule";
  if (note === undefined && setup === undefined)
    return `# ${name}\n\nThe rule has neither \`note\` nor \`setup\`.\n`;
  const parts = [`# ${name}`, note === undefined ? undefined : shownButtons(note)];
  const withSetup = setup === undefined ? parts : [...parts, "---", "## Setup", setup];
  return `${withSetup.filter((part) => part !== undefined).join("\n\n")}\n`;
}

function shownButtons(note: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { plugin, whole, texts } of writtenButtons(note)) {
    if (whole === undefined) continue;
    const label = texts?.get("label") ?? labelIn(note.slice(whole.start, whole.end)) ?? plugin;
    const title = `**${plugin === "osquery" ? "Run Osquery" : "Investigate"}:** ${label}`;
    const query = texts?.get("query");
    pieces.push(
      note.slice(from, whole.start),
      isAlone(note, whole) ? blockOf(title, query) : inlineOf(title, query),
    );
    from = whole.end;
  }
  return [...pieces, note.slice(from)].join("");
}

/** Of a button that has more than texts in it. */
function labelIn(button: string): string | undefined {
  return /"label"\s*:\s*"([^"\\]*)"/.exec(button)?.[1];
}

/** On its line: anywhere else, as in a list, a block would break what stands around it. */
function isAlone(note: string, { start, end }: Span): boolean {
  const before = note.slice(note.lastIndexOf("\n", start - 1) + 1, start);
  return before === "" && /^[ \t]*(?:\r?\n|$)/.test(note.slice(end));
}

function blockOf(title: string, query: string | undefined): string {
  if (query === undefined) return `> ${title}`;
  const lines = ["", "```sql", ...query.split(/\r?\n/), "```"];
  return [`> ${title}`, ...lines.map((line) => `> ${line}`.trimEnd())].join("\n");
}

function inlineOf(title: string, query: string | undefined): string {
  return query === undefined ? title : `${title} (\`${query.replaceAll(/\s+/g, " ").trim()}\`)`;
}
