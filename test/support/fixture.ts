/**
 * Fixture files: Markdown whose headings are test names and whose fenced blocks are inputs and expectations.
 * In a `toml` block, a line of carets marks the text above it: `^^^^ error query/syntax`. A lone `|` marks an empty span.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";

export const root = path.resolve(import.meta.dirname, "../..");
export const fixtureFolder = path.join(root, "test/fixtures");

export interface FixtureBlock {
  readonly language: string;
  readonly text: string;
}

export interface FixtureCase {
  readonly name: string;
  readonly blocks: readonly FixtureBlock[];
}

export interface Fixture {
  /** Path below the fixture folder, without `.md`. */
  readonly id: string;
  readonly cases: readonly FixtureCase[];
}

export function fixturesIn(folder: string): readonly Fixture[] {
  const files = globSync([`${folder}/**/*.md`], { cwd: fixtureFolder }).sort();
  return files.map((file) => ({
    id: file.slice(folder.length + 1, -".md".length),
    cases: casesOf(readFileSync(path.join(fixtureFolder, file), "utf8")),
  }));
}

function casesOf(markdown: string): readonly FixtureCase[] {
  const cases: { name: string; blocks: FixtureBlock[] }[] = [];
  let block: { language: string; lines: string[] } | undefined;
  for (const line of markdown.split("\n")) {
    if (block !== undefined) {
      if (line === "```") {
        cases[cases.length - 1]?.blocks.push({
          language: block.language,
          text: block.lines.map((one) => `${one}\n`).join(""),
        });
        block = undefined;
      } else {
        block.lines.push(line);
      }
    } else if (line.startsWith("# ")) {
      cases.push({ name: line.slice(2), blocks: [] });
    } else if (line.startsWith("```")) {
      block = { language: line.slice(3), lines: [] };
    }
  }
  return cases;
}

export interface Mark {
  readonly start: number;
  readonly end: number;
  /** What follows the carets: `error query/syntax`, and perhaps `: message`. */
  readonly label: string;
}

const MARK_LINE = /^(\s*)(\^+|\|)\s*(\S.*)$/;

/** Takes the mark lines out of a text. Offsets are those of the text without them. */
export function unmarked(marked: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const kept: string[] = [];
  const marks: Mark[] = [];
  let lineStart = 0;
  for (const line of marked.split("\n")) {
    const match = MARK_LINE.exec(line);
    if (match === null || !/^(error|warning|info|hint) /.test(match[3] ?? "")) {
      lineStart = kept.reduce((sum, one) => sum + one.length + 1, 0);
      kept.push(line);
      continue;
    }
    const start = lineStart + (match[1] ?? "").length;
    const width = match[2] === "|" ? 0 : (match[2] ?? "").length;
    marks.push({ start, end: start + width, label: match[3] ?? "" });
  }
  return { text: kept.join("\n"), marks };
}

/** Takes the cursor `<|>` out of a text. */
export function withCursor(text: string): { readonly text: string; readonly offset: number } {
  const offset = text.indexOf("<|>");
  if (offset < 0) throw new Error("The block has no cursor <|>");
  return { text: text.replace("<|>", ""), offset };
}
