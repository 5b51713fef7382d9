/** What is said of files of sample events and of manifests of test cases, as settings and comments want it. */
import { brokenEventJson } from "../checks/events/broken-json.ts";
import { noEvent } from "../checks/events/no-event.ts";
import { tooLargeEvent } from "../checks/events/too-large.ts";
import { ruleExport } from "../checks/events/rule-export.ts";
import { missingEventTime } from "../checks/events/missing-time.ts";
import { misfittingEventValue } from "../checks/events/wrong-type.ts";
import { absentEventField } from "../checks/events/absent-field.ts";
import { secretInEvents } from "../checks/events/secret.ts";
import { personalDataInEvents } from "../checks/events/personal-data.ts";
import { manifestSyntax } from "../checks/tests/syntax.ts";
import { unknownManifestKey } from "../checks/tests/unknown-key.ts";
import { missingManifestKey } from "../checks/tests/missing-key.ts";
import { wrongManifestType } from "../checks/tests/wrong-type.ts";
import { unknownManifestValue } from "../checks/tests/unknown-value.ts";
import { contradictoryCase } from "../checks/tests/contradiction.ts";
import { orphanedTests } from "../checks/tests/orphan.ts";
import { duplicateCase } from "../checks/tests/duplicate-case.ts";
import { emptyCase } from "../checks/tests/empty-case.ts";
import { missingTestReference } from "../checks/tests/missing-reference.ts";
import { circularCaseBase } from "../checks/tests/circular-base.ts";
import { misnamedTestFile } from "../checks/tests/misnamed-file.ts";
import { type CheckMeta } from "../checks/check.ts";
import { type CaseProblem, type CaseProblemKind } from "../testing/cases/problem.ts";
import { type EventsFinding, type FindingKind } from "../testing/findings.ts";
import { spanOf } from "../text/span.ts";
import { type CheckConfig, effectiveSeverity } from "./config.ts";
import { type Diagnostic } from "./diagnostic.ts";
import { allows, allowancesOfLines } from "./suppress.ts";

export interface TestFileFindings {
  /** Of events; none for a manifest. */
  readonly findings: readonly EventsFinding[];
  /** Of the case that the file is, or of those that stand in it. */
  readonly problems: readonly CaseProblem[];
}

/** In the order of the text. Fixes of events are looked for only once somebody asks. */
export function testFileDiagnostics(
  text: string,
  { findings, problems }: TestFileFindings,
  config: CheckConfig,
): readonly Diagnostic[] {
  const found = [
    ...findings.flatMap((finding) => eventsDiagnostic(finding, config)),
    ...problems.flatMap((problem) => caseDiagnostic(problem, config)),
  ];
  const allowed = allowancesOfLines(text);
  return found
    .filter(({ check, span }) => {
      // The place where a finding begins speaks for it: a patch may fill several lines.
      const start = spanOf(span.start, span.start);
      return !allowed.some((allowance) => allows(allowance, check, start));
    })
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

const EVENT_CHECKS: Readonly<Record<FindingKind, CheckMeta>> = {
  "broken-json": brokenEventJson,
  "no-event": noEvent,
  "half-pair": noEvent,
  "too-large": tooLargeEvent,
  "rule-export": ruleExport,
  "no-time": missingEventTime,
  "wrong-type": misfittingEventValue,
  "absent-field": absentEventField,
  secret: secretInEvents,
  personal: personalDataInEvents,
};

const CASE_CHECKS: Readonly<Record<CaseProblemKind, CheckMeta>> = {
  syntax: manifestSyntax,
  "unknown-key": unknownManifestKey,
  "missing-key": missingManifestKey,
  "wrong-type": wrongManifestType,
  "unknown-value": unknownManifestValue,
  contradiction: contradictoryCase,
  orphan: orphanedTests,
  duplicate: duplicateCase,
  empty: emptyCase,
  missing: missingTestReference,
  cycle: circularCaseBase,
  "file-name": misnamedTestFile,
};

function eventsDiagnostic(
  { kind, span, message }: EventsFinding,
  config: CheckConfig,
): readonly Diagnostic[] {
  const { id: check, tag } = EVENT_CHECKS[kind];
  const severity = effectiveSeverity(EVENT_CHECKS[kind], config);
  return severity === "off" ? [] : [{ check, severity, span, message, fixes: [], related: [], tag }];
}

function caseDiagnostic(problem: CaseProblem, config: CheckConfig): readonly Diagnostic[] {
  const { kind, span = spanOf(0, 0), message, fixes } = problem;
  const { id: check, tag } = CASE_CHECKS[kind];
  const severity = config.severities.get(check) ?? problem.severity;
  return severity === "off" ? [] : [{ check, severity, span, message, fixes, related: [], tag }];
}

/** The check that a problem of a case belongs to. */
export function checkOfProblem({ kind }: CaseProblem): string {
  return CASE_CHECKS[kind].id;
}
