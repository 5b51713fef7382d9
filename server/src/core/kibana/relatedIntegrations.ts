/** `related_integrations`, which Elastic's build derives from `metadata.integration` and the datasets of the query. */
import { type JsonObject } from "../engine/event.ts";
import { type StackVersion } from "../knowledge/etc/stackVersion.ts";
import { type FieldScope } from "../knowledge/scope.ts";
import { type PackageUse } from "../knowledge/packageUses.ts";
import { getsOtherForm } from "./builtStack.ts";
import { type PackageManifests, leastVersion } from "./packageVersions.ts";

export interface Related {
  readonly packages: readonly JsonObject[];
  /** Packages for which no version was found. */
  readonly withoutVersion: readonly string[];
}

export function relatedIntegrations(
  scope: FieldScope,
  manifests: PackageManifests,
  stack: StackVersion,
): Related {
  const uses = new Map<string, PackageUse>();
  for (const { use } of scope.packages("whole")) uses.set(`${use.package}\n${use.stream ?? ""}`, use);
  const found = new Map<string, JsonObject>();
  const withoutVersion = new Set<string>();
  for (const { package: name, stream } of [...uses.values()].sort(byDataset)) {
    const least = leastVersion(manifests, name, stack);
    if (least === undefined) {
      withoutVersion.add(name);
      continue;
    }
    const isTemplate = stream !== undefined && least.policyTemplates.includes(stream);
    const related: JsonObject = {
      package: name,
      version: `${getsOtherForm(stack) ? ">=" : "^"}${least.version}`,
      ...(isTemplate ? { integration: stream } : {}),
    };
    found.set(JSON.stringify(related), related);
  }
  return { packages: [...found.values()], withoutVersion: [...withoutVersion] };
}

/** What the metadata name comes first, in its order; datasets of the query follow in theirs. */
function byDataset({ dataset: a }: PackageUse, { dataset: b }: PackageUse): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return a < b ? -1 : Number(b < a);
}
