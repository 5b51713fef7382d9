/** The cases of manifests: their files found, their bases followed, and what contradicts the names of files. */
import {
  type CaseEvents,
  caseId,
  type EventSource,
  type FileCase,
  pathBeside,
  type TestCase,
} from "./testCase.ts";
import { type Manifest, type ManifestCase, type ManifestEvents } from "../manifest.ts";
import { type Span } from "../../text/span.ts";
import { type RulePlace, splitPath } from "./association.ts";
import { type CaseProblem, type CaseProblemKind } from "./problem.ts";

export interface PlannedCases {
  readonly cases: readonly TestCase[];
  /** Files that manifests speak of: they make no cases of their own. */
  readonly claimed: ReadonlySet<string>;
}

interface Entry {
  readonly manifest: Manifest;
  readonly rule: RulePlace;
  readonly written: ManifestCase;
}

interface Planner {
  readonly byFile: ReadonlyMap<string, FileCase>;
  readonly files: ReadonlySet<string>;
  readonly problems: CaseProblem[];
  readonly claimed: Set<string>;
  /** By rule and name; what is not planned yet is an entry. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Undefined: cannot be planned, and it was said why. */
  readonly planned: Map<string, TestCase | undefined>;
  readonly fileCases: ReadonlyMap<string, TestCase>;
}

export function* plannedByManifest(
  manifests: readonly { readonly manifest: Manifest; readonly rule: RulePlace }[],
  byFile: ReadonlyMap<string, FileCase>,
  files: ReadonlySet<string>,
  problems: CaseProblem[],
): Generator<undefined, PlannedCases> {
  if (manifests.length === 0) return { cases: [], claimed: new Set() };
  const entries = new Map<string, Entry>();
  for (const { manifest, rule } of manifests) {
    for (const written of manifest.cases) {
      const id = caseId(rule, written.name.value);
      const first = entries.get(id);
      if (first === undefined) entries.set(id, { manifest, rule, written });
      else if (first.manifest !== manifest) {
        const message = `\`${first.manifest.path}\` has a case of this name, and counts`;
        problems.push(problemIn(manifest, "duplicate", written.name.span, message));
      }
    }
    yield;
  }
  const fileCases = new Map<string, TestCase>();
  let count = 0;
  for (const { testCase } of byFile.values()) {
    fileCases.set(testCase.id, testCase);
    fileCases.set(caseId(testCase.rule, splitPath(testCase.origin.path).name), testCase);
    if (++count % CASES_A_STEP === 0) yield;
  }
  const claimed = new Set<string>();
  const planner: Planner = { byFile, files, problems, claimed, entries, planned: new Map(), fileCases };
  for (const id of entries.keys()) {
    plan(planner, id);
    if (++count % CASES_A_STEP === 0) yield;
  }
  const cases = [...planner.planned.values()].filter((one) => one !== undefined);
  return { cases, claimed };
}

const CASES_A_STEP = 500;

/** A case after all that it starts from. */
function plan(planner: Planner, id: string): void {
  const chain = new Set<string>();
  let next: string | undefined = id;
  while (next !== undefined && !planner.planned.has(next)) {
    const entry = planner.entries.get(next);
    if (entry === undefined) break;
    if (chain.has(next)) {
      const all = [...chain];
      reportCycle(planner, all.slice(all.indexOf(next)));
      break;
    }
    chain.add(next);
    next = baseOf(entry);
  }
  for (const one of [...chain].reverse()) {
    const entry = planner.entries.get(one);
    if (entry === undefined || planner.planned.has(one)) continue;
    planner.planned.set(one, plannedCase(planner, one, entry));
  }
}

function baseOf({ rule, written }: Entry): string | undefined {
  return written.base === undefined ? undefined : caseId(rule, written.base.value);
}

function reportCycle(planner: Planner, chain: readonly string[]): void {
  for (const id of chain) {
    planner.planned.set(id, undefined);
    const entry = planner.entries.get(id);
    const base = entry?.written.base;
    if (entry === undefined || base === undefined) continue;
    const names = chain.flatMap((one) => planner.entries.get(one)?.written.name.value ?? []);
    const way = [...names, names[0] ?? ""].map((name) => `\`${name}\``).join(" from ");
    const message =
      names.length === 1 ? "A case cannot start from itself" : `These start from each other: ${way}`;
    planner.problems.push(problemIn(entry.manifest, "cycle", base.span, message));
  }
}

function plannedCase(planner: Planner, id: string, entry: Entry): TestCase | undefined {
  const { manifest, rule, written } = entry;
  const { defaults } = manifest;
  const events = eventsOf(planner, entry);
  if (events === undefined) return undefined;
  checkFileName(planner, entry, events);
  return {
    id,
    rule,
    name: written.name.value,
    description: written.description,
    expect: written.expect,
    isTodo: written.isTodo,
    alerts: written.alerts,
    events,
    history: sourceOf(planner, manifest, written.history ?? defaults.history),
    indicators: sourceOf(planner, manifest, written.indicators ?? defaults.indicators),
    now: written.now ?? defaults.now,
    index: written.index ?? defaults.index,
    origin: { path: manifest.path, span: written.span },
  };
}

function eventsOf(planner: Planner, { manifest, rule, written }: Entry): CaseEvents | undefined {
  const { base, events, patches } = written;
  if (events !== undefined) {
    const source = sourceOf(planner, manifest, events);
    if (source === undefined || patches.length === 0) return source;
    const own: ManifestCase = { ...written, patches: [] };
    const unpatched = plannedCase(planner, caseId(rule, written.name.value), {
      manifest,
      rule,
      written: own,
    });
    return unpatched === undefined ? undefined : { kind: "patched", base: unpatched, patches };
  }
  if (base === undefined) return undefined;
  const id = caseId(rule, base.value);
  if (planner.entries.has(id)) {
    const found = planner.planned.get(id);
    return found === undefined ? undefined : { kind: "patched", base: found, patches };
  }
  const found = planner.fileCases.get(id);
  if (found !== undefined) return { kind: "patched", base: found, patches };
  planner.problems.push(
    problemIn(manifest, "missing", base.span, `There is no case \`${base.value}\` to start from`),
  );
  return undefined;
}

function sourceOf(
  planner: Planner,
  manifest: Manifest,
  events: ManifestEvents | undefined,
): EventSource | undefined {
  if (events === undefined) return undefined;
  if (events.kind === "inline") return { kind: "inline", path: manifest.path, events: events.events };
  const path = pathBeside(manifest.path, events.path);
  if (path !== undefined && planner.files.has(path)) {
    planner.claimed.add(path);
    return { kind: "file", path };
  }
  planner.problems.push(problemIn(manifest, "missing", events.span, `There is no file \`${events.path}\``));
  return undefined;
}

/** A file named `.nomatch.` from which a case expects alerts. */
function checkFileName(planner: Planner, { manifest, written }: Entry, events: CaseEvents): void {
  if (events.kind !== "file" || written.events === undefined) return;
  const named = planner.byFile.get(events.path)?.testCase;
  if (named === undefined || named.expect === "events" || named.expect === written.expect) return;
  const message = `The name of the file says \`${named.expect}\`, and the case expects \`${written.expect}\``;
  const { span } = written.events;
  planner.problems.push({ ...problemIn(manifest, "contradiction", span, message), severity: "warning" });
}

function problemIn({ path }: Manifest, kind: CaseProblemKind, span: Span, message: string): CaseProblem {
  return { kind, severity: kind === "duplicate" ? "warning" : "error", path, span, message, fixes: [] };
}
