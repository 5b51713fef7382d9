import { textIn } from "../../rule/read.ts";
import { replaceText } from "../../toml/edits.ts";
import { type RuleCheck } from "../check.ts";
import { derivedId } from "../derivedId.ts";
import { isInProduction } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const madeUpId: RuleCheck = {
  id: "rule/made-up-id",
  on: "rule",
  severity: "hint",
  since: "0.1.0",
  when: "keystroke",
  summary: "A rule_id that looks typed rather than drawn.",
  why: "Rules are told apart by their id, everywhere and for ever. A random UUID (version 4) is never drawn twice; one that somebody typed, with digits in a row or in pairs, may be typed again. Loaders take any hexadecimal digits. The id of a rule that has shipped must stay as it is.",
  bad: `[metadata]
maturity = "development"

[rule]
type = "eql"
rule_id = "a1b2c3d4-e5f6-7890-abcd-ef1234567890"
`,
  good: `[metadata]
maturity = "development"

[rule]
type = "eql"
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c6a11"
`,
  *run(rule) {
    const id = rule.rule && textIn(rule.rule, "rule_id");
    // What is no UUID at all has a finding of its own.
    if (
      id === undefined ||
      rule.isDeprecated ||
      !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id.value)
    )
      return;
    const reason = oddityOf(id.value);
    if (reason === undefined) return;
    const drawn = derivedId(rule.toml.text);
    yield {
      span: id.span,
      message: `This is no random UUID: ${reason}`,
      fixes: isInProduction(rule) ? [] : unsafeFix("Write another one", replaceText(id.host, drawn)),
    };
  },
};

/** UUIDs of any version have it at the same place, and one of four digits after it. */
const VERSIONED = /^.{14}[1-8].{4}[89ab]/;

function oddityOf(id: string): string | undefined {
  const digits = id.replaceAll("-", "");
  const run = longestRun(digits);
  if (LONG_RUN <= run.length) return `\`${run}\` is a series of digits`;
  return VERSIONED.test(id) ? undefined : "it has no version";
}

/** By chance hardly one id in a hundred thousand has a series of this length. */
const LONG_RUN = 8;

/** Digits that are all the same or that follow each other, or do so in every other place. */
function longestRun(digits: string): string {
  let best = "";
  for (const step of [1, 2]) {
    for (const difference of [0, 1]) {
      let start = 0;
      for (let i = step; i <= digits.length; i++) {
        const goesOn =
          Number.parseInt(digits.charAt(i), 16) - Number.parseInt(digits.charAt(i - step), 16) === difference;
        if (goesOn) continue;
        if (best.length < i - start) best = digits.slice(start, i);
        start = i - step + 1;
      }
    }
  }
  return best;
}
