import { type Check } from "../../core/checks/check.ts";
import { commentSign } from "../../core/checks/commentSign.ts";
import { CHECKS } from "../../core/checks/registry.generated.ts";
import { unknownCheck } from "../../core/analysis/config.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { type Terminal } from "../terminal.ts";

/** Prints what a check reports and why; without an id, the list of checks. */
export function explainCommand(id: string | undefined, terminal: Terminal): ExitCode {
  if (id === undefined) {
    const width = Math.max(...CHECKS.map((check) => check.id.length));
    terminal.print(
      CHECKS.map(
        (check) => `${check.id.padEnd(width)}  ${check.severity.padEnd(7)}  ${check.summary}\n`,
      ).join(""),
    );
    return EXIT.clean;
  }
  const check = CHECKS.find((one) => one.id === id);
  if (check === undefined)
    throw new UsageError(
      unknownCheck(
        id,
        CHECKS.map((one) => one.id),
      ),
    );
  terminal.print(explanation(check));
  return EXIT.clean;
}

function explanation(check: Check): string {
  const custom = check.customSeverity === undefined ? "" : ` (${check.customSeverity} in the profile custom)`;
  const parts = [
    `${check.id}: ${check.severity}${custom}, since ${check.since}`,
    check.summary,
    check.why,
    ...(check.bad === "" ? [] : [`Reported:\n${indented(check.bad)}`, `Fine:\n${indented(check.good)}`]),
    `To allow it in one place, on the line above:\n${indented(`${commentSign(check)} rulewright: allow ${check.id} -- reason`)}`,
    `To change it for a project, in rulewright.toml:\n${indented(`[checks]\n"${check.id}" = "off"`)}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`))
    .join("\n");
}
