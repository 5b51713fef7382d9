/** The command line: arguments in, exit code out. */
import path from "node:path";
import { Command, CommanderError, Option } from "commander";
import { VERSION } from "../version.ts";
import { addAuthorCommands } from "./commands/author.ts";
import { addViewCommands } from "./commands/views.ts";
import { type CheckOptions, checkCommand } from "./commands/check.ts";
import { explainCommand } from "./commands/explain.ts";
import { type FormatOptions, formatCommand } from "./commands/format.ts";
import { type KnowledgeOptions, knowledgeCommand } from "./commands/knowledge.ts";
import { type UpdateOptions, knowledgeUpdateCommand } from "./commands/knowledgeUpdate.ts";
import { lspCommand } from "./commands/lsp.ts";
import { queryCommand } from "./commands/query.ts";
import {
  DEFAULT_API_URL,
  DEFAULT_FILES_URL,
  DEFAULT_REFERENCE,
  DEFAULT_REGISTRY_URL,
} from "../host/update/defaults.ts";
import { type WhoFiresOptions, whoFiresCommand } from "./commands/events.ts";
import { type TestOptions, testCommand } from "./commands/test.ts";
import { EXIT, UsageError } from "./exit.ts";
import { type QueryOptions } from "./query/given.ts";
import { processTerminal } from "./terminal.ts";

const packageRoot = path.resolve(__dirname, "..");
const terminal = processTerminal();

const program = new Command("rulewright")
  .description("Checks Elastic Security detection rules: TOML, EQL, KQL and ES|QL. Offline, no telemetry.")
  .version(VERSION)
  .exitOverride()
  .showHelpAfterError("(rulewright --help shows what there is)");

program
  .command("check")
  .description("check rules; exit code 1 if there are errors")
  .argument("[path...]", "files, folders or patterns; default: the current folder")
  .addOption(
    new Option("--format <format>", "form of the report").choices(["human", "json"]).default("human"),
  )
  .addOption(
    new Option("--fail-on <severity>", "what makes the exit code 1")
      .choices(["error", "warning"])
      .default("error"),
  )
  .addOption(
    new Option("--profile <profile>", "whose checks apply: those of Elastic's own CI, or of one's own rules")
      .choices(["auto", "elastic", "custom"])
      .default("auto"),
  )
  .option("--changed-since <revision>", "only files that differ from where the work left this revision")
  .option("--fix", "apply all safe fixes, in place, and tell what is left")
  .option("--write-baseline", "accept all problems there are: rulewright-baseline.json, read from then on")
  .option("--no-cache", "judge all files, those too where nothing has changed since an earlier run")
  .action(async (paths: string[], options: CheckOptions) => {
    process.exitCode = await checkCommand(paths, options, terminal, packageRoot);
  });

program
  .command("explain")
  .description("say what a check reports and why; without an id, list all checks")
  .argument("[check]", "id of a check, such as query/unknown-field")
  .action((id: string | undefined) => {
    process.exitCode = explainCommand(id, terminal);
  });

program
  .command("format")
  .description("lay out rules, in place; rules with errors are left alone, with exit code 1")
  .argument("[path...]", "files, folders or patterns, or - for standard input; default: the current folder")
  .option("--queries", "lay out EQL and KQL queries too")
  .option("--check", "write nothing; exit code 1 if a rule would change")
  .option("--diff", "write nothing, and show what would change; exit code 1 if a rule would")
  .option("--width <columns>", "how long lists and lines of queries may be; default: 100")
  .option("--stdin-filename <path>", "where the text of standard input stands, for its rulewright.toml")
  .action(async (paths: string[], options: FormatOptions) => {
    process.exitCode = await formatCommand(paths, options, terminal, packageRoot);
  });

program
  .command("query")
  .description("run a query on events: NDJSON in a file (.gz too) or on standard input")
  .argument("<query>", "the query's text")
  .option("--language <language>", "eql or kuery (KQL)", "eql")
  .option("--events <file>", "the events; default: standard input")
  .option("--timestamp-field <field>", "the time of an event; default: @timestamp")
  .option("--event-category-field <field>", "its category; default: event.category")
  .option("--tiebreaker-field <field>", "what orders events of the same time; default: their lines")
  .option("--size <count>", "how many results are kept; default: 10, as in Elasticsearch")
  .addOption(
    new Option("--result-position <end>", "which results are kept where there are more")
      .choices(["head", "tail"])
      .default("tail"),
  )
  .option("--max-samples-per-key <count>", "how many samples one key may give; default: 1")
  .option("--explain <line>", "say why the event on this line matches or not; of a sequence, how far it came")
  .option("--mapping <file>", "types of fields, as JSON: name to type, or an Elasticsearch mapping")
  .option("--now <time>", "what `now` stands for in KQL; default: the present moment")
  .addOption(
    new Option(
      "--emit <form>",
      "print a KQL query as Kibana sends it to Elasticsearch, and run nothing",
    ).choices(["dsl"]),
  )
  .addOption(
    new Option("--format <format>", "form of the report").choices(["human", "json"]).default("human"),
  )
  .action(async (text: string, options: QueryOptions) => {
    process.exitCode = await queryCommand(text, options, terminal);
  });

program
  .command("test")
  .description("run the sample events beside rules; exit code 1 if a case fails or cannot be read")
  .argument("[path...]", "files, folders or patterns; default: the current folder")
  .addOption(
    new Option("--format <format>", "form of the report")
      .choices(["human", "json", "junit"])
      .default("human"),
  )
  .option("--explain", "say of each case that fails which clause decided it, and on what value")
  .option("--untested", "name the rules that have no test")
  .option("--mutate", "change the query clause by clause, and say which changes no test notices")
  .option("--watch", "run again whenever a rule or a test changes")
  .option("--roots <folder...>", "folders that repeat the folders of the rules, with tests in them")
  .action(async (paths: string[], options: TestOptions) => {
    process.exitCode = await testCommand(paths, options, terminal, packageRoot);
  });

program
  .command("events")
  .description("look at sample events")
  .command("who-fires")
  .description("say which rules alert on the events of a file")
  .argument("<file>", "sample events in any shape that Kibana or Elasticsearch gives; .gz too")
  .option("--rules <path...>", "files, folders or patterns; default: the current folder", [])
  .addOption(
    new Option("--format <format>", "form of the report").choices(["human", "json"]).default("human"),
  )
  .action(async (file: string, options: WhoFiresOptions) => {
    process.exitCode = await whoFiresCommand(file, options, terminal, packageRoot);
  });

const knowledge = program
  .command("knowledge")
  .description("show which fields and techniques are known, and from where")
  .argument("[folder]", "of rules; default: the current folder")
  .addOption(
    new Option("--format <format>", "form of the report").choices(["human", "json"]).default("human"),
  )
  .action(async (folder: string | undefined, options: KnowledgeOptions) => {
    process.exitCode = await knowledgeCommand(folder, options, terminal, packageRoot);
  });

knowledge
  .command("update")
  .description("fetch schemas and ATT&CK for rules that stand in no checkout; nothing else goes to a network")
  .option(
    "--from <path>",
    "a checkout, its detection_rules/etc, or an archive of either, instead of a repository",
  )
  .option("--api-url <url>", "a repository in an API of GitHub's shape", DEFAULT_API_URL)
  .option("--files-url <url>", "where files stand as <commit>/<path>; empty: in the API", DEFAULT_FILES_URL)
  .option(
    "--registry-url <url>",
    "packages that are newer than the repository; empty: none",
    DEFAULT_REGISTRY_URL,
  )
  .option("--reference <name>", "branch, tag or commit", DEFAULT_REFERENCE)
  .action(async (options: UpdateOptions) => {
    process.exitCode = await knowledgeUpdateCommand(options, terminal, packageRoot);
  });

addAuthorCommands(program, terminal, packageRoot);
addViewCommands(program, terminal, packageRoot);

program
  .command("lsp")
  .description("serve the Language Server Protocol")
  .requiredOption("--stdio", "on standard input and output")
  .action(() => lspCommand(packageRoot));

// A reader such as `head` may close the pipe before we are done.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    if (stream === process.stdout)
      terminal.error(`rulewright: the report cannot be written: ${error.message}\n`);
    process.exit(EXIT.internal);
  });
}
process.on("uncaughtException", (error) => {
  terminal.error(internalError(error));
  process.exit(EXIT.internal);
});

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  } else if (error instanceof UsageError) {
    terminal.error(`rulewright: ${error.message}\n`);
    process.exitCode = EXIT.usage;
  } else {
    terminal.error(internalError(error));
    process.exitCode = EXIT.internal;
  }
});

function internalError(error: unknown): string {
  return `rulewright: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}
