/** Fields that have another name today, or that are known to authors by the name that their source gives them. */

const NAMES: ReadonlyMap<string, string> = new Map([
  // Dropped from ECS.
  ["log.original", "event.original"],
  ["process.ppid", "process.parent.pid"],
  // Alerts, before 8.0.
  ["signal.depth", "kibana.alert.depth"],
  ["signal.original_time", "kibana.alert.original_time"],
  ["signal.reason", "kibana.alert.reason"],
  ["signal.rule.id", "kibana.alert.rule.uuid"],
  ["signal.rule.risk_score", "kibana.alert.risk_score"],
  ["signal.rule.severity", "kibana.alert.severity"],
  ["signal.status", "kibana.alert.workflow_status"],
  // Winlogbeat before 7.0.
  ["beat.hostname", "agent.name"],
  ["computer_name", "winlog.computer_name"],
  ["event_id", "winlog.event_id"],
  ["log_name", "winlog.channel"],
  ["record_number", "winlog.record_id"],
  ["source_name", "winlog.provider_name"],
  // Sysmon and the Windows event log.
  ["CommandLine", "process.command_line"],
  ["Computer", "host.name"],
  ["CurrentDirectory", "process.working_directory"],
  ["DestinationIp", "destination.ip"],
  ["DestinationPort", "destination.port"],
  ["EventID", "event.code"],
  ["Image", "process.executable"],
  ["ImageLoaded", "dll.path"],
  ["NewProcessName", "process.executable"],
  ["OriginalFileName", "process.pe.original_file_name"],
  ["ParentCommandLine", "process.parent.command_line"],
  ["ParentImage", "process.parent.executable"],
  ["ProcessId", "process.pid"],
  ["QueryName", "dns.question.name"],
  ["SourceIp", "source.ip"],
  ["SourcePort", "source.port"],
  ["TargetFilename", "file.path"],
  ["TargetObject", "registry.path"],
]);

/** Whole objects that moved. */
const PREFIXES: readonly (readonly [string, string])[] = [
  ["event_data.", "winlog.event_data."],
  ["signal.original_event.", "kibana.alert.original_event."],
  ["signal.rule.", "kibana.alert.rule."],
];

export function otherName(name: string): string | undefined {
  const [old, current] = PREFIXES.find(([prefix]) => name.startsWith(prefix)) ?? ["", ""];
  return NAMES.get(name) ?? (old === "" ? undefined : current + name.slice(old.length));
}
