/** Other rules that the guides of a rule name: by their ids, or by a list item that is nothing but a name. */
import { type RuleDocument, type SourcedText } from "./model.ts";
import { textIn } from "./read.ts";

export const RULE_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** In a long text it is found, or missed, sooner than a whole id. */
const ID_MIDDLE = /-[0-9a-f]{4}-[0-9a-f]{4}-/i;

const LIST_ITEM = /^[ \t]*(?:[-*+]|\d+\.)[ \t]+(\S.*)$/gm;
const LONGEST_NAME = 150;

/** The texts of a rule that people read and that may name other rules. */
export function guidesOf({ rule }: RuleDocument): readonly SourcedText[] {
  return ["note", "setup", "description"].flatMap((key) => (rule && textIn(rule, key)) ?? []);
}

/** Ids in lower case, and texts that may be names. */
export function mentionsIn(rule: RuleDocument): readonly string[] {
  const found = guidesOf(rule).flatMap(({ value }) => [
    ...(ID_MIDDLE.test(value) ? [...value.matchAll(RULE_ID)].map(([id]) => id.toLowerCase()) : []),
    ...[...value.matchAll(LIST_ITEM)].map(([, item = ""]) => item.trimEnd()).filter(isNameLike),
  ]);
  return [...new Set(found)];
}

/** Names begin with a capital, and have neither the end of a sentence nor markup. */
function isNameLike(item: string): boolean {
  if (LONGEST_NAME < item.length || !item.includes(" ")) return false;
  return /^[A-Z]/.test(item) && !/[.:;?!]$/.test(item) && !/[`*$[\]]/.test(item);
}
