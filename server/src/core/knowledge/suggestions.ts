/** Names that were probably meant, among all that the rule's schemas and the packaged data have. */
import { lazy } from "../base/lazy.ts";
import { type FieldInfo } from "./fields.ts";
import { nameIndex } from "./nearest.ts";
import { otherName } from "./otherNames.ts";
import { rankedNames } from "./ranking.ts";
import { type ScopeSources } from "./scope.ts";
import { namesIn, type ScopeTargets } from "./scopeTargets.ts";

/** Answers are kept: a name may be asked for by several checks. */
export function suggester(
  { catalog, embedded, useCount }: ScopeSources,
  { targets, keyTargets, typeIn }: ScopeTargets,
): (name: string, limit: number) => readonly FieldInfo[] {
  /** Those of the newest stack: what older ones have besides is not what an author is looking for. */
  function* names(): Iterable<string> {
    yield* namesIn(keyTargets().slice(-1));
    yield* embedded.names();
  }
  const index = lazy(() => nameIndex(names()));
  const known = new Map<string, readonly string[]>();

  function typeOf(name: string): string | undefined {
    const types = targets("whole").map((target) => typeIn(target, name)?.type);
    return types.find((type) => type !== undefined) ?? embedded.typeOf(name);
  }

  function fieldInfo(name: string): FieldInfo {
    const type = typeOf(name) ?? "keyword";
    return catalog.get(name) ?? { name, type, isList: false, allowedValues: [], multiFieldOf: undefined };
  }

  function isInTargets(name: string): boolean {
    return targets("whole").some((target) => typeIn(target, name) !== undefined);
  }

  /** A name that the field has today is better than one that looks like it. */
  function suggestionsFor(name: string): readonly string[] {
    const ranked = rankedNames(name, index().near(name), { isInTargets, useCount });
    const other = otherName(name);
    return other === undefined ? ranked : [...new Set([other, ...ranked])];
  }

  return (name, limit) => {
    const ranked = known.get(name) ?? suggestionsFor(name);
    known.set(name, ranked);
    return ranked.slice(0, limit).map(fieldInfo);
  };
}
