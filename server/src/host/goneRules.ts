/** Rules of a commit whose files are not there any more. */
import { existsSync } from "node:fs";
import { type LoneRule } from "../core/compare/movedRules.ts";
import { isRuleFile, readRule, textIn } from "../core/rule/read.ts";
import { readToml } from "../core/toml/read.ts";
import { type GitBase } from "./git.ts";

export interface GoneRule extends LoneRule {
  readonly text: string;
}

/** Those among the files that `isWanted` takes, in order. */
export async function goneRules(
  base: GitBase,
  isWanted: (file: string) => boolean,
): Promise<readonly GoneRule[]> {
  const gone = base.files().filter((file) => file.endsWith(".toml") && isWanted(file) && !existsSync(file));
  const rules: GoneRule[] = [];
  for (const file of gone.sort()) {
    const text = await base.textOf(file);
    const rule = text === undefined ? undefined : loneRule(file, text);
    if (rule !== undefined) rules.push(rule);
  }
  return rules;
}

/** Undefined for what is no rule. */
export function loneRule(file: string, text: string): GoneRule | undefined {
  const toml = readToml(text);
  if (!isRuleFile(toml)) return undefined;
  const { rule, name } = readRule(toml);
  return { file, text, id: rule && textIn(rule, "rule_id")?.value, name: name?.value ?? "without a name" };
}
