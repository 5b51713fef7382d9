/** How many events a second queries for single events take, over documents of processes in memory. */
import { type EventRecord, type JsonObject } from "../../server/src/core/engine/event.ts";
import { type Random, seededRandom } from "../support/random.ts";
import { type Measured, type Rate, rateOf } from "./rate.ts";

const EVENTS = 100_000;

const names = Array.from({ length: 100 }, (_name, i) => `tool-${i * 7}.exe`);
const literals = (some: readonly string[]): string => some.map((text) => JSON.stringify(text)).join(", ");

const MEASURED: readonly Measured[] = [
  {
    name: "EQL rule for single events",
    query: `process where host.os.type == "windows" and event.type == "start" and
      process.name : ("powershell.exe", "pwsh.exe", "powershell_ise.exe") and
      process.args : ("-enc*", "-e", "*FromBase64String*") and
      not process.parent.name : ("explorer.exe", "svchost.exe") and not user.id == "S-1-5-18"`,
    target: 1_000_000,
  },
  {
    name: "EQL rule with a list of 100 literals",
    query: `process where event.type == "start" and process.name : (${literals(names)}) and process.pid > 4`,
    target: 1_000_000,
  },
  {
    name: "EQL rule with a list of 100 wildcard patterns",
    query: `process where event.type == "start" and process.executable :
      (${literals(names.map((name, i) => (i % 2 === 0 ? `*\\${name}` : `C:\\tools\\${i}\\*`)))})`,
    target: 0,
  },
  {
    name: "EQL rule with a list of 10,000 literals",
    query: `process where process.executable in~
      (${literals(Array.from({ length: 10_000 }, (_name, i) => `C:\\tools\\tool-${i}.exe`))})`,
    target: 0,
  },
  {
    name: "EQL rule with functions and a regular expression",
    query: `process where event.type == "start" and length(process.command_line) > 20 and
      stringContains~(process.command_line, "-nop") and
      process.command_line regex~ """.*\\s-e(nc|ncodedcommand)?\\s+[a-z0-9+/=]{4,}.*"""`,
    target: 0,
  },
  {
    name: "EQL rule with blocks of addresses",
    query: `network where destination.ip != null and not cidrMatch(destination.ip, "10.0.0.0/8", "127.0.0.0/8",
      "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "::1", "fe80::/10", "ff00::/8")`,
    target: 0,
  },
];

export function eqlEventRates(): readonly Rate[] {
  const events = syntheticProcesses(EVENTS);
  return MEASURED.map((measured) => rateOf(measured, events));
}

const NAMES = [
  "powershell.exe",
  "cmd.exe",
  "svchost.exe",
  "Tool-77.exe",
  "chrome.exe",
  "explorer.exe",
  "MsMpEng.exe",
  "rundll32.exe",
] as const;
const START = Date.UTC(2024, 4, 31);

export function syntheticProcesses(count: number): readonly EventRecord[] {
  const random = seededRandom(11);
  return Array.from({ length: count }, (_event, i) => ({
    document: syntheticProcess(i, random),
    line: i + 1,
  }));
}

/** Read from text, as events of a file are. */
function syntheticProcess(i: number, random: Random): JsonObject {
  const name = random.pick(NAMES);
  const parent = random.pick(NAMES);
  const executable = `C:\\Windows\\System32\\${name}`;
  const args = random.pick([
    ["-nop", "-enc", "aQBlAHgA"],
    ["/c", "dir"],
    ["-k", "netsvcs"],
    ["--type=renderer"],
  ]);
  const event = {
    "@timestamp": new Date(START + i * 20).toISOString(),
    agent: { id: `agent-${i % 40}`, type: "endpoint", version: "8.14.0" },
    ecs: { version: "8.11.0" },
    event: {
      category: [random.below(8) === 0 ? "network" : "process"],
      type: [random.below(4) === 0 ? "end" : "start"],
      kind: "event",
      code: String(i),
    },
    host: { id: `host-${i % 40}`, name: `WS-${i % 40}`, os: { type: "windows", family: "windows" } },
    user: { id: random.below(3) === 0 ? "S-1-5-18" : "S-1-5-21-1", name: "someone", domain: "CORP" },
    destination: { ip: random.below(4) === 0 ? `8.8.${i % 256}.8` : `10.0.${i % 256}.8`, port: 443 },
    process: {
      entity_id: `${i}`,
      pid: random.below(30_000),
      name,
      executable,
      args: [executable, ...args],
      args_count: args.length + 1,
      command_line: `${executable} ${args.join(" ")}`,
      parent: { pid: random.below(30_000), name: parent, executable: `C:\\Windows\\System32\\${parent}` },
      hash: { sha256: `${i}`.padStart(64, "0") },
    },
  };
  return JSON.parse(JSON.stringify(event)) as JsonObject; // Written just before.
}
