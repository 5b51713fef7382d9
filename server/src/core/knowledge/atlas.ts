/** MITRE ATLAS as far as we know it without a file: enough to show what an id is, not to judge what is unknown. */
import { lazy } from "../base/lazy.ts";
import { type AttackCatalog, catalogOf, parentId } from "./attack.ts";
import { ATLAS_TACTICS, ATLAS_TECHNIQUES, ATLAS_VERSION } from "./atlasFacts.ts";

/** The embedded catalog. Ids that it lacks may well exist: ATLAS has several releases a year. */
export const atlas: () => AttackCatalog = lazy(() => {
  const tacticsOf = new Map(ATLAS_TECHNIQUES.map(([id, , tactics]) => [id, tactics?.split(",") ?? []]));
  return catalogOf({
    framework: "MITRE ATLAS",
    version: ATLAS_VERSION,
    tactics: ATLAS_TACTICS.map(([id, name]) => ({ kind: "tactic", id, name, description: "" })),
    techniques: ATLAS_TECHNIQUES.map(([id, name]) => ({
      kind: "technique",
      id,
      name,
      tactics: tacticsOf.get(parentId(id) ?? id) ?? [],
      platforms: [],
      isDeprecated: false,
      replacedBy: undefined,
      parent: parentId(id),
      description: "",
      mitigations: undefined,
    })),
  });
});
