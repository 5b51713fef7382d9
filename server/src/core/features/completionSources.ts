/** Fleet packages and index patterns that a rule may name. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { datasets } from "./completionValues.ts";
import { type TomlChoice } from "./completionTomlValues.ts";

/** Packages of the loaded manifests, else those that our tables of fields know. */
export function packages(snapshot: Snapshot): readonly TomlChoice[] {
  const { schemas, vendorFields } = snapshot.knowledge;
  const known = new Set(schemas?.packages);
  if (known.size === 0) {
    for (const { sets } of vendorFields?.all() ?? [])
      for (const set of sets) if (isPackageOrDataset(set)) known.add(packageOf(set));
  }
  return [...known].sort().map((value) => ({ value, isBare: false, detail: "package" }));
}

function isPackageOrDataset(set: string): boolean {
  return /^[a-z][a-z0-9_.]*$/.test(set);
}

function packageOf(set: string): string {
  return set.split(".")[0] ?? set;
}

/** Those of the rule's integrations first, then what other rules read most, then all that we know. */
export function indexPatterns(snapshot: Snapshot): readonly TomlChoice[] {
  const scope = snapshot.scope();
  const integrations = scope?.subject.integrations ?? [];
  const own = integrations.flatMap((name) => USUAL_OF_PACKAGE.get(name) ?? []);
  const all = scope === undefined ? [] : datasets(scope).map(({ value }) => `logs-${value}-*`);
  const isOwn = (pattern: string): boolean =>
    integrations.some((name) => pattern.startsWith(`logs-${name}.`));
  const loaded = snapshot.knowledge.schemas?.nonEcsIndexes ?? [];
  const ranked = [...own, ...all.filter(isOwn), ...USUAL, ...loaded, ...all];
  return [...new Set(ranked)].map((value) => ({
    value,
    isBare: false,
    detail: own.includes(value) || isOwn(value) ? "the rule's integration" : "",
  }));
}

const USUAL_OF_PACKAGE: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "endpoint",
    [
      "logs-endpoint.events.process-*",
      "logs-endpoint.events.file-*",
      "logs-endpoint.events.network-*",
      "logs-endpoint.events.registry-*",
      "logs-endpoint.events.library-*",
      "logs-endpoint.events.*",
    ],
  ],
  ["windows", ["logs-windows.sysmon_operational-*", "logs-windows.forwarded*", "winlogbeat-*"]],
  ["system", ["logs-system.security*", "logs-system.auth-*"]],
  ["aws", ["logs-aws.cloudtrail-*", "filebeat-*"]],
  ["azure", ["logs-azure.*", "filebeat-*"]],
  ["network_traffic", ["logs-network_traffic.*", "packetbeat-*"]],
  ["auditd_manager", ["logs-auditd_manager.auditd-*", "auditbeat-*"]],
  ["okta", ["logs-okta.system*", "filebeat-*"]],
  ["o365", ["logs-o365.audit-*", "filebeat-*"]],
  ["gcp", ["logs-gcp.audit-*", "filebeat-*"]],
  ["crowdstrike", ["logs-crowdstrike.fdr*"]],
  ["sentinel_one_cloud_funnel", ["logs-sentinel_one_cloud_funnel.*"]],
  ["m365_defender", ["logs-m365_defender.event-*"]],
]);

const USUAL = [
  "logs-endpoint.events.process-*",
  "logs-windows.sysmon_operational-*",
  "logs-system.security*",
  "winlogbeat-*",
  "filebeat-*",
  "auditbeat-*",
  "packetbeat-*",
  "endgame-*",
  "logs-*",
  "metrics-*",
  "traces-*",
  ".alerts-security.*",
];
