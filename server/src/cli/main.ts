/** The command line: arguments in, exit code out. */
import path from "node:path";
import { Command, CommanderError, Option } from "commander";
import { VERSION } from "../version.ts";
import { type CheckOptions, checkCommand } from "./commands/check.ts";
import { explainCommand } from "./commands/explain.ts";
import { lspCommand } from "./commands/lsp.ts";
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
