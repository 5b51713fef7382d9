/** Begins rules, and brings in those that were written elsewhere. A file that is there already is never replaced. */
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { text as textOf } from "node:stream/consumers";
import { type Command } from "commander";
import { createRule, type NewRuleFile } from "../../core/author/createRule.ts";
import { DATA_SOURCES } from "../../core/author/dataSources.ts";
import { importRules } from "../../core/author/importRules.ts";
import { NEW_RULE_KINDS } from "../../core/author/newRule.ts";
import { type AttackCatalog } from "../../core/knowledge/attack.ts";
import { createFile } from "../../host/wholeFile.ts";
import { loadKnowledge } from "../../host/knowledge.ts";
import { newId } from "../../host/newId.ts";
import { nodeHost } from "../../host/node.ts";
import { today } from "../../host/today.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { type Terminal } from "../terminal.ts";

export interface NewOptions {
  readonly type: string;
  readonly dataSource: string;
  readonly name: string;
  readonly author: string;
  readonly tactic?: string;
  readonly technique?: string;
  readonly output?: string;
}

export interface ImportOptions {
  readonly output?: string;
}

export function addAuthorCommands(program: Command, terminal: Terminal, packageRoot: string): void {
  program
    .command("new")
    .description("begin a rule that is valid from the first moment; printed, or written into a folder")
    .requiredOption("--name <name>", "its name")
    .option("--type <type>", NEW_RULE_KINDS.map(({ kind }) => kind).join(", "), "eql")
    .option("--data-source <id>", DATA_SOURCES.map(({ id }) => id).join(", "), "endpoint-windows")
    .option("--technique <id>", "of ATT&CK, such as T1059.001")
    .option("--tactic <id>", "such as TA0002; default: the first of the technique's")
    .option("--author <name>", "who writes it", "Unknown")
    .option("--output <folder>", "where the file is written; it is named after tactic and rule")
    .action(async (options: NewOptions) => {
      process.exitCode = await newCommand(options, terminal, packageRoot);
    });
  program
    .command("import")
    .description("write rules of Kibana (exports, answers of its API) or Sigma (YAML, JSON) as TOML")
    .argument("<file>", "the rules, or - for standard input")
    .option("--output <folder>", "where the files are written; default: they are printed")
    .action(async (file: string, options: ImportOptions) => {
      process.exitCode = await importCommand(file, options, terminal, packageRoot);
    });
}

async function newCommand(options: NewOptions, terminal: Terminal, packageRoot: string): Promise<ExitCode> {
  const { type, dataSource, name, author, tactic, technique, output } = options;
  const order = { kind: type, source: dataSource, name, author, tactic, technique };
  const created = createRule(order, await attackIn(packageRoot), world());
  if (!created.ok) throw new UsageError(created.error);
  return (await put([created.value], output, terminal)) ? EXIT.clean : EXIT.problems;
}

async function importCommand(
  file: string,
  { output }: ImportOptions,
  terminal: Terminal,
  packageRoot: string,
): Promise<ExitCode> {
  const text = file === "-" ? await textOf(process.stdin) : await readText(file, terminal);
  const { rules, problems } = importRules(text, await attackIn(packageRoot), world());
  for (const problem of problems) terminal.error(`${problem}\n`);
  for (const { fileName, leftOut } of rules)
    for (const one of leftOut) terminal.error(`${fileName}: left out ${one}\n`);
  const isWritten = await put(rules, output, terminal);
  return isWritten && problems.length === 0 ? EXIT.clean : EXIT.problems;
}

async function attackIn(packageRoot: string): Promise<AttackCatalog | undefined> {
  return (await loadKnowledge(nodeHost(packageRoot))).attack;
}

function world(): Parameters<typeof importRules>[2] {
  return { today: today(new Date()), freshId: newId };
}

async function readText(file: string, { cwd }: Terminal): Promise<string> {
  try {
    return await readFile(path.resolve(cwd, file), "utf8");
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** False if one of the files is there already. */
async function put(
  files: readonly NewRuleFile[],
  output: string | undefined,
  terminal: Terminal,
): Promise<boolean> {
  if (output === undefined) {
    for (const { text } of files) terminal.print(text);
    return true;
  }
  const folder = path.resolve(terminal.cwd, output);
  await mkdir(folder, { recursive: true });
  let isAllWritten = true;
  for (const { fileName, text } of files) {
    if (await createFile(path.join(folder, fileName), text))
      terminal.print(`${path.join(output, fileName)}\n`);
    else {
      terminal.error(`${path.join(output, fileName)} is there already\n`);
      isAllWritten = false;
    }
  }
  return isAllWritten;
}
