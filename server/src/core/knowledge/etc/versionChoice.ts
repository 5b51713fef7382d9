/** Which version of a package Elastic's validation takes on a stack. */
import { type PackageVersion } from "./manifests.ts";
import { isInRange } from "./kibanaRange.ts";
import { type StackVersion } from "./stackVersion.ts";

/** Versions of a package that run on a stack. */
export interface Candidates {
  /** The newest first. */
  readonly versions: readonly string[];
  /** Older versions can follow: of the next one it is not known whether it runs on the stack. */
  readonly isCut: boolean;
}

/**
 * The stack map speaks of X.Y.0, while a package may ask for a later patch of X.Y: the stack counts as that patch.
 * Elastic takes the highest patch that any package of the rule asks for. That makes no difference
 * to a single package: whatever asks for a later patch than its newest version does is older than that one.
 */
export function liftedStack(stack: StackVersion, versions: readonly PackageVersion[]): StackVersion {
  for (const { stacks } of versions) {
    const patches = (stacks ?? []).flatMap(({ from }) =>
      from.major === stack.major && from.minor === stack.minor ? [from.patch] : [],
    );
    // The newest version that asks for this minor decides, even if an older one asks for a later patch.
    if (0 < patches.length) return { ...stack, patch: Math.max(stack.patch, ...patches) };
  }
  return stack;
}

export function candidates(stack: StackVersion, versions: readonly PackageVersion[]): Candidates {
  const lifted = liftedStack(stack, versions);
  const runnable: string[] = [];
  for (const { version, stacks } of versions) {
    if (stacks === undefined) return { versions: runnable, isCut: true };
    if (isInRange(lifted, stacks)) runnable.push(version);
  }
  return { versions: runnable, isCut: false };
}
