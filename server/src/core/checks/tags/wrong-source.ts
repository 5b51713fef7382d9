import { type RuleDocument } from "../../rule/model.ts";
import { removeItem } from "../../toml/removal.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { textsIn } from "../fieldKeys.ts";
import { type RuleTags, ruleTags } from "../ruleTags.ts";

export const wrongSource: PlaceCheck = {
  id: "tags/wrong-source",
  on: "place",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A tag of a data source that the rule does not read.",
  why: "None of the rule's indices, integrations and values names the source, and all of its indices belong to other sources. Who filters rules by what data they have finds a rule that cannot work for them.",
  bad: `[metadata]
integration = ["okta"]

[rule]
type = "query"
index = ["logs-okta.system-*"]
tags = ["Data Source: Okta", "Data Source: Github"]
`,
  good: `[metadata]
integration = ["okta"]

[rule]
type = "query"
index = ["logs-okta.system-*"]
tags = ["Data Source: Okta"]
`,
  run: (rule, place) => {
    const tags = ruleTags(rule);
    return tags === undefined ? [] : findings(rule, place, tags);
  },
};

function* findings(rule: RuleDocument, { queries }: RulePlace, tags: RuleTags): Generator<Finding> {
  const indexes = rule.rule === undefined ? [] : textsIn(rule.rule, "index").map(({ value }) => value);
  // What a pattern without a source in it reads cannot be told.
  if (indexes.length === 0 || indexes.some((index) => !/^(?:logs|traces)-[a-z0-9]|^endgame-/.test(index)))
    return;
  const integrations =
    rule.metadata === undefined ? [] : textsIn(rule.metadata, "integration").map(({ value }) => value);
  const texts = queries.map(({ embedded }) => embedded.text);
  const read = [...indexes, ...integrations, ...texts].join("\n").toLowerCase();
  for (const item of tags.items) {
    const sign = SIGNS.get(item.value);
    if (sign === undefined || sign.test(read)) continue;
    const removal = removeItem(rule.toml, tags.list, tags.list.items.indexOf(item));
    const source = item.value.replace(/^Data Source: /, "");
    yield {
      span: item.span,
      message: `The rule reads nothing of ${source}: its indices are ${indexes.map((index) => `\`${index}\``).join(", ")}`,
      fixes:
        removal === undefined ? [] : [{ title: `Remove ${item.value}`, safety: "unsafe", edits: [removal] }],
    };
  }
}

/** What a rule that reads the source has somewhere in its indices, integrations or queries. */
const SIGNS: ReadonlyMap<string, RegExp> = new Map([
  ["Data Source: APM", /apm/],
  ["Data Source: AWS", /aws|amazon/],
  ["Data Source: Amazon Web Services", /aws|amazon/],
  ["Data Source: Auditd Manager", /auditd/],
  ["Data Source: Azure", /azure|entra|o365|m365|microsoft/],
  ["Data Source: Corelight", /corelight/],
  ["Data Source: Crowdstrike", /crowdstrike|fdr/],
  ["Data Source: CyberArk PAS", /cyberark/],
  ["Data Source: Elastic Defend", /endpoint/],
  ["Data Source: Elastic Defend for Containers", /cloud_defend|container/],
  ["Data Source: Elastic Endgame", /endgame/],
  ["Data Source: File Integrity Monitoring", /fim/],
  ["Data Source: Fortinet", /fortinet|fortigate/],
  ["Data Source: GCP", /gcp|google/],
  ["Data Source: Github", /github/],
  ["Data Source: Google Cloud Platform", /gcp|google/],
  ["Data Source: Google Workspace", /google_workspace|gsuite/],
  ["Data Source: Jamf Protect", /jamf/],
  ["Data Source: Kubernetes", /kubernetes|k8s|cloud_defend|orchestrator|container|gke|eks|aks/],
  ["Data Source: Microsoft 365", /o365|m365|microsoft|office/],
  ["Data Source: Microsoft Defender XDR", /m365_defender|microsoft_defender|o365/],
  ["Data Source: Okta", /okta/],
  ["Data Source: PAN-OS", /panw|pan_os|panos/],
  ["Data Source: SentinelOne", /sentinel_?one/],
  ["Data Source: Sysmon", /sysmon/],
  ["Data Source: pfSense", /pfsense/],
]);
