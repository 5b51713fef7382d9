import { type AttackCatalog } from "../../knowledge/attack.ts";
import { type RuleDocument, type ThreatEntry } from "../../rule/model.ts";
import { ATTACK_FRAMEWORK, threatMappings } from "../../rule/threats.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";
import { likelyType } from "../missingValues.ts";
import { renameFile } from "../renameFile.ts";
import { unitTested } from "../unitTests.ts";

export const fileTacticMismatch: PlaceCheck = {
  id: "file/tactic-mismatch",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["threat-filename-tactic"],
  summary: "A file name that does not begin with the rule's first tactic.",
  why: "In Elastic's repository the files of a folder are in the order of their tactics: the name begins with the tactic of the first `threat` entry. Its CI looks at rules whose author is Elastic, machine learning apart, unless `_config.yaml` says `no_tactic_filename: true`.",
  bad: `[rule]
author = ["Elastic"]
type = "eql"
[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0003"
name = "Persistence"
reference = "https://attack.mitre.org/tactics/TA0003/"
`,
  good: `[rule]
author = ["Elastic"]
type = "eql"
[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0002/"
`,
  run: (rule, place) => (isJudged(rule, place) ? unitTested(rule, place, findings(rule, place)) : []),
};

function isJudged(document: RuleDocument, { repository }: RulePlace): boolean {
  const { rule, type } = document;
  if (repository.kind === "loose" || repository.omitsTacticInFileName || rule === undefined) return false;
  if ((type ?? likelyType(document)) === "machine_learning") return false;
  return textsIn(rule, "author").some(({ value }) => value === "Elastic");
}

function* findings(rule: RuleDocument, { path, attack }: RulePlace): Generator<Finding> {
  const [first] = rule.threats;
  const tactic = first?.tactic?.name;
  if (path === undefined || attack === undefined || first === undefined || tactic === undefined) return;
  if (!isSettled(first, attack)) return;
  const file = path.split("/").at(-1) ?? "";
  const mapped = threatMappings(rule).flatMap(({ entries }) => entries[0]?.tactic?.name?.value ?? []);
  if ([tactic.value, ...mapped].some((name) => file.startsWith(inFileName(name)))) return;
  yield {
    span: tactic.span,
    message: `The name of the file \`${file}\` must begin with the first tactic: \`${inFileName(tactic.value)}\``,
    fixes: renameFile(path, `${inFileName(tactic.value)}_${withoutTactic(file, attack)}`),
  };
}

/** The rest of a name that begins with some tactic. */
function withoutTactic(file: string, { tactics }: AttackCatalog): string {
  const prefix = tactics.map(({ name }) => `${inFileName(name)}_`).find((one) => file.startsWith(one));
  return file.slice(prefix?.length ?? 0);
}

/** A tactic whose id and name disagree, or that ATT&CK does not know, is a mistake of its own. */
function isSettled({ framework, tactic }: ThreatEntry, attack: AttackCatalog): boolean {
  if (framework !== undefined && framework.value !== ATTACK_FRAMEWORK) return true;
  return tactic?.id !== undefined && attack.tactic(tactic.id.value)?.name === tactic.name?.value;
}

function inFileName(tactic: string): string {
  return tactic.toLowerCase().replaceAll(" ", "_");
}
