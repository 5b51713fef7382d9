/** Which tactic or technique an entry means: its id says so, unless name and reference agree that it is another one. */
import { type AttackCatalog, type Tactic, type Technique } from "../knowledge/attack.ts";
import { type NamedThreat } from "../rule/threats.ts";

type RoleAndRef = Pick<NamedThreat, "role" | "ref">;

/** The tactic or technique of the written id; undefined if there is none. */
export function threatOfId({ role, ref }: RoleAndRef, attack: AttackCatalog): Tactic | Technique | undefined {
  const id = ref.id?.value;
  if (id === undefined) return undefined;
  return role === "tactic" ? attack.tactic(id) : attack.technique(id);
}

/** The tactic or technique that name and reference agree on, if the id is a known other one: then the id is the mistake. */
export function threatMeantInstead(
  threat: RoleAndRef,
  attack: AttackCatalog,
): Tactic | Technique | undefined {
  const written = threatOfId(threat, attack);
  const { name, reference } = threat.ref;
  if (written === undefined || name === undefined || reference === undefined) return undefined;
  const id = idInReference(reference.value);
  if (id === undefined || id === written.id) return undefined;
  const meant = threat.role === "tactic" ? attack.tactic(id) : attack.technique(id);
  return meant?.name === name.value ? meant : undefined;
}

/** The id that a link names; undefined if it is no link to ATT&CK or ATLAS, which `rule/malformed-value` reports. */
export function idInReference(url: string): string | undefined {
  const atlas = /^https:\/\/atlas.mitre.org\/(?:tactics|techniques)\/(AML\.TA?\d+(?:\.\d+)?)\/?$/.exec(url);
  if (atlas !== null) return atlas[1];
  const match = /^https:\/\/attack.mitre.org\/(?:tactics|techniques)\/(TA?\d+)(?:\/(\d+))?\/?$/.exec(url);
  if (match === null) return undefined;
  return match[2] === undefined ? match[1] : `${match[1] ?? ""}.${match[2]}`;
}
