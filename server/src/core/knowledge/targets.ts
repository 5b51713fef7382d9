/** Which schemas a rule must satisfy: each supported stack with the packages, Beats and indices that it reads, as Elastic's validation picks them. */
import { listed } from "../base/listed.ts";
import { type AskedPart, type PackageUse, packageUses } from "./packageUses.ts";
import { type PackageAnswer, type Schema, type SchemaSet, type StackSchemas } from "./schema.ts";
import { type SchemaSubject, type SubjectPart } from "./subject.ts";
import { compareVersions } from "./version.ts";

/** One combination of stack and schemas that Elastic's validation tries a query against. */
export interface Target {
  readonly kind: "stack" | "integration" | "endgame";
  /** Such as "9.4.0". */
  readonly stack: string;
  /** For messages: "stack 9.4.0 with azure.auditlogs 1.12.0". */
  readonly label: string;
  /** The first that has a field decides its type. */
  readonly schemas: readonly Schema[];
  /** False if something that belongs to it is not loaded: a field that it lacks is unverified. */
  readonly isComplete: boolean;
  /** False for packages of a rule that is not in production: Elastic's validation passes them over. */
  readonly isEnforced: boolean;
}

/** A package that a part of a query asks for, and what is known of it on one stack. */
export interface PickedPackage {
  readonly use: PackageUse;
  readonly stack: string;
  readonly answer: PackageAnswer;
}

/** The versions of the stack that a rule may ship to, the oldest first. */
export function supportedStacks(
  { stacks, packageVersion }: SchemaSet,
  subject: SchemaSubject,
): readonly StackSchemas[] {
  const { minStack } = subject;
  return stacks.filter(
    ({ version }) =>
      (minStack === undefined || compareVersions(minStack, version) <= 0) &&
      (packageVersion === undefined || compareVersions(version, packageVersion) <= 0),
  );
}

/** Targets of one part of a query, the oldest stack first. */
export function targetsOf(schemas: SchemaSet, subject: SchemaSubject, asked: AskedPart): readonly Target[] {
  const uses = packageUses(schemas, subject, asked);
  const beats = subject.indexes.filter((index) => index.includes("beat-*"));
  const hasEndgame = subject.indexes.some((index) => index.includes("endgame-*"));
  // A step of a sequence that names its package is tried against that alone.
  const isStackNeeded = uses.length === 0 || (!subject.isSequence && (0 < beats.length || hasEndgame));
  const targets: Target[] = [];
  for (const stack of supportedStacks(schemas, subject)) {
    const shared = sharedSchemas(schemas, stack, subject);
    if (0 < uses.length)
      targets.push(integrationTarget(stack, shared, { uses, isEnforced: subject.isProduction }));
    if (isStackNeeded) targets.push(stackTarget(stack, shared, { beats, part: asked.part }));
  }
  if (isStackNeeded && subject.language === "eql" && subject.indexes.includes("endgame-*")) {
    targets.push(...endgameTargets(supportedStacks(schemas, subject)));
  }
  // What reads by ES|QL or Lucene is validated by no schema.
  const isChecked = subject.language === "eql" || subject.language === "kuery";
  return isChecked ? targets : targets.map((target) => ({ ...target, isComplete: false }));
}

/**
 * What fields in keys of the rule, such as those of `new_terms`, are looked for in: on each stack everything that the
 * rule reads, with all streams of its packages.
 */
export function keyTargetsOf(
  schemas: SchemaSet,
  subject: SchemaSubject,
  whole: SubjectPart,
): readonly Target[] {
  const asked = { part: whole, whole };
  const packages = subject.integrations.map((name) => ({
    package: name,
    stream: undefined,
    dataset: undefined,
  }));
  const named = packageUses(schemas, subject, asked).filter(
    (use) => !subject.integrations.includes(use.package),
  );
  const uses = [...packages, ...named];
  const beats = subject.indexes.filter((index) => index.includes("beat-*"));
  return supportedStacks(schemas, subject).map((stack) => {
    const shared = sharedSchemas(schemas, stack, subject);
    const packages = integrationTarget(stack, shared, { uses, isEnforced: subject.isProduction });
    const base = stackTarget(stack, shared, { beats, part: asked.part });
    return {
      ...(uses.length === 0 ? base : packages),
      schemas: [...packages.schemas, ...base.schemas],
      isComplete: packages.isComplete && base.isComplete,
    };
  });
}

/** The packages that a part asks for, on every supported stack. */
export function pickedPackages(
  schemas: SchemaSet,
  subject: SchemaSubject,
  asked: AskedPart,
): readonly PickedPackage[] {
  const uses = packageUses(schemas, subject, asked);
  return supportedStacks(schemas, subject).flatMap((stack) =>
    uses.map((use) => ({ use, stack: stack.version, answer: stack.integration(use.package, use.stream) })),
  );
}

/** What stands in every target but Endgame's. */
interface SharedSchemas {
  readonly schemas: readonly Schema[];
  readonly isComplete: boolean;
}

/** Elastic lays one over the other: of two indices with the same field the later one counts, and Endpoint above all. */
function sharedSchemas(
  set: SchemaSet,
  stack: StackSchemas,
  { indexes, language }: SchemaSubject,
): SharedSchemas {
  const names = language === "esql" ? matchingIndexes(set, indexes) : indexes.map(withoutCluster);
  const byIndex = [...names].reverse();
  const found = [
    set.endpoint,
    ...byIndex.map((index) => stack.custom(index)),
    ...byIndex.map((index) => set.nonEcs(index)),
    stack.ecs,
  ];
  const isComplete =
    stack.ecs !== undefined && set.endpoint !== undefined && set.hasNonEcs && stack.hasCustom;
  return { schemas: found.filter((schema) => schema !== undefined), isComplete };
}

/** Only for ES|QL does Elastic's tool match patterns of indices; elsewhere the same text must stand in the file. */
function matchingIndexes({ nonEcsIndexes }: SchemaSet, indexes: readonly string[]): readonly string[] {
  const isAmong = (known: string): boolean => indexes.some((index) => overlap(withoutCluster(index), known));
  return nonEcsIndexes.filter(isAmong);
}

function overlap(pattern: string, known: string): boolean {
  const [prefix = ""] = pattern.split("*");
  const [knownPrefix = ""] = known.split("*");
  return prefix.startsWith(knownPrefix) || knownPrefix.startsWith(prefix);
}

/** `cluster:logs-*` reads `logs-*` of another cluster. */
function withoutCluster(index: string): string {
  return index.replace(/^[^:]*::?/, "");
}

function integrationTarget(
  stack: StackSchemas,
  shared: SharedSchemas,
  { uses, isEnforced }: { readonly uses: readonly PackageUse[]; readonly isEnforced: boolean },
): Target {
  const answers = uses.map((use) => stack.integration(use.package, use.stream));
  const found = answers.flatMap((answer) => (answer.kind === "found" ? [answer.schema] : []));
  const labels = found.map(({ name }) => name);
  const shown =
    labels.length <= MOST_NAMED
      ? labels
      : [...labels.slice(0, MOST_NAMED - 1), `${labels.length - MOST_NAMED + 1} other packages`];
  return {
    kind: "integration",
    stack: stack.version,
    label:
      labels.length === 0 ? `stack ${stack.version}` : `stack ${stack.version} with ${listed(shown, "and")}`,
    schemas: [...shared.schemas, ...found.reverse()],
    isComplete: shared.isComplete && found.length === uses.length,
    isEnforced,
  };
}

/** More packages than this in one message help nobody. */
const MOST_NAMED = 3;

function stackTarget(
  stack: StackSchemas,
  shared: SharedSchemas,
  { beats, part }: { readonly beats: readonly string[]; readonly part: SubjectPart },
): Target {
  const names = [...new Set(beats.map((index) => withoutCluster(index).split("-")[0] ?? ""))];
  const modules = part.modules.length === 0 ? modulesOf(part.datasets) : part.modules;
  const found = names.map((beat) => stack.beat(beat, modules, part.datasets));
  const schemas = found.filter((schema) => schema !== undefined);
  const withBeats = schemas.map(({ name }) => name);
  const ecs = stack.ecs?.name ?? "ECS";
  return {
    kind: "stack",
    stack: stack.version,
    label: `stack ${stack.version} with ${listed([ecs, ...withBeats], "and")}`,
    schemas: [...shared.schemas, ...schemas.reverse()],
    isComplete: shared.isComplete && schemas.length === names.length,
    isEnforced: true,
  };
}

/** Without `event.module`, the part of a dataset before its dot is the module. */
function modulesOf(datasets: readonly string[]): readonly string[] {
  return [
    ...new Set(datasets.flatMap((dataset) => (dataset.includes(".") ? [dataset.split(".")[0] ?? ""] : []))),
  ];
}

/** The same schema serves several stacks. */
function endgameTargets(stacks: readonly StackSchemas[]): readonly Target[] {
  const byName = new Map<string, Target>();
  for (const { endgame, version } of stacks) {
    if (endgame === undefined || byName.has(endgame.name)) continue;
    byName.set(endgame.name, {
      kind: "endgame",
      stack: version,
      label: endgame.name,
      schemas: [endgame],
      isComplete: true,
      isEnforced: true,
    });
  }
  return [...byName.values()];
}
