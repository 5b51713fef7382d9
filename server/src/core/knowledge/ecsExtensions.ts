/** Where integrations and Beats add fields of their own to field sets of ECS: no other name is held against ECS there. */

/** Below these, and the names themselves. */
const EXTENDED: readonly string[] = [
  "agent.policy",
  "client.process",
  "cloud.image",
  "cloud.instance",
  "container.cpu",
  "container.disk",
  "container.memory",
  "container.network",
  "container.security_context",
  "device",
  "dns",
  "ecs",
  "email",
  "error",
  "faas",
  "gen_ai",
  "host.containerized",
  "host.cpu",
  "host.disk",
  "host.network",
  "host.os",
  "host.user",
  "http.request.headers",
  "http.response.headers",
  "labels",
  "log",
  "network.carrier",
  "network.connection",
  "observer",
  "orchestrator",
  "process.ai_agent",
  "process.cpu",
  "process.memory",
  "process.parent.thread",
  "process.thread",
  "server.process",
  "service",
  "span",
  "threat.feed",
  "threat.indicator",
  "tls",
  "trace",
  "transaction",
  "volume",
  "vulnerability",
];

/** Single fields that data sources send though ECS does not have them. */
const SENT: ReadonlySet<string> = new Set([
  "device.model",
  "device.product",
  "device.vendor",
  "file.origin",
  "file.setgid",
  "file.setuid",
  "http.response.finished",
  "http.response.status_phrase",
  "observer.address",
  "process.ai_agent",
  "process.entrypoint",
  "process.message",
  "process.origin_referrer_url",
  "process.origin_url",
  "process.parent.pgid",
  "process.parent.ppid",
  "process.pgid",
  "process.parent.thread",
  "process.ppid",
  "process.state",
  "url.user_info",
]);

/** Other indices of one field: by convention they may be added to any. */
const MULTI_FIELDS: ReadonlySet<string> = new Set(["caseless", "keyword", "raw", "text", "wildcard"]);

export function isSentBesideEcs(name: string): boolean {
  return SENT.has(name);
}

export function isOpenInEcs(name: string): boolean {
  if (EXTENDED.some((prefix) => name === prefix || name.startsWith(`${prefix}.`))) return true;
  const parts = name.split(".");
  return MULTI_FIELDS.has(parts[parts.length - 1] ?? "") || parts.includes("Ext");
}
