/** The page that compares a rule as it is typed with the last commit, and says which other rules are new, gone or renamed. */
import path from "node:path";
import { compareTexts } from "../core/compare/compareTexts.ts";
import { type MovedRules, movedRules } from "../core/compare/movedRules.ts";
import { differencePage, movesSection } from "../core/compare/report.ts";
import { type GitBase, gitBase } from "./git.ts";
import { type GoneRule, goneRules, loneRule } from "./goneRules.ts";
import { readableText } from "./limitedFile.ts";
import { pathFrom } from "./paths.ts";

/** `others` are the files of the rules around it. */
export async function comparedWithHead(
  text: string,
  file: string,
  others: readonly string[],
): Promise<string> {
  const name = path.basename(file);
  const answer = await gitBase(path.dirname(file), "HEAD");
  if (answer.kind !== "base") return `# ${name}\n\nThere is no git repository with a commit here.\n`;
  const { base } = answer;
  const moves = await movesSince(base, { file, text }, others);
  const own = moves.renamed.find(({ to }) => to.file === file);
  const shown = (one: string): string => pathFrom(base.root, one);
  const before = own?.from.text ?? (await base.textOf(file));
  const rest: MovedRules<GoneRule> = {
    ...moves,
    added: moves.added.filter((one) => one.file !== file),
    renamed: moves.renamed.filter((one) => one !== own),
  };
  return `${pageOf({ name, before, text, from: own && shown(own.from.file) })}${movesSection(rest, shown)}`;
}

interface Compared {
  readonly name: string;
  readonly before: string | undefined;
  readonly text: string;
  /** The path that the file had, if it was another one. */
  readonly from: string | undefined;
}

function pageOf({ name, before, text, from }: Compared): string {
  if (before === undefined) return `# ${name}\n\nThe rule is not in HEAD: all of it is new.\n`;
  const comparison = compareTexts(before, text);
  switch (comparison.kind) {
    case "no-rule":
      return `# ${name}\n\nThis is no detection rule.\n`;
    case "broken": {
      const where = comparison.which === "after" ? "The file" : "The version in HEAD";
      return `# ${name}\n\n${where} has errors of TOML: what it means cannot be told.\n`;
    }
    case "compared":
      return differencePage(name, comparison.differences, from);
  }
}

async function movesSince(
  base: GitBase,
  own: { readonly file: string; readonly text: string },
  others: readonly string[],
): Promise<MovedRules<GoneRule>> {
  const known = new Set(base.files());
  const added: GoneRule[] = [];
  for (const file of new Set([own.file, ...others])) {
    if (known.has(file)) continue;
    const text = file === own.file ? own.text : await readableText(file);
    const rule = text === undefined ? undefined : loneRule(file, text);
    if (rule !== undefined) added.push(rule);
  }
  return movedRules(added, await goneRules(base, () => true));
}
