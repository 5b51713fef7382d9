/** Known, unknown or unverified: the verdict on a field, from the targets of the rule and from what the packaged data knows. */
import { lazy } from "../base/lazy.ts";
import { areKnownSources } from "./dataSources.ts";
import { type EmbeddedAnswer } from "./embedded.ts";
import { rootOf } from "./nameParts.ts";
import { type FieldAnswer, type FieldScope, type ScopeSources } from "./scope.ts";
import { namesIn, type PartIndex, type ScopeTargets } from "./scopeTargets.ts";
import { type SchemaSubject } from "./subject.ts";
import { type Target } from "./targets.ts";

/** What verdicts are made from. */
interface Evidence {
  readonly sources: ScopeSources;
  readonly subject: SchemaSubject;
  readonly tables: ScopeTargets;
  /** Of every index that the rule names it is known what it holds. */
  readonly areSourcesKnown: () => boolean;
  /** First parts of the names in the rule's targets of the newest stack. */
  readonly targetRoots: () => ReadonlySet<string>;
}

export function scopeAnswers(
  sources: ScopeSources,
  subject: SchemaSubject,
  tables: ScopeTargets,
): Pick<FieldScope, "answer" | "answerInKeys"> {
  const evidence: Evidence = {
    sources,
    subject,
    tables,
    areSourcesKnown: lazy(() => areKnownSources(subject.indexes, sources.embedded.packages())),
    targetRoots: lazy(() => rootsIn(tables.targets("whole"))),
  };
  const known = new Map<string, FieldAnswer>();
  return {
    answer(name, part) {
      const key = `${tables.partKey(part)} ${name}`;
      const found = known.get(key) ?? answerIn(evidence, name, part);
      known.set(key, found);
      return found;
    },
    answerInKeys: (name, { isLookedUp }) => answerInKeys(evidence, name, isLookedUp ? "looked-up" : "free"),
  };
}

function answerIn(evidence: Evidence, name: string, part: PartIndex): FieldAnswer {
  const { tables, subject, sources } = evidence;
  const missing: Target[] = [];
  const knownIn: Target[] = [];
  for (const target of tables.targets(part)) {
    if (tables.typeIn(target, name) !== undefined) knownIn.push(target);
    else if (target.isComplete) missing.push(target);
  }
  const [first] = knownIn;
  const found = first && tables.typeIn(first, name);
  const missingIn = 0 < missing.length && areSchemasBinding(evidence) ? missing : [];
  if (missingIn.length === 0 && found !== undefined) return { kind: "known", ...found };
  const embedded = sources.embedded.answer(name);
  if (!subject.isValidated) return withoutDoubt(embedded);
  if (missingIn.length === 0) return guess(evidence, name, embedded);
  if (first === undefined && isDoubtful(evidence, name, missingIn, embedded)) return withoutDoubt(embedded);
  const looks = guess(evidence, name, embedded);
  return { kind: "unknown", missingIn, knownIn, reason: looks.kind === "unknown" ? looks.reason : "schemas" };
}

function answerInKeys(evidence: Evidence, name: string, use: "looked-up" | "free"): FieldAnswer {
  const { tables, subject, sources } = evidence;
  const keyTargets = tables.keyTargets();
  const found = firstTypeIn(tables, tables.targets("whole"), name) ?? firstTypeIn(tables, keyTargets, name);
  if (found !== undefined) return { kind: "known", ...found };
  const embedded = sources.embedded.answer(name);
  if (!subject.isValidated || embedded.kind === "known") return withoutDoubt(embedded);
  const isComplete = 0 < keyTargets.length && keyTargets.every((target) => target.isComplete);
  const isBinding = use === "looked-up" && isComplete && areSchemasBinding(evidence);
  if (!isBinding || isDoubtful(evidence, name, keyTargets, embedded)) return guess(evidence, name, embedded);
  return { kind: "unknown", missingIn: keyTargets, knownIn: [], reason: "schemas" };
}

function firstTypeIn(
  { typeIn }: ScopeTargets,
  targets: readonly Target[],
  name: string,
): ReturnType<ScopeTargets["typeIn"]> {
  for (const target of targets) {
    const type = typeIn(target, name);
    if (type !== undefined) return type;
  }
  return undefined;
}

/** Nothing is held against rules that ask not to be validated. */
function withoutDoubt(answer: EmbeddedAnswer): FieldAnswer {
  return answer.kind === "known" ? answer : { kind: "unverified" };
}

/** Where it is known what the rule reads, a field does not belong to a data source that nobody knows. */
function guess({ sources, areSourcesKnown }: Evidence, name: string, answer: EmbeddedAnswer): FieldAnswer {
  if (answer.kind === "known") return answer;
  const isForeign = answer.kind === "unverified" && sources.embedded.isStrange(name) && areSourcesKnown();
  if (answer.kind === "unverified" && !isForeign) return answer;
  const reason = answer.kind === "unknown" ? answer.reason : "closed";
  return { kind: "unknown", missingIn: [], knownIn: [], reason };
}

/**
 * A checkout's own validation goes by its schemas. Those that were downloaded say nothing of indices that may hold
 * anything.
 */
function areSchemasBinding({ sources: { schemas }, areSourcesKnown }: Evidence): boolean {
  return schemas?.layer === "checkout" || areSourcesKnown();
}

/**
 * A file that lacks packages may also be older than it says: it is not held against fields that we know of its
 * packages, nor against others of the same vendors that do not look like a mistake.
 */
function isDoubtful(
  { sources, tables, targetRoots }: Evidence,
  name: string,
  missingIn: readonly Target[],
  embedded: EmbeddedAnswer,
): boolean {
  if (!isPartial(sources) || !missingIn.some(({ kind }) => kind === "integration")) return false;
  if (embedded.kind === "known" && isOfPackages(sources, tables, name)) return true;
  const { isInEcsSet, looksMistaken } = sources.embedded;
  if (embedded.kind === "unknown" || isInEcsSet(name) || looksMistaken(name)) return false;
  return targetRoots().has(rootOf(name));
}

function rootsIn(targets: readonly Target[]): ReadonlySet<string> {
  const newest = targets[targets.length - 1]?.stack;
  const roots = new Set<string>();
  for (const name of namesIn(targets.filter(({ stack }) => stack === newest))) roots.add(rootOf(name));
  return roots;
}

function isPartial({ schemas }: ScopeSources): boolean {
  return schemas?.parts.some(({ name, state }) => name === "integrations" && state !== "complete") === true;
}

function isOfPackages({ vendorFields }: ScopeSources, { packages }: ScopeTargets, name: string): boolean {
  const sets = vendorFields?.get(name)?.sets ?? vendorFields?.openAbove(name)?.sets ?? [];
  const picked = new Set(packages("whole").map(({ use }) => use.package));
  return sets.some((set) => picked.has(rootOf(set)));
}
