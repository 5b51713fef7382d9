/** Values that fields have on real systems: where a query leaves a value open, it is taken from here. */

export type System = "windows" | "linux" | "macos";

type Sample = string | number | boolean | readonly string[];
type BySystem = Readonly<Record<System, Sample>>;

function on(windows: Sample, linux: Sample, macos: Sample): BySystem {
  return { windows, linux, macos };
}

function everywhere(sample: Sample): BySystem {
  return { windows: sample, linux: sample, macos: sample };
}

const FILES = on(
  "C:\\Users\\jdoe\\Documents\\report.docx",
  "/home/jdoe/report.txt",
  "/Users/jdoe/report.txt",
);

/** By full name, or by what a name ends with after a `*`. */
const SAMPLES: readonly (readonly [name: string, sample: BySystem])[] = [
  ["host.os.type", on("windows", "linux", "macos")],
  ["host.os.family", on("windows", "debian", "darwin")],
  ["host.os.platform", on("windows", "ubuntu", "darwin")],
  ["host.name", on("ws-0147", "srv-web-02", "mac-0031")],
  ["host.id", everywhere("5c1f8a0e-6b3d-4a57-9d0e-2f4b7c913a68")],
  ["host.ip", everywhere("10.20.30.41")],
  ["agent.id", everywhere("0d4b1e5a-93c7-4f0a-8f35-6c2a71d9e4b0")],
  ["agent.type", everywhere("endpoint")],
  ["user.name", on("jdoe", "jdoe", "jdoe")],
  ["user.domain", on("CORP", "srv-web-02", "mac-0031")],
  ["user.id", on("S-1-5-21-1000000001-1000000002-1000000003-1104", "1000", "501")],
  ["user.email", everywhere("jdoe@example.com")],
  ["group.id", on("S-1-5-32-545", "1000", "20")],
  ["process.parent.name", on("explorer.exe", "bash", "zsh")],
  ["process.parent.executable", on("C:\\Windows\\explorer.exe", "/usr/bin/bash", "/bin/zsh")],
  ["process.parent.command_line", on("C:\\Windows\\explorer.exe", "-bash", "-zsh")],
  ["process.parent.args", on("C:\\Windows\\explorer.exe", "-bash", "-zsh")],
  ["process.name", on("notepad.exe", "less", "TextEdit")],
  ["process.executable", on("C:\\Windows\\System32\\notepad.exe", "/usr/bin/less", "/Applications/TextEdit")],
  ["process.command_line", on("notepad.exe report.txt", "less report.txt", "TextEdit report.txt")],
  ["process.args", on("notepad.exe", "less", "TextEdit")],
  ["process.working_directory", on("C:\\Users\\jdoe", "/home/jdoe", "/Users/jdoe")],
  ["*pe.original_file_name", everywhere("notepad.exe")],
  ["*code_signature.subject_name", on("Microsoft Windows", "Canonical Ltd.", "Software Signing")],
  ["*code_signature.trusted", everywhere(true)],
  ["*code_signature.exists", everywhere(true)],
  ["*code_signature.status", everywhere("trusted")],
  ["*code_signature.signing_id", everywhere("com.apple.TextEdit")],
  ["*code_signature.team_id", everywhere("ABCDE12345")],
  ["*integrity_level_name", everywhere("medium")],
  ["*entity_id", everywhere("NWMxZjhhMGUtNDI0Mi0xNzY3MjI1NjAw")],
  ["process.parent.pid", everywhere(3120)],
  ["*.pid", everywhere(4242)],
  ["*.ppid", everywhere(3120)],
  ["*.tid", everywhere(4244)],
  ["*hash.sha256", everywhere("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")],
  ["*hash.sha1", everywhere("a94a8fe5ccb19ba61c4c0873d391e987982fbbd3")],
  ["*hash.md5", everywhere("098f6bcd4621d373cade4e832627b4f6")],
  ["dll.name", everywhere("version.dll")],
  ["dll.path", everywhere("C:\\Windows\\System32\\version.dll")],
  ["file.name", on("report.docx", "report.txt", "report.txt")],
  ["file.path", FILES],
  ["file.directory", on("C:\\Users\\jdoe\\Documents", "/home/jdoe", "/Users/jdoe")],
  ["file.extension", on("docx", "txt", "txt")],
  ["*.extension", on("docx", "txt", "txt")],
  ["*.path", FILES],
  ["*executable", on("C:\\Windows\\System32\\notepad.exe", "/usr/bin/less", "/Applications/TextEdit")],
  ["file.size", everywhere(20_480)],
  ["registry.path", everywhere("HKLM\\SOFTWARE\\Example\\Setting")],
  ["registry.key", everywhere("SOFTWARE\\Example")],
  ["registry.value", everywhere("Setting")],
  ["registry.data.strings", everywhere("1")],
  ["source.ip", everywhere("10.20.30.41")],
  ["destination.ip", everywhere("89.160.20.112")],
  ["client.ip", everywhere("10.20.30.41")],
  ["server.ip", everywhere("89.160.20.112")],
  ["*.nat.ip", everywhere("81.2.69.142")],
  ["*.ip", everywhere("89.160.20.112")],
  ["*.address", everywhere("89.160.20.112")],
  ["*.mac", everywhere("00-00-5E-00-53-23")],
  ["source.port", everywhere(49_812)],
  ["*.port", everywhere(443)],
  ["*.as.organization.name", everywhere("Example Networks")],
  ["*.as.number", everywhere(64_500)],
  ["*.geo.country_iso_code", everywhere("SE")],
  ["*.geo.country_name", everywhere("Sweden")],
  ["network.direction", everywhere("egress")],
  ["network.transport", everywhere("tcp")],
  ["network.type", everywhere("ipv4")],
  ["network.protocol", everywhere("tls")],
  ["*.bytes", everywhere(2048)],
  ["*.packets", everywhere(12)],
  ["dns.question.name", everywhere("www.example.com")],
  ["*.registered_domain", everywhere("example.com")],
  ["*.domain", everywhere("www.example.com")],
  ["url.original", everywhere("https://www.example.com/")],
  ["url.full", everywhere("https://www.example.com/")],
  ["user_agent.original", everywhere("Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0")],
  ["event.outcome", everywhere("success")],
  ["event.category", everywhere("host")],
  ["event.type", everywhere("info")],
  ["event.kind", everywhere("event")],
  ["event.action", everywhere("other")],
  ["event.code", everywhere("4624")],
  ["cloud.account.id", everywhere("123456789012")],
  ["*account_id", everywhere("123456789012")],
  ["cloud.region", everywhere("eu-north-1")],
  ["*.arn", everywhere("arn:aws:iam::123456789012:user/jdoe")],
  ["container.id", everywhere("3f4e8b1c5d2a")],
  ["container.name", everywhere("web-1")],
  ["*UserName", everywhere("jdoe")],
  ["*LogonId", everywhere("0x3e7a1")],
  ["*logon.id", everywhere("0x3e7a1")],
  ["winlog.computer_name", everywhere("ws-0147.corp.example.com")],
  ["*.user.name", everywhere("jdoe")],
  ["*.email", everywhere("jdoe@example.com")],
];

const BY_NAME = new Map(SAMPLES.filter(([name]) => !name.startsWith("*")));
const BY_ENDING = SAMPLES.flatMap(([name, sample]) =>
  name.startsWith("*") ? [[name.slice(1), sample] as const] : [],
);

/** Undefined where nothing is known of the field. */
export function sampleFor(field: string, system: System): Sample | undefined {
  const own = BY_NAME.get(field) ?? BY_ENDING.find(([ending]) => field.endsWith(ending))?.[1];
  return own?.[system];
}

/** What else stands in fields that take few values. */
const ALTERNATIVES: ReadonlyMap<string, readonly string[]> = new Map([
  ["host.os.type", ["windows", "linux", "macos"]],
  ["host.os.family", ["windows", "debian", "darwin"]],
  ["event.category", ["host", "process", "file", "network", "registry", "authentication"]],
  ["event.type", ["info", "start", "end", "change", "creation", "deletion", "access", "error"]],
  ["event.outcome", ["success", "failure", "unknown"]],
  ["event.kind", ["event", "alert", "metric", "state"]],
  ["network.transport", ["tcp", "udp", "icmp"]],
  ["network.direction", ["egress", "ingress", "internal", "external"]],
  ["network.protocol", ["tls", "dns", "http", "ssh"]],
]);

export function alternativesFor(field: string): readonly string[] {
  return ALTERNATIVES.get(field) ?? [];
}

/** Fields of which one event has several values. */
export function isListField(field: string): boolean {
  return /(?:^|\.)(?:args|tags|type|action|category|ip|mac|strings|parameters|groups?|resolved_ip|answers|roles?)$/.test(
    field,
  );
}

/** Fields that nearly every event of a category has, in this order. */
export function usualFields(category: string | undefined): readonly string[] {
  const process = ["process.name", "process.executable", "process.pid", "user.name"];
  switch (category) {
    case "process":
      return [...process, "process.command_line", "process.parent.name"];
    case "file":
      return [...process, "file.name", "file.path"];
    case "registry":
      return [...process, "registry.path"];
    case "network":
      return [...process, "source.ip", "destination.ip", "destination.port"];
    case "dns":
      return [...process, "dns.question.name"];
    case "library":
    case "driver":
      return [...process, "dll.name", "dll.path"];
    default:
      return ["user.name"];
  }
}

/** Words between the wildcards of a pattern, after what they stand beside. */
export function wordsFor(field: string, system: System): readonly string[] {
  if (/command_line|args|script_block|message|strings/i.test(field)) return [" ", " ", "x"];
  return system === "windows" ? ["jdoe", "data", "temp"] : ["jdoe", "data", "tmp"];
}
