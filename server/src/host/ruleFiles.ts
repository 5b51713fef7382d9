/** Finds the files of a workspace that are rules by their place. */
import { type Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { isFileError } from "./fileError.ts";

export interface RuleFilesOptions {
  /** `rule-folders`: below folders that are named as those of rules. `everywhere`: every TOML file. */
  readonly within: "rule-folders" | "everywhere";
}

const RULE_FOLDERS: ReadonlySet<string> = new Set(["rules", "rules_building_block"]);
const IGNORED: ReadonlySet<string> = new Set(["node_modules", "__pycache__"]);

/** Absolute paths, in order. What is hidden and what is a link, of a file too, is passed over. */
export async function ruleFilesBelow(
  folder: string,
  { within }: RuleFilesOptions,
): Promise<readonly string[]> {
  const isWithin = within === "everywhere" || folder.split(path.sep).some((name) => RULE_FOLDERS.has(name));
  const found: string[] = [];
  await addFiles(found, folder, isWithin);
  return found.sort();
}

/** True for a file that `ruleFilesBelow` would find by its path. */
export function isInRuleFolder(file: string): boolean {
  return (
    file.endsWith(".toml") &&
    file
      .split(/[\\/]/)
      .slice(0, -1)
      .some((name) => RULE_FOLDERS.has(name))
  );
}

async function addFiles(found: string[], folder: string, isWithin: boolean): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    const { name } = entry;
    if (name.startsWith(".")) continue;
    const full = path.join(folder, name);
    if (entry.isFile()) {
      if (isWithin && name.endsWith(".toml")) found.push(full);
    } else if (entry.isDirectory() && !IGNORED.has(name)) {
      await addFiles(found, full, isWithin || RULE_FOLDERS.has(name));
    }
  }
}

/** None for a folder that cannot be read. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}
