/** Data sources that a new rule can begin with: what to read, how to tag it, and a first query that every such source answers. */

export interface DataSource {
  readonly id: string;
  /** For people. */
  readonly label: string;
  /** Fleet packages; none where the rule reads no package. */
  readonly integration: readonly string[];
  readonly index: readonly string[];
  readonly tags: readonly string[];
  /** A condition of EQL, with the category that it is about. */
  readonly eql: { readonly category: string; readonly condition: string };
  /** The same in KQL. */
  readonly kuery: string;
  /** The value in both that stands for what the author looks for. */
  readonly example: string;
  /** How events of another category follow, where there are such; else the same event follows itself. */
  readonly sequel?: Sequel;
  /** What alerts of a threshold or new terms rule are grouped by. */
  readonly actor: string;
  /** What can be new about an actor. */
  readonly subject: string;
}

export interface Sequel {
  /** The field that joins both events. */
  readonly by: string;
  readonly category: string;
  readonly condition: string;
  /** Where such events are; none where they stand among the others. */
  readonly index: readonly string[];
}

const PROCESS_START = 'event.type == "start"';

function endpoint(os: string, label: string, executable: string): DataSource {
  return {
    id: `endpoint-${os}`,
    label: `Elastic Defend on ${label}`,
    integration: ["endpoint"],
    index: ["logs-endpoint.events.process-*"],
    tags: ["Domain: Endpoint", `OS: ${label}`, "Use Case: Threat Detection", "Data Source: Elastic Defend"],
    eql: {
      category: "process",
      condition: `host.os.type == "${os}" and ${PROCESS_START} and\n  process.name : "${executable}"`,
    },
    kuery: `event.category:process and host.os.type:${os} and event.type:start and process.name:"${executable}"`,
    example: executable,
    sequel: connection(os, executable, ["logs-endpoint.events.network-*"]),
    actor: "host.id",
    subject: "process.executable",
  };
}

/** The process goes to the network. */
function connection(os: string, executable: string, index: readonly string[]): Sequel {
  const condition = `host.os.type == "${os}" and process.name : "${executable}"`;
  return { by: "process.entity_id", category: "network", condition, index };
}

function cloud(
  id: string,
  label: string,
  dataset: string,
  tags: readonly string[],
  action: string,
): DataSource {
  const [integration = ""] = dataset.split(".");
  return {
    id,
    label,
    integration: [integration],
    index: [`logs-${dataset}-*`, "filebeat-*"],
    tags: [...tags, "Use Case: Threat Detection"],
    eql: {
      category: "any",
      condition: `event.dataset == "${dataset}" and event.action == "${action}" and\n  event.outcome == "success"`,
    },
    kuery: `event.dataset:"${dataset}" and event.action:"${action}" and event.outcome:success`,
    example: action,
    actor: "user.name",
    subject: "source.ip",
  };
}

const CLOUD = "Domain: Cloud";
const IDENTITY = "Domain: Identity";

export const DATA_SOURCES: readonly DataSource[] = [
  endpoint("windows", "Windows", "rundll32.exe"),
  endpoint("linux", "Linux", "crontab"),
  endpoint("macos", "macOS", "osascript"),
  {
    id: "sysmon",
    label: "Sysmon on Windows",
    integration: ["windows"],
    index: ["logs-windows.sysmon_operational-*", "winlogbeat-*"],
    tags: ["Domain: Endpoint", "OS: Windows", "Use Case: Threat Detection", "Data Source: Sysmon"],
    eql: {
      category: "process",
      condition: `host.os.type == "windows" and ${PROCESS_START} and\n  process.name : "rundll32.exe"`,
    },
    kuery:
      'event.category:process and host.os.type:windows and event.type:start and process.name:"rundll32.exe"',
    example: "rundll32.exe",
    sequel: connection("windows", "rundll32.exe", []),
    actor: "host.id",
    subject: "process.executable",
  },
  {
    id: "windows-security",
    label: "Windows security event log",
    integration: ["system", "windows"],
    index: ["logs-system.security*", "logs-windows.forwarded*", "winlogbeat-*"],
    tags: [
      "Domain: Endpoint",
      "OS: Windows",
      "Use Case: Threat Detection",
      "Data Source: Windows Security Event Logs",
    ],
    eql: {
      category: "authentication",
      condition:
        'host.os.type == "windows" and event.action == "logged-in" and\n  winlog.logon.type == "Network"',
    },
    kuery: 'event.category:authentication and host.os.type:windows and event.action:"logged-in"',
    example: "logged-in",
    actor: "user.name",
    subject: "source.ip",
  },
  cloud(
    "aws-cloudtrail",
    "AWS CloudTrail",
    "aws.cloudtrail",
    [CLOUD, "Data Source: AWS", "Data Source: Amazon Web Services", "Data Source: AWS CloudTrail"],
    "CreateUser",
  ),
  cloud(
    "azure-auditlogs",
    "Microsoft Entra ID audit logs",
    "azure.auditlogs",
    [
      CLOUD,
      IDENTITY,
      "Data Source: Azure",
      "Data Source: Microsoft Entra ID",
      "Data Source: Microsoft Entra ID Audit Logs",
    ],
    "Add user",
  ),
  cloud(
    "gcp-audit",
    "Google Cloud audit logs",
    "gcp.audit",
    [CLOUD, "Data Source: GCP", "Data Source: Google Cloud Platform", "Data Source: GCP Audit Logs"],
    "google.iam.admin.v1.CreateServiceAccount",
  ),
  cloud(
    "okta-system",
    "Okta system log",
    "okta.system",
    [IDENTITY, "Data Source: Okta", "Data Source: Okta System Logs"],
    "user.session.start",
  ),
  cloud(
    "o365-audit",
    "Microsoft 365 audit logs",
    "o365.audit",
    [CLOUD, "Domain: SaaS", "Data Source: Microsoft 365", "Data Source: Microsoft 365 Audit Logs"],
    "New-InboxRule",
  ),
  cloud(
    "google-workspace",
    "Google Workspace admin log",
    "google_workspace.admin",
    [CLOUD, "Domain: SaaS", "Data Source: Google Workspace"],
    "CREATE_USER",
  ),
  cloud(
    "github-audit",
    "GitHub audit log",
    "github.audit",
    [CLOUD, "Domain: SaaS", "Data Source: Github"],
    "repo.destroy",
  ),
  {
    id: "network-traffic",
    label: "Network Packet Capture",
    integration: ["network_traffic"],
    index: ["packetbeat-*", "logs-network_traffic.*"],
    tags: ["Domain: Network", "Use Case: Threat Detection", "Data Source: Network Traffic"],
    eql: { category: "network", condition: "destination.port == 4444" },
    kuery: "event.category:network and destination.port:4444",
    example: "4444",
    actor: "source.ip",
    subject: "destination.ip",
  },
  {
    id: "alerts",
    label: "Alerts of other rules",
    integration: [],
    index: [".alerts-security.*"],
    tags: ["Use Case: Threat Detection", "Rule Type: Higher-Order Rule"],
    eql: { category: "any", condition: 'kibana.alert.rule.name != null and event.kind == "signal"' },
    kuery: "event.kind:signal and kibana.alert.rule.rule_id:*",
    example: "signal",
    actor: "host.id",
    subject: "user.name",
  },
];
