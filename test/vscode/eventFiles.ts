/** Rules without tests, events for them, and where they stand in the folder. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Workspace } from "./workspace.ts";

export const FRESH = "rules/fresh/execution_fresh_shell.toml";
export const FRESH_NAME = "Fresh Shell of a Web Server";
export const CHAIN = "rules/fresh/execution_fresh_chain.toml";
export const CHAIN_NAME = "Fresh Shell and Connection";
export const GENERATED = "rules/fresh/execution_fresh_generated.toml";
export const KEYED = "rules/fresh/execution_fresh_by_keys.toml";
export const KEYED_NAME = "Fresh Shell by Keys";

const SHELL_QUERY = `process where host.os.type == "linux" and
  process.parent.name : ("nginx", "apache2") and
  process.name : "bash" and
  not process.args : "--version"`;

const CHAIN_QUERY = `sequence by host.id with maxspan=10s
  [process where process.name == "sh"]
  [network where destination.port == 4444]`;

function ruleText(name: string, idTail: string, query: string): string {
  return `[metadata]
creation_date = "2026/01/31"
maturity = "production"
updated_date = "2026/01/31"

[rule]
author = ["Jo"]
description = "A shell that only tests know."
from = "now-9m"
index = ["logs-endpoint.events.*"]
language = "eql"
license = "Elastic License v2"
name = "${name}"
query = '''
${query}
'''
risk_score = 47
rule_id = "5f6d6a2c-0c39-4f4e-9b4f-0d1a5c1c${idTail}"
severity = "medium"
timestamp_override = "event.ingested"
type = "eql"
`;
}

/** A hit as a search gives it: its shell is one that the query of the fresh rule does not name. */
export const HIT = JSON.stringify({
  _index: "logs-endpoint.events.process-default",
  _source: {
    "@timestamp": "2026-01-01T00:00:00.000Z",
    event: { category: ["process"] },
    host: { id: "h1", name: "web-1", os: { type: "linux" } },
    process: { name: "dash", args: ["dash", "-i"], parent: { name: "nginx" } },
  },
});

/** The second step comes five seconds after the time that the rule gives it. */
const LATE_CHAIN = [
  {
    "@timestamp": "2026-01-01T00:00:00.000Z",
    event: { category: ["process"] },
    host: { id: "h1" },
    process: { name: "sh" },
  },
  {
    "@timestamp": "2026-01-01T00:00:15.000Z",
    event: { category: ["network"] },
    host: { id: "h1" },
    destination: { port: 4444 },
  },
];

export function writeFresh(workspace: Workspace): void {
  const files = {
    [FRESH]: ruleText(FRESH_NAME, "6a01", SHELL_QUERY),
    [CHAIN]: ruleText(CHAIN_NAME, "6a02", CHAIN_QUERY),
    [KEYED]: ruleText(KEYED_NAME, "6a03", SHELL_QUERY.replace("apache2", "httpd")),
    [GENERATED]: ruleText("Fresh Shell That Is Generated", "6a04", SHELL_QUERY.replace("nginx", "caddy")),
    [testsOf(CHAIN, "nomatch")]: LATE_CHAIN.map((event) => `${JSON.stringify(event)}\n`).join(""),
  };
  for (const [path, text] of Object.entries(files)) {
    const file = join(workspace.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

export function testsOf(rule: string, kind: string): string {
  return rule.replace(/([^/]+)\.toml$/, `_tests/$1.${kind}.ndjson`);
}
