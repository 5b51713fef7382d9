import { readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import { corpusRules, rulesFolder } from "../support/corpus.ts";
import { root } from "../support/fixture.ts";
import { type Random } from "../support/random.ts";

/** Rules to break: public ones where a checkout is at hand, with our own samples always among them. */
export function rulesToBreak(count: number, random: Random): readonly string[] {
  const own = globSync(["rules/**/*.toml"], { cwd: root }).map((file) =>
    readFileSync(path.join(root, file), "utf8"),
  );
  const folder = rulesFolder();
  const others = folder === undefined ? own : corpusRules(folder).map(({ text }) => text);
  const chosen = [...own];
  while (chosen.length < count && 0 < others.length) chosen.push(others[random.below(others.length)] ?? "");
  return chosen.slice(0, count);
}

const query = (text: string): string => `[rule]\ntype = "eql"\nlanguage = "eql"\nquery = '''\n${text}\n'''\n`;

const kql = (text: string): string =>
  `[rule]\ntype = "query"\nlanguage = "kuery"\nquery = '''\n${text}\n'''\n`;

/** Inputs that nobody writes and that arrive all the same. */
export const ODD_INPUTS: readonly (readonly [string, string])[] = [
  ["an empty file", ""],
  ["a byte order mark alone", "\uFEFF"],
  ["a line of 10 MB", `[rule]\nname = "${"x".repeat(10_000_000)}"\n`],
  ["a query of 10 MB on one line", query(`process where process.name == "${"x".repeat(10_000_000)}"`)],
  ["a query of 1 MB of words", query("process ".repeat(125_000))],
  ["a list of 100,000 values", query(`process where process.pid in (${"1, ".repeat(100_000)}1)`)],
  ["lone surrogates", query('process where process.name == "\uD800" and \uDC00')],
  [
    "CRLF line ends",
    query("process where\r\n  process.name ==\r\n  and procss.pid == 1").replaceAll("\n", "\r\n"),
  ],
  ["1,000 nested TOML brackets", `[rule]\ntags = ${"[".repeat(1000)}${"]".repeat(1000)}\n`],
  ["100,000 open TOML brackets", `[rule]\ntags = ${"[".repeat(100_000)}`],
  ["100,000 open inline tables", `[rule]\nmeta = ${"{a=".repeat(100_000)}`],
  ["1,000 nested parentheses", query(`process where ${"(".repeat(1000)}true${")".repeat(1000)}`)],
  ["10,000 open parentheses", query(`process where ${"(".repeat(10_000)}`)],
  ["10,000 times not", query(`process where ${"not ".repeat(10_000)}true`)],
  ["20,000 times not in KQL", kql(`${"not ".repeat(20_000)}host.name:a`)],
  ["20,000 words in KQL", kql("word ".repeat(20_000))],
  ["10,000 minus signs", query(`process where ${"-".repeat(10_000)}1 == 1`)],
  ["10,000 nested comments", query(`process where true ${"/*".repeat(10_000)}`)],
  ["10,000 open events", query(`sequence ${"[process where ".repeat(10_000)}`)],
  ["10,000 or clauses", query(`process where ${"process.pid == 1 or ".repeat(10_000)}true`)],
  ["10,000 nested calls", query(`process where ${"length(".repeat(10_000)}`)],
  ["control characters", query("process where \0\u0001\u007f")],
  ["10,000 headers", `[rule]\ntype = "eql"\n${"[[rule.threat]]\n".repeat(10_000)}`],
  ["a long dotted key", `[rule]\n${"a.".repeat(10_000)}b = 1\n`],
  ["10,000 keys", `[rule]\n${Array.from({ length: 10_000 }, (_, i) => `k${i} = 1\n`).join("")}`],
  ["10,000 allow comments", `[rule]\n${"# rulewright: allow rule/unknown-key\n".repeat(10_000)}name = "x"\n`],
  ["a TOML file that is no rule", "[tool.poetry]\nname = 'x'\n"],
  ["text that is no TOML", "PK\u0003\u0004 \u0000\u0000 binary"],
];
