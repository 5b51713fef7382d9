/** How many events a second a sequence of three steps with two keys takes, from documents in memory to its results. */
import { type EventRecord, type JsonObject } from "../../server/src/core/engine/event.ts";
import { type Random, seededRandom } from "../support/random.ts";
import { type Rate, rateOf } from "./rate.ts";

const QUERY = `sequence by host.id, process.entity_id with maxspan=5m
  [process where event.type == "start" and process.name : ("powershell.exe", "pwsh.exe", "cmd.exe")]
  [network where destination.port in (80, 443) and not destination.ip == "10.0.0.1"]
  [file where event.type == "creation" and file.extension : ("exe", "dll", "ps1")]`;

const EVENTS = 100_000;

export function eqlSequenceRate(): Rate {
  const name = "EQL sequence of three steps with two keys";
  return rateOf({ name, query: QUERY, target: 400_000 }, syntheticEvents(EVENTS));
}

const NAMES = ["powershell.exe", "cmd.exe", "svchost.exe", "chrome.exe", "explorer.exe"] as const;
const START = Date.UTC(2024, 4, 31);

/** Of 40 hosts, a fiftieth of a second apart. */
function syntheticEvents(count: number): readonly EventRecord[] {
  const random = seededRandom(7);
  return Array.from({ length: count }, (_event, i) => ({ document: syntheticEvent(i, random), line: i + 1 }));
}

function syntheticEvent(i: number, random: Random): JsonObject {
  const host = random.below(40);
  const process = random.below(60);
  const name = NAMES[process % NAMES.length] ?? NAMES[0];
  return {
    "@timestamp": new Date(START + i * 20).toISOString(),
    agent: { id: `agent-${host}`, type: "endpoint", version: "8.14.0" },
    host: { id: `host-${host}`, name: `WS-${host}`, os: { type: "windows", family: "windows" } },
    user: { id: "S-1-5-21-1", name: "someone", domain: "CORP" },
    process: {
      entity_id: `${host}-${process}`,
      pid: 1000 + process * 4,
      name,
      executable: `C:\\Windows\\${name}`,
    },
    ...random.pick<() => JsonObject>([
      () => ({ event: { category: ["process"], type: ["start"], action: "start" } }),
      () => ({
        event: { category: ["network"], type: ["start"], action: "connection_attempted" },
        destination: { ip: `10.0.0.${random.below(250)}`, port: random.pick([80, 443, 53, 8080]) },
      }),
      () => ({
        event: { category: ["file"], type: [random.pick(["creation", "change"])], action: "creation" },
        file: { path: `C:\\Users\\someone\\file${i}`, extension: random.pick(["exe", "txt", "log"]) },
      }),
    ])(),
  };
}
