/** The versions of Fleet packages that `related_integrations` speaks of. */
import { type StackRange, isInRange, stackRange } from "../knowledge/etc/kibanaRange.ts";
import { type StackVersion, compareStacks, stackVersion } from "../knowledge/etc/stackVersion.ts";

export interface ManifestVersion {
  readonly version: string;
  readonly stacks: StackRange;
  readonly policyTemplates: readonly string[];
}

/** By package; versions that are not understood are left out. */
export type PackageManifests = ReadonlyMap<string, readonly ManifestVersion[]>;

/** Reads `integration-manifests.json`. */
export function readPackageManifests(value: unknown): PackageManifests {
  return new Map(
    membersOf(value).map(([name, versions]) => [
      name,
      membersOf(versions).flatMap(([version, manifest]) => manifestVersion(version, manifest) ?? []),
    ]),
  );
}

function manifestVersion(version: string, manifest: unknown): ManifestVersion | undefined {
  if (stackVersion(version) === undefined) return undefined;
  const members = new Map(membersOf(manifest));
  const kibana = new Map(membersOf(new Map(membersOf(members.get("conditions"))).get("kibana")));
  const text = kibana.get("version");
  const stacks = typeof text === "string" ? stackRange(text) : undefined;
  if (stacks === undefined) return undefined;
  const templates: unknown = members.get("policy_templates");
  const policyTemplates = Array.isArray(templates)
    ? templates.flatMap((one: unknown) => (typeof one === "string" ? [one] : []))
    : [];
  return { version, stacks, policyTemplates };
}

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

/** The oldest version that runs on the stack of the newest major that has one. */
export function leastVersion(
  manifests: PackageManifests,
  packageName: string,
  stack: StackVersion,
): ManifestVersion | undefined {
  const versions = (manifests.get(packageName) ?? []).flatMap((one) => {
    const number = stackVersion(one.version);
    return number === undefined ? [] : [{ one, number }];
  });
  const fitting = versions
    .filter(({ one }) => isInRange(stack, one.stacks))
    .sort((a, b) => b.number.major - a.number.major || compareStacks(a.number, b.number));
  return fitting[0]?.one;
}
