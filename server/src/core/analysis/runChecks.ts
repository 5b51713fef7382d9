/** Runs checks over a snapshot, one step per check, so that whoever drives it can pause or give up. */
import { checkFailed } from "../checks/internal/check-failed.ts";
import { unknownCheck as unknownCheckMeta } from "../checks/allow/unknown-check.ts";
import { unusedAllow } from "../checks/allow/unused.ts";
import { encoding } from "../checks/toml/encoding.ts";
import {
  type Check,
  type CheckMeta,
  type Finding,
  type RulePlace,
  type Severity,
  type Workspace,
} from "../checks/check.ts";
import { fixesInFile } from "../checks/inFile.ts";
import { type QueryLanguage } from "../query/language.ts";
import { type Fix } from "../text/edit.ts";
import { spanOf } from "../text/span.ts";
import { type TomlString } from "../toml/model.ts";
import { findingsByCheck } from "./cache.ts";
import { effectiveSeverity, unknownCheck } from "./config.ts";
import { type Diagnostic } from "./diagnostic.ts";
import { type Snapshot, type SnapshotQuery } from "./snapshot.ts";
import { type Allowance, allowances, allows, withoutAllowance } from "./suppress.ts";

export interface RunOptions {
  readonly checks: readonly Check[];
  /** The rules around; undefined while they are not all known, and then nothing is compared. */
  readonly workspace?: Workspace | undefined;
  /** Hears of a check that threw, which is our bug. */
  readonly onCrash: (check: string, error: unknown) => void;
}

/** Yields after each check; returns the diagnostics in the order of the text. */
export function* runChecks(
  snapshot: Snapshot,
  options: RunOptions,
): Generator<undefined, readonly Diagnostic[]> {
  // Loaders stop at a TOML file in another encoding, whatever it holds.
  const found: Diagnostic[] = [...encodingDiagnostics(snapshot)];
  if (!snapshot.isRule()) return found;
  const languages = yield* sharedSteps(snapshot);
  for (const check of options.checks) {
    if (languages !== undefined && "languages" in check && !check.languages.some((one) => languages.has(one)))
      continue;
    const severity = severityOn(snapshot, check);
    if (severity === "off") continue;
    try {
      for (const finding of findingsOf(snapshot, check, options.workspace)) {
        found.push(diagnostic(check, severityOf(snapshot, severity, check, finding), finding));
      }
    } catch (error) {
      options.onCrash(check.id, error);
      const message = `The check ${check.id} failed on this file`;
      found.push(diagnostic(checkFailed, "info", { span: spanOf(0, 0), message, fixes: [] }));
    }
    yield;
  }
  const allowed = allowances(snapshot);
  const kept = found.filter(
    ({ check, span }) => !allowed.some((allowance) => allows(allowance, check, span)),
  );
  const notes = allowed.flatMap((allowance) => allowanceDiagnostics(snapshot, allowance, found, options));
  return [...kept, ...notes].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/**
 * What the checks share is computed in steps of its own. Returns the languages of the queries. A failure comes up again in
 * the checks, which report it.
 */
function* sharedSteps(snapshot: Snapshot): Generator<undefined, ReadonlySet<QueryLanguage> | undefined> {
  yield;
  if (snapshot.rule().isDeprecated) return undefined;
  try {
    const queries = snapshot.queries();
    yield;
    for (const { problems } of queries) {
      problems();
      yield;
    }
    return new Set(queries.map(({ embedded }) => embedded.language));
  } catch {
    return undefined;
  }
}

/** All diagnostics at once, for whoever has nothing else to do. */
export function allDiagnostics(snapshot: Snapshot, options: RunOptions): readonly Diagnostic[] {
  const run = runChecks(snapshot, options);
  for (;;) {
    const step = run.next();
    if (step.done === true) return step.value;
  }
}

function severityOn(snapshot: Snapshot, check: CheckMeta): Severity | "off" {
  const severity = effectiveSeverity(check, snapshot.config);
  if (!snapshot.rule().isDeprecated) return severity;
  return check.seesDeprecated === true || severity === "hint" ? severity : "off";
}

/** A guess is no error, unless settings make it one. */
function severityOf({ config }: Snapshot, severity: Severity, check: Check, { isGuess }: Finding): Severity {
  return isGuess === true && severity === "error" && !config.severities.has(check.id) ? "warning" : severity;
}

function findingsOf(snapshot: Snapshot, check: Check, workspace: Workspace | undefined): Iterable<Finding> {
  const { attack } = snapshot.knowledge;
  switch (check.on) {
    case "toml":
      return check.run(snapshot.toml());
    case "rule":
      return check.run(snapshot.rule());
    case "threat":
      return attack === undefined ? [] : check.run(snapshot.rule(), attack);
    case "schemas": {
      const scope = snapshot.scope();
      return scope === undefined ? [] : check.run(snapshot.rule(), scope);
    }
    case "place":
      return check.run(snapshot.rule(), placeOf(snapshot));
    case "workspace":
      return workspace === undefined ? [] : check.run(snapshot.rule(), placeOf(snapshot), workspace);
    case "query":
    case "fields":
      return queryFindings(snapshot, check);
    case "rule-query":
      return ruleQueryFindings(snapshot, check);
    case "run":
      return [];
  }
}

function placeOf(snapshot: Snapshot): RulePlace {
  const { path, repository, knowledge, today, baseText } = snapshot;
  return { path, repository, queries: snapshot.queries(), attack: knowledge.attack, today, baseText };
}

function* ruleQueryFindings(
  snapshot: Snapshot,
  check: Extract<Check, { on: "rule-query" }>,
): Generator<Finding> {
  for (const query of snapshot.queries()) {
    const scope = check.languages.includes(query.embedded.language) ? query.scope() : undefined;
    if (scope !== undefined) yield* check.run(query, snapshot.rule(), scope);
  }
}

/** Of all queries, from the cache where a query's text and its schemas are unchanged, moved to file offsets. */
function* queryFindings(
  snapshot: Snapshot,
  check: Extract<Check, { on: "query" | "fields" }>,
): Generator<Finding> {
  for (const query of snapshot.queries()) {
    const { language, host } = query.embedded;
    if (!check.languages.includes(language)) continue;
    const found = check.on === "query" ? textFindings(check, query) : fieldFindings(check, query);
    for (const finding of found) yield inFile(finding, host);
  }
}

function textFindings(check: Extract<Check, { on: "query" }>, query: SnapshotQuery): readonly Finding[] {
  return query.analysis.findings.get(check.id, () => [...check.run(query)]);
}

function fieldFindings(check: Extract<Check, { on: "fields" }>, query: SnapshotQuery): readonly Finding[] {
  const scope = query.scope();
  if (scope === undefined) return [];
  const ofScope = query.analysis.fieldFindings.get(scope.key, findingsByCheck);
  return ofScope.get(check.id, () => [...check.run(query, scope)]);
}

function inFile(finding: Finding, host: TomlString): Finding {
  return {
    ...finding,
    span: host.map.toHostSpan(finding.span),
    fixes: fixesInFile(host, finding.fixes),
    related: (finding.related ?? []).map(({ span, message }) => ({
      span: host.map.toHostSpan(span),
      message,
    })),
  };
}

function diagnostic(check: CheckMeta, severity: Severity, finding: Finding): Diagnostic {
  const { span, message, fixes, related } = finding;
  return { check: check.id, severity, span, message, fixes, related: related ?? [], tag: check.tag };
}

function encodingDiagnostics({ notUtf8At, config }: Snapshot): readonly Diagnostic[] {
  const severity = effectiveSeverity(encoding, config);
  if (notUtf8At === undefined || severity === "off") return [];
  const span = spanOf(notUtf8At, notUtf8At + 1);
  return [diagnostic(encoding, severity, { span, message: "The file is not UTF-8 from here on", fixes: [] })];
}

function allowanceDiagnostics(
  snapshot: Snapshot,
  allowance: Allowance,
  found: readonly Diagnostic[],
  { checks, workspace }: RunOptions,
): readonly Diagnostic[] {
  const known = checks.find((check) => check.id === allowance.check);
  const meta = known === undefined ? unknownCheckMeta : unusedAllow;
  const severity = severityOn(snapshot, meta);
  // A check that does not run here cannot tell whether the comment is needed.
  const isUnseen = known?.on === "workspace" && workspace === undefined;
  const isOff = isUnseen || (known !== undefined && severityOn(snapshot, known) === "off");
  if (severity === "off" || isOff) return [];
  if (known !== undefined && found.some(({ check, span }) => allows(allowance, check, span))) return [];
  const message =
    known === undefined
      ? unknownCheck(
          allowance.check,
          checks.map((check) => check.id),
        )
      : `\`${allowance.check}\` has nothing to allow here`;
  const edit = known === undefined ? undefined : withoutAllowance(snapshot.text, allowance);
  const fixes: Fix[] =
    edit === undefined ? [] : [{ title: "Remove what is not needed", safety: "unsafe", edits: [edit] }];
  return [diagnostic(meta, severity, { span: allowance.span, message, fixes })];
}
