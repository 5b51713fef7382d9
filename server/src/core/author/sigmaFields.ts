/** Names of Sigma for what ECS names otherwise, and the kinds of events that Sigma's categories are. */

const WINDOWS_FIELDS: ReadonlyMap<string, string> = new Map([
  ["Image", "process.executable"],
  ["OriginalFileName", "process.pe.original_file_name"],
  ["CommandLine", "process.command_line"],
  ["CurrentDirectory", "process.working_directory"],
  ["ProcessId", "process.pid"],
  ["ParentImage", "process.parent.executable"],
  ["ParentCommandLine", "process.parent.command_line"],
  ["ParentProcessId", "process.parent.pid"],
  ["Company", "process.pe.company"],
  ["Description", "process.pe.description"],
  ["Product", "process.pe.product"],
  ["User", "user.name"],
  ["TargetFilename", "file.path"],
  ["ImageLoaded", "dll.path"],
  ["TargetObject", "registry.path"],
  ["Details", "registry.data.strings"],
  ["DestinationIp", "destination.ip"],
  ["DestinationPort", "destination.port"],
  ["DestinationHostname", "destination.domain"],
  ["SourceIp", "source.ip"],
  ["SourcePort", "source.port"],
  ["QueryName", "dns.question.name"],
  ["EventID", "event.code"],
  ["Provider_Name", "event.provider"],
  ["Channel", "winlog.channel"],
  ["LogonType", "winlog.logon.type"],
]);

/** A lower-case or dotted name is one of ECS or of a package already. */
export function ecsField(name: string, product: string | undefined): string {
  const known = WINDOWS_FIELDS.get(name);
  if (known !== undefined) return known;
  return product === "windows" && /^[A-Z][A-Za-z0-9_]*$/.test(name) ? `winlog.event_data.${name}` : name;
}

const NUMBERS: ReadonlySet<string> = new Set([
  ...["process.pid", "process.parent.pid", "destination.port", "source.port"],
]);
const ADDRESSES: ReadonlySet<string> = new Set(["destination.ip", "source.ip"]);
const TEXTS: ReadonlySet<string> = new Set(
  [...WINDOWS_FIELDS.values()].filter((field) => !NUMBERS.has(field) && !ADDRESSES.has(field)),
);

/** What a field holds, as EQL compares like with like; undefined where that is not known here. */
export function kindOfValues(field: string): "text" | "number" | "address" | undefined {
  if (NUMBERS.has(field)) return "number";
  if (ADDRESSES.has(field)) return "address";
  // Winlogbeat keeps all data of an event as texts.
  return TEXTS.has(field) || field.startsWith("winlog.event_data.") ? "text" : undefined;
}

export interface EventKind {
  /** Of EQL. */
  readonly category: string;
  readonly conditions: readonly string[];
}

const KINDS: ReadonlyMap<string, EventKind> = new Map([
  ["process_creation", { category: "process", conditions: ['event.type == "start"'] }],
  ["file_event", { category: "file", conditions: ['event.type != "deletion"'] }],
  ["file_delete", { category: "file", conditions: ['event.type == "deletion"'] }],
  ["registry_set", { category: "registry", conditions: ['event.type == "change"'] }],
  ["registry_event", { category: "registry", conditions: [] }],
  ["registry_add", { category: "registry", conditions: [] }],
  ["image_load", { category: "library", conditions: [] }],
  ["network_connection", { category: "network", conditions: [] }],
  ["dns_query", { category: "network", conditions: [] }],
]);

const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ["windows", "Windows"],
  ["linux", "Linux"],
  ["macos", "macOS"],
]);

export function eventKind(category: string | undefined, product: string | undefined): EventKind {
  const kind = KINDS.get(category ?? "") ?? { category: "any", conditions: [] };
  if (product === undefined || !SYSTEMS.has(product)) return kind;
  return { ...kind, conditions: [`host.os.type == "${product}"`, ...kind.conditions] };
}

/** The tag for an operating system; undefined for other products. */
export function systemTag(product: string | undefined): string | undefined {
  const name = SYSTEMS.get(product ?? "");
  return name === undefined ? undefined : `OS: ${name}`;
}
