/** Which tags Elastic's public rules have, and which of them its CI asks for. */
import { lazy } from "../base/lazy.ts";
import { SEEN_TAGS, SETTLED_TAGS } from "./ruleTagNames.ts";

/** What a tag begins with. Elastic's CI takes no others; `Noise:` and `Performance:` since September 2026. */
export const TAG_PREFIXES: readonly string[] = [
  "Data Source:",
  "Domain:",
  "Mitre Atlas:",
  "Noise:",
  "OS:",
  "Performance:",
  "Platform:",
  "Profile:",
  "Promotion:",
  "Resources:",
  "Rule Type:",
  "Service:",
  "Tactic:",
  "Threat:",
  "Use Case:",
  "Vuln:",
];

export interface KnownTag {
  readonly tag: string;
  /** Many rules have it, and all of them write it so. */
  readonly isSettled: boolean;
}

/** The tag that differs from this one in the case of letters and in blanks at most. */
export function tagSpeltLike(tag: string): KnownTag | undefined {
  return bySpelling().get(folded(tag));
}

/** Names that known tags have after a prefix: `Okta` after `Data Source:`. */
export function namesAfter(prefix: string): readonly string[] {
  return [...(SETTLED_TAGS.get(prefix) ?? []), ...(SEEN_TAGS.get(prefix) ?? [])];
}

/** Tags that a rule reading this index needs. Only the very text counts: `logs-aws.cloudtrail-*` asks for none. */
export function tagsForIndex(index: string): readonly string[] {
  return REQUIRED.get(index) ?? [];
}

/** Tags of the operating systems that folders of rules are named after. */
export const OS_TAGS: ReadonlyMap<string, string> = new Map([
  ["linux", "OS: Linux"],
  ["macos", "OS: macOS"],
  ["windows", "OS: Windows"],
]);

/** What is left of a tag when neither blanks nor the case of letters count. */
export function folded(tag: string): string {
  return tag.replace(/\s+/g, "").toLowerCase();
}

const bySpelling = lazy((): ReadonlyMap<string, KnownTag> => {
  const known = new Map<string, KnownTag>();
  for (const [names, isSettled] of [
    [SEEN_TAGS, false],
    [SETTLED_TAGS, true],
  ] as const) {
    for (const [prefix, list] of names) {
      for (const name of list)
        known.set(folded(`${prefix} ${name}`), { tag: `${prefix} ${name}`, isSettled });
    }
  }
  return known;
});

/** Index, as Elastic's CI compares it, and the tags that it asks for. */
const REQUIRED: ReadonlyMap<string, readonly string[]> = new Map([
  [".alerts-security.*", ["Rule Type: Higher-Order Rule"]],
  ["apm-*-transaction*", ["Data Source: APM"]],
  ["endgame-*", ["Data Source: Elastic Endgame"]],
  ["logs-aws*", ["Data Source: AWS", "Data Source: Amazon Web Services", "Domain: Cloud"]],
  ["logs-azure*", ["Data Source: Azure", "Domain: Cloud"]],
  ["logs-cloud_defend*", ["Data Source: Elastic Defend for Containers", "Domain: Container"]],
  ["logs-cloud_defend.alerts-*", ["Data Source: Elastic Defend for Containers", "Domain: Container"]],
  ["logs-crowdstrike.fdr*", ["Data Source: Crowdstrike"]],
  ["logs-cyberarkpas.audit*", ["Data Source: CyberArk PAS"]],
  ["logs-endpoint.alerts-*", ["Data Source: Elastic Defend"]],
  ["logs-endpoint.events.*", ["Domain: Endpoint", "Data Source: Elastic Defend"]],
  ["logs-fim.event-*", ["Data Source: File Integrity Monitoring"]],
  ["logs-gcp*", ["Data Source: Google Cloud Platform", "Data Source: GCP", "Domain: Cloud"]],
  ["logs-google_workspace*", ["Data Source: Google Workspace", "Domain: Cloud"]],
  ["logs-kubernetes.*", ["Data Source: Kubernetes"]],
  ["logs-m365_defender.event-*", ["Data Source: Microsoft Defender XDR"]],
  ["logs-o365*", ["Data Source: Microsoft 365", "Domain: Cloud"]],
  ["logs-okta*", ["Data Source: Okta"]],
  ["logs-sentinel_one_cloud_funnel.*", ["Data Source: SentinelOne"]],
  ["logs-system.forwarded*", ["Data Source: Windows Security Event Logs"]],
  ["logs-system.security*", ["Data Source: Windows Security Event Logs"]],
  ["logs-system.system*", ["Data Source: Windows System Event Logs"]],
  ["logs-windows.powershell*", ["Data Source: PowerShell Logs"]],
  ["logs-windows.sysmon_operational-*", ["Data Source: Sysmon"]],
  ["traces-apm*", ["Data Source: APM"]],
]);
