/** Which data sources an index pattern can belong to, and the first parts of names that data sources have as their own. */

/** Of all index patterns it is known what they read. Without any, it is not. */
export function areKnownSources(indexes: readonly string[], packages: ReadonlySet<string>): boolean {
  return (
    0 < indexes.length && indexes.every((index) => isKnownSource(index.replace(/^[^:]*::?/, ""), packages))
  );
}

/** `logs-aws.cloudtrail-*` belongs to the package `aws`; `logs-*` may be anything. */
function isKnownSource(index: string, packages: ReadonlySet<string>): boolean {
  if (BUILT_IN.test(index)) return true;
  const name = /^(?:logs|metrics|traces)-([a-z0-9_]+)/.exec(index)?.[1];
  return name !== undefined && packages.has(name);
}

const BUILT_IN = /^(?:\.alerts-security\.|endgame-|auditbeat-|filebeat-|packetbeat-|winlogbeat-)/;

/**
 * First parts that neither ECS nor our tables have: of Beats modules and of data streams whose fields rules hardly ever
 * read, and those that users may give to fields of their own.
 */
const OTHER_ROOTS: ReadonlySet<string> = new Set([
  "activemq",
  "cef",
  "clr",
  "data",
  "elastic",
  "event_data",
  "fields",
  "golang",
  "ibmmq",
  "icinga",
  "iptables",
  "journald",
  "json",
  "juniper",
  "jvm",
  "kafka",
  "logstash",
  "metrics",
  "misp",
  "mssql",
  "mysqlenterprise",
  "nats",
  "nodejs",
  "oracle",
  "pensando",
  "rabbitmq",
  "ruby",
  "salesforce",
  "sophos",
  "syslog",
  "systemd",
  "zookeeper",
  "zoom",
]);

export function isOtherRoot(root: string): boolean {
  return OTHER_ROOTS.has(root);
}
