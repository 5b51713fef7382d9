/** Finds the files of a workspace that are rules by their place. */
import { type Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { isFileError } from "./node.ts";

export interface RuleFilesOptions {
  /** `rule-folders`: below folders that are named as those of rules. `everywhere`: every TOML file. */
  readonly within: "rule-folders" | "everywhere";
}

const RULE_FOLDERS: ReadonlySet<string> = new Set(["rules", "rules_building_block"]);
const IGNORED: ReadonlySet<string> = new Set(["node_modules", "__pycache__"]);
const DEEPEST = 20;

/** Absolute paths, in order. Hidden folders and links are not followed. */
export async function ruleFilesBelow(
  folder: string,
  { within }: RuleFilesOptions,
): Promise<readonly string[]> {
  const isWithin = within === "everywhere" || folder.split(path.sep).some((name) => RULE_FOLDERS.has(name));
  const found: string[] = [];
  await addFiles(found, folder, isWithin, 0);
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

async function addFiles(found: string[], folder: string, isWithin: boolean, depth: number): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    const { name } = entry;
    const full = path.join(folder, name);
    if (entry.isFile()) {
      if (isWithin && name.endsWith(".toml")) found.push(full);
    } else if (entry.isDirectory() && !name.startsWith(".") && !IGNORED.has(name) && depth < DEEPEST) {
      await addFiles(found, full, isWithin || RULE_FOLDERS.has(name), depth + 1);
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
