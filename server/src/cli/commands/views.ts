/** Declares the commands that show rules in another form. */
import { type Command, Option } from "commander";
import { type Terminal } from "../terminal.ts";
import { type CoverageOptions, coverageCommand } from "./coverage.ts";
import { type DiffOptions, diffCommand } from "./diff.ts";
import { type ExportOptions, exportCommand } from "./export.ts";

const PATHS = "files, folders or patterns; default: the current folder";

export function addViewCommands(program: Command, terminal: Terminal, packageRoot: string): void {
  program
    .command("export")
    .description("print rules as Kibana receives them: NDJSON, one rule a line")
    .argument("[path...]", PATHS)
    .option("--output <file>", "write it there, whole or not at all, instead of printing it")
    .action(async (paths: string[], options: ExportOptions) => {
      process.exitCode = await exportCommand(paths, options, terminal, packageRoot);
    });
  program
    .command("coverage")
    .description("tell which tactics and techniques of ATT&CK the rules cover")
    .argument("[path...]", PATHS)
    .addOption(
      new Option("--format <format>", "form of the report; navigator is a layer of MITRE's Navigator")
        .choices(["table", "json", "navigator", "svg"])
        .default("table"),
    )
    .action(async (paths: string[], options: CoverageOptions) => {
      process.exitCode = await coverageCommand(paths, options, terminal, packageRoot);
    });
  program
    .command("diff")
    .description("tell what rules mean otherwise than in a commit; exit code 1 if any does")
    .argument("[path...]", PATHS)
    .option("--rev <revision>", "the commit, branch or tag", "HEAD")
    .action(async (paths: string[], options: DiffOptions) => {
      process.exitCode = await diffCommand(paths, options, terminal);
    });
}
