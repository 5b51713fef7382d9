import { closestWord } from "../../base/closest.ts";
import { textIn } from "../../rule/read.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { replaceText } from "../../toml/edits.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { unitTested } from "../unitTests.ts";
import { unsafeFix } from "../unsafeFix.ts";

export const wrongLicense: PlaceCheck = {
  id: "rule/wrong-license",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["rule-license-v2"],
  summary: "An Elastic License that is misspelt or not version 2.",
  why: "Where a rule of Elastic's repository is under the Elastic License, that is version 2 of it. A misspelt licence slips past the test. Rules of your own are free.",
  bad: `[rule]
type = "eql"
license = "Elastic License"
`,
  good: `[rule]
type = "eql"
license = "Elastic License v2"
`,
  run: (rule, place) => (place.repository.kind === "elastic" ? unitTested(rule, place, findings(rule)) : []),
};

const WANTED = "Elastic License v2";

function* findings({ rule }: RuleDocument): Generator<Finding> {
  const license = rule && textIn(rule, "license");
  if (license === undefined || license.value === WANTED) return;
  const isOld = license.value.toLowerCase().includes("elastic license");
  if (!isOld && closestWord(license.value, [WANTED]) === undefined) return;
  yield {
    span: license.span,
    message: `The Elastic License is written \`${WANTED}\`, not \`${license.value}\``,
    fixes: unsafeFix(`Write ${WANTED}`, replaceText(license.host, WANTED)),
    isGuess: !isOld,
  };
}
