/** The targets of one rule, each computed at its first use. */
import { lazy } from "../base/lazy.ts";
import { type SchemaSet } from "./schema.ts";
import { type SchemaSubject, wholePart } from "./subject.ts";
import { keyTargetsOf, type PickedPackage, pickedPackages, type Target, targetsOf } from "./targets.ts";
import { type TypeInTarget, typeInTarget } from "./targetTypes.ts";

/** A part of the query by its index, or the keys of the rule that belong to all of them. */
export type PartIndex = number | "whole";

export interface ScopeTargets {
  /** Equal for parts that ask for the same: the steps of a long sequence often do. */
  partKey(part: PartIndex): string;
  /** Without loaded schemas there are none. */
  targets(part: PartIndex): readonly Target[];
  /** What fields in keys of the rule are looked for in. */
  keyTargets(): readonly Target[];
  packages(part: PartIndex): readonly PickedPackage[];
  typeIn(target: Target, name: string): TypeInTarget | undefined;
}

export function scopeTargets(schemas: SchemaSet | undefined, subject: SchemaSubject): ScopeTargets {
  const whole = lazy(() => wholePart(subject));
  const partAt = (part: PartIndex): ReturnType<typeof whole> =>
    part === "whole" ? whole() : (subject.parts[part] ?? whole());
  const keys = lazy(() => subject.parts.map((part) => JSON.stringify(part)));
  const wholeKey = lazy(() => JSON.stringify(whole()));
  const partKey = (part: PartIndex): string => (part === "whole" ? undefined : keys()[part]) ?? wholeKey();
  const known = new Map<string, readonly Target[]>();
  const picked = new Map<string, readonly PickedPackage[]>();
  const patterns = subject.language === "kuery";
  return {
    partKey,
    targets(part) {
      if (schemas === undefined) return [];
      const found =
        known.get(partKey(part)) ?? targetsOf(schemas, subject, { part: partAt(part), whole: whole() });
      known.set(partKey(part), found);
      return found;
    },
    keyTargets: lazy(() => (schemas === undefined ? [] : keyTargetsOf(schemas, subject, whole()))),
    packages(part) {
      if (schemas === undefined) return [];
      const asked = { part: partAt(part), whole: whole() };
      const found = picked.get(partKey(part)) ?? pickedPackages(schemas, subject, asked);
      picked.set(partKey(part), found);
      return found;
    },
    typeIn: rememberedTypes(patterns ? PATTERNS : EXACT),
  };
}

const PATTERNS = { patterns: true };
const EXACT = { patterns: false };

/** Several checks and the verifier ask for the same fields. */
function rememberedTypes(options: { readonly patterns: boolean }): ScopeTargets["typeIn"] {
  const known = new Map<Target, Map<string, TypeInTarget | undefined>>();
  return (target, name) => {
    const types = known.get(target) ?? new Map<string, TypeInTarget | undefined>();
    known.set(target, types);
    const found = types.get(name);
    if (found !== undefined || types.has(name)) return found;
    const type = typeInTarget(target, name, options);
    types.set(name, type);
    return type;
  };
}

/** All names of some targets, some of them more than once. */
export function* namesIn(targets: readonly Target[]): Iterable<string> {
  for (const schema of new Set(targets.flatMap(({ schemas }) => schemas))) yield* schema.names();
}
