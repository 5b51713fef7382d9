import { type RuleDocument } from "../../rule/model.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { stemOf } from "../rulePath.ts";

export const fileNameMismatch: PlaceCheck = {
  id: "file/name-mismatch",
  on: "place",
  severity: "hint",
  since: "0.1.0",
  when: "keystroke",
  summary: "A file name that has no word of the rule's name.",
  why: "Who looks for the file of an alert looks for the words of the rule's name. Often the file was copied, or the rule renamed.",
  bad: `[rule]
type = "eql"
name = "Suspicious Cron Job"
`,
  good: `[rule]
type = "eql"
name = "Shell Started by a Web Server"
`,
  run: (rule, place) => findings(rule, place),
};

function* findings(rule: RuleDocument, { path }: RulePlace): Generator<Finding> {
  const { name, threats } = rule;
  const stem = stemOf(path);
  if (rule.isDeprecated || name === undefined || stem === undefined || name.value.trim() === "") return;
  const tactics = new Set(threats.flatMap(({ tactic }) => wordsOf(tactic?.name?.value ?? "")));
  const inFile = wordsOf(stem).filter((word) => !tactics.has(word) && !EMPTY.has(word));
  const inName = wordsOf(name.value).filter((word) => !EMPTY.has(word));
  if (inFile.length === 0 || inName.length === 0) return;
  const initials = inName.map((word) => word.charAt(0)).join("");
  const isShared = inFile.some(
    (word) => initials.includes(word) || inName.some((other) => areAlike(word, other)),
  );
  if (!isShared)
    yield { span: name.span, message: `The file \`${stem}\` has no word of the rule's name`, fixes: [] };
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => 1 < word.length);
}

/** Words that say nothing of what a rule finds. */
const EMPTY: ReadonlySet<string> = new Set(
  "an the of to in by with via for from on and or using potential suspicious possible unusual detected activity attempt rule".split(
    " ",
  ),
);

/** Four letters in common, or all of a short word. */
function areAlike(first: string, second: string): boolean {
  const [short, long] = first.length < second.length ? [first, second] : [second, first];
  const length = Math.min(4, short.length);
  for (let i = 0; i + length <= short.length; i++) if (long.includes(short.slice(i, i + length))) return true;
  return false;
}
