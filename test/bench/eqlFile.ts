/** A file of events of 1 GB through an event query of the command line. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCommand } from "./command.ts";

export interface FileRate {
  readonly megabytesPerSecond: number;
  readonly peakMegabytes: number;
  readonly megabytes: number;
}

const MEGABYTES = 1000;

export function eqlFileRate(): FileRate {
  const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
  try {
    const file = path.join(folder, "events.ndjson");
    const bytes = writeEvents(file, MEGABYTES * 1_000_000);
    const query = 'process where process.name : "powershell.exe" and process.args : "-enc*"';
    const run = runCommand(["query", "--events", file, query], { cwd: folder });
    if (!run.out.includes("10 matching events")) throw new Error(`the query failed: ${run.out}`);
    return {
      megabytesPerSecond: bytes / 1_000 / run.milliseconds,
      peakMegabytes: run.peakMegabytes,
      megabytes: bytes / 1_000_000,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeEvents(file: string, atLeast: number): number {
  const chunk = Buffer.from(
    Array.from({ length: 1000 }, (_, i) => `${JSON.stringify(eventOf(i))}\n`).join(""),
  );
  const handle = openSync(file, "w");
  let written = 0;
  while (written < atLeast) written += writeSync(handle, chunk);
  closeSync(handle);
  return written;
}

function eventOf(i: number): object {
  const name = i % 50 === 0 ? "powershell.exe" : `tool-${i % 97}.exe`;
  return {
    "@timestamp": new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString(),
    event: { category: ["process"], type: ["start"], action: "start", dataset: "endpoint.events.process" },
    host: { id: `host-${i % 40}`, name: `ws-${i % 40}`, os: { type: "windows" } },
    process: {
      pid: 1000 + i,
      name,
      executable: `C:\\Program Files\\Tools\\${name}`,
      args: [name, i % 100 === 0 ? "-encodedcommand" : "-v", `--run=${i}`],
      parent: { name: "explorer.exe", pid: 900 },
    },
    user: { id: `S-1-5-21-${i % 40}`, name: `user-${i % 40}` },
  };
}
