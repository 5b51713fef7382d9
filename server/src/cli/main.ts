/** The command line: arguments in, exit code out. */
import path from "node:path";
import { Command, CommanderError, Option } from "commander";
import { VERSION } from "../version.ts";
import { type CheckOptions, checkCommand } from "./commands/check.ts";
import { explainCommand } from "./commands/explain.ts";
import { type FormatOptions, formatCommand } from "./commands/format.ts";
import { lspCommand } from "./commands/lsp.ts";
import { type QueryOptions, queryCommand } from "./commands/query.ts";
import { EXIT, UsageError } from "./exit.ts";
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
  .description("lay out the EQL queries of rules, in place; rules with errors are left alone")
  .argument("[path...]", "files, folders or patterns; default: the current folder")
  .option("--queries", "format queries, which is all that can be formatted yet")
  .option("--check", "write nothing; exit code 1 if a query would change")
  .option("--width <columns>", "the column that lines should not pass", "100")
  .action(async (paths: string[], options: FormatOptions) => {
    process.exitCode = await formatCommand(paths, options, terminal, packageRoot);
  });

program
  .command("query")
  .description("run a query on events: NDJSON in a file (.gz too) or on standard input")
  .argument("<query>", "the query's text")
  .option("--language <language>", "eql", "eql")
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
  .addOption(
    new Option("--format <format>", "form of the report").choices(["human", "json"]).default("human"),
  )
  .action(async (text: string, options: QueryOptions) => {
    process.exitCode = await queryCommand(text, options, terminal);
  });

program
  .command("lsp")
  .description("serve the Language Server Protocol")
  .requiredOption("--stdio", "on standard input and output")
  .action(() => lspCommand(packageRoot));

// A reader such as `head` may close the pipe before we are done.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  } else if (error instanceof UsageError) {
    terminal.error(`rulewright: ${error.message}\n`);
    process.exitCode = EXIT.usage;
  } else {
    terminal.error(
      `rulewright: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = EXIT.internal;
  }
});
