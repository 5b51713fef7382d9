/** Values for a field: those that the schema allows, datasets of the rule's packages, and some that data sources are known to write. */
import { type FieldScope } from "../knowledge/scope.ts";

/** A value, and in a word where it comes from. */
export interface KnownValue {
  readonly value: string;
  readonly source: string;
}

/** Values that sample events or other rules have for a field, the most frequent first. */
export type SeenValues = (field: string) => readonly string[];

/** The best first, each once. */
export function valuesOf(
  field: string,
  scope: FieldScope,
  seen: SeenValues | undefined,
): readonly KnownValue[] {
  const allowed = scope.catalog.get(field)?.allowedValues ?? [];
  const found = [
    ...(seen?.(field) ?? []).map((value) => ({ value, source: "seen in sample events" })),
    ...datasetsFor(field, scope),
    ...(USUAL_VALUES.get(field) ?? []).map((value) => ({
      value,
      source: allowed.includes(value) ? scope.catalog.source : "usual",
    })),
    ...allowed.map((value) => ({ value, source: scope.catalog.source })),
  ];
  const first = new Map<string, KnownValue>();
  for (const one of found) if (!first.has(one.value)) first.set(one.value, one);
  return [...first.values()];
}

function datasetsFor(field: string, scope: FieldScope): readonly KnownValue[] {
  if (field === "event.dataset" || field === "data_stream.dataset") return datasets(scope);
  if (field !== "event.module") return [];
  return scope.subject.integrations.map((value) => ({ value, source: "the rule's integration" }));
}

/** Those of the rule's integrations first. */
export function datasets(scope: FieldScope): readonly KnownValue[] {
  const { integrations } = scope.subject;
  const known = new Set<string>();
  for (const { sets } of scope.vendorFields?.all() ?? [])
    for (const set of sets) if (isDataset(set)) known.add(set);
  const isOwn = (dataset: string): boolean => integrations.some((name) => dataset.startsWith(`${name}.`));
  const streams = integrations.flatMap((name) => streamsOf(scope, name));
  const all = [...new Set([...streams, ...[...known].sort()])];
  return [...all.filter(isOwn), ...all.filter((dataset) => !isOwn(dataset))].map((value) => ({
    value,
    source: isOwn(value) ? "the rule's integration" : "dataset",
  }));
}

function isDataset(set: string): boolean {
  return /^[a-z0-9_]+\.[a-z0-9_.]+$/.test(set);
}

/** The loaded schemas name the streams of a package when they are asked for one that it does not have. */
function streamsOf({ schemas }: FieldScope, name: string): readonly string[] {
  const answer = schemas?.stacks.at(-1)?.integration(name, "");
  if (answer?.kind !== "unknown-stream") return [];
  return answer.streams.map((stream) =>
    name === "endpoint" ? `endpoint.events.${stream}` : `${name}.${stream}`,
  );
}

/** What data sources write into fields, and rules ask for, the usual first. */
const USUAL_VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "event.category",
    ["process", "file", "network", "registry", "library", "authentication", "driver", "iam"],
  ],
  ["event.type", ["start", "end", "creation", "deletion", "change", "connection", "access", "info"]],
  ["event.outcome", ["success", "failure", "unknown"]],
  ["event.kind", ["event", "alert", "signal"]],
  ["host.os.type", ["windows", "linux", "macos"]],
  ["host.os.family", ["windows", "debian", "redhat", "darwin"]],
  ["host.os.platform", ["windows", "linux", "darwin"]],
  [
    "event.action",
    ["start", "exec", "fork", "end", "creation", "modification", "deletion", "rename", "load"],
  ],
  ["network.direction", ["ingress", "egress", "inbound", "outbound", "internal", "external"]],
  ["network.transport", ["tcp", "udp", "icmp", "ipv6-icmp"]],
  ["network.type", ["ipv4", "ipv6"]],
  ["network.protocol", ["dns", "http", "tls", "ssh", "smb", "rdp", "ftp", "smtp", "kerberos", "ldap"]],
  ["dns.question.type", ["A", "AAAA", "TXT", "MX", "CNAME", "NS", "PTR", "SRV"]],
  ["http.request.method", ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]],
  ["process.code_signature.status", ["trusted", "errorExpired", "errorUntrustedRoot", "errorBadDigest"]],
  ["dll.code_signature.status", ["trusted", "errorExpired", "errorUntrustedRoot", "errorBadDigest"]],
  ["process.Ext.token.integrity_level_name", ["low", "medium", "high", "system"]],
  ["registry.data.type", ["REG_SZ", "REG_EXPAND_SZ", "REG_MULTI_SZ", "REG_DWORD", "REG_QWORD", "REG_BINARY"]],
  [
    "file.extension",
    ["exe", "dll", "ps1", "vbs", "js", "bat", "lnk", "zip", "docm", "so", "sh", "py", "plist"],
  ],
  ["user.id", ["S-1-5-18", "S-1-5-19", "S-1-5-20", "0"]],
  ["process.entry_leader.entry_meta.type", ["sshd", "init", "container", "ssm", "terminal", "teleport"]],
  [
    "winlog.logon.type",
    ["Interactive", "Network", "Batch", "Service", "RemoteInteractive", "NetworkCleartext"],
  ],
  ["kibana.alert.severity", ["low", "medium", "high", "critical"]],
]);
