/**
 * An old-style rule of 2022 that must work too: no error, and hovers on its ids, fields and EQL words. It stands in no
 * checkout: Elastic's CI of today would ask for other tags, which the notes show.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { CHECKS } from "../../server/src/core/checks/registry.generated.ts";
import { hoverAt } from "../../server/src/core/features/hover.ts";
import { CUSTOM, diagnose, docs, snapshot } from "../support/analyse.ts";
import { type ConformanceInput, type SuiteFailure, type SuiteOutcome } from "./suite.ts";

/** What stands in the rule, and what its hover must say. */
const HOVERS: readonly (readonly [string, string])[] = [
  ['"T1569"', "System Services"],
  ['"T1569.002"', "Service Execution"],
  ['"TA0002"', "Execution"],
  ['"TA0008"', "Lateral Movement"],
  ["process.entity_id", "process.entity_id: keyword"],
  ["sequence", "sequence"],
  [' : "PsExec.exe"', "case"],
  ["risk_score", "rule.risk_score"],
];

export function* seedSuites({ folder }: ConformanceInput): Generator<SuiteOutcome> {
  const file = path.resolve(folder, "../reference/seed-rule.toml");
  if (!existsSync(file)) return;
  const text = readFileSync(file, "utf8");
  const failures: SuiteFailure[] = [];
  const errors = diagnose(text, CUSTOM).filter(({ severity }) => severity === "error");
  errors.forEach(({ message, check }, index) =>
    failures.push({ index, name: check, expected: "no error", got: message }),
  );
  HOVERS.forEach(([word, expected], index) => {
    const at = text.indexOf(word);
    const hover = hoverAt(snapshot(text), at + 1, { docs, checks: CHECKS });
    if (at < 0 || hover?.markdown.includes(expected) !== true) {
      failures.push({ index, name: `hover on ${word}`, expected, got: hover?.markdown ?? "none" });
    }
  });
  const passed = HOVERS.length + 1 - failures.length;
  const notes = diagnose(text).map(
    ({ severity, check, message }) => `in the profile elastic: ${severity} ${check}: ${message}`,
  );
  yield { suite: "corpus/seed-rule", passed, failures, known: 0, skipped: 0, notes };
}
