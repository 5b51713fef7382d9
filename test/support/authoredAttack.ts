/** A later version of ATT&CK as a fixture declares it, and what becomes in it of what is packaged. */
import { parse, stringify } from "yaml";
import {
  type AttackCatalog,
  type Tactic,
  type Technique,
  catalogOf,
  parentId,
} from "../../server/src/core/knowledge/attack.ts";
import { attackVersionMap } from "../../server/src/core/knowledge/attackVersionMap.ts";
import { attackConversion, withOthers } from "../../server/src/core/knowledge/attackVersions.ts";

interface Authored {
  readonly version: string;
  /** Names by id, in the order of MITRE's file. */
  readonly tactics: Readonly<Record<string, string>>;
  /** By id: the name, then ids of tactics; `gone` instead of them for a technique that is revoked. */
  readonly techniques: Readonly<Record<string, readonly string[]>>;
  /** The file of `attack-version-maps`. */
  readonly map: unknown;
}

export function authoredAttack(yaml: string, packaged: AttackCatalog): AttackCatalog {
  // Fixtures are ours: a mistake in one shows as a failing test.
  const { version, tactics, techniques, map } = parse(yaml) as Authored;
  const target = catalogOf({
    framework: "MITRE ATT&CK",
    version,
    // Those of the matrix stand in another order.
    tactics: Object.entries(tactics).map(tacticOf).reverse(),
    tacticOrder: Object.keys(tactics),
    techniques: Object.entries(techniques).map(techniqueOf),
  });
  const read = attackVersionMap(stringify(map));
  if (!read.ok) throw new Error(`The map of the fixture cannot be read: ${read.error.kind}`);
  return withOthers(packaged, [target], attackConversion(read.value, packaged, target));
}

function tacticOf([id, name]: readonly [string, string]): Tactic {
  return { kind: "tactic", id, name, description: "" };
}

function techniqueOf([id, [name = "", ...tactics]]: readonly [string, readonly string[]]): Technique {
  const isGone = tactics[0] === "gone";
  return {
    kind: "technique",
    id,
    name,
    tactics: isGone ? [] : tactics,
    platforms: [],
    isDeprecated: isGone,
    replacedBy: undefined,
    parent: parentId(id),
    description: "",
    mitigations: undefined,
  };
}
