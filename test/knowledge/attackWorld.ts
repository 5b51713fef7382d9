/** A small world of tactics and techniques of our own, as STIX bundles of two versions and the map between them. */

type Stix = Readonly<Record<string, unknown>>;

interface TechniqueFacts {
  readonly id: string;
  readonly name: string;
  /** Short names of tactics. */
  readonly under: readonly string[];
  readonly platforms?: readonly string[];
  readonly description?: string;
  readonly revoked?: boolean;
  readonly deprecated?: boolean;
}

export function tactic(id: string, name: string, shortName: string): Stix {
  return {
    type: "x-mitre-tactic",
    id: `x-mitre-tactic--${id}`,
    name,
    description: `What ${name} is about.\n\nMore of it.`,
    external_references: [{ source_name: "mitre-attack", external_id: id }],
    x_mitre_shortname: shortName,
  };
}

export function technique(facts: TechniqueFacts): Stix {
  return {
    type: "attack-pattern",
    id: `attack-pattern--${facts.id}`,
    name: facts.name,
    description: facts.description ?? `How ${facts.name} works.`,
    external_references: [
      { source_name: "A book", description: "By somebody" },
      { source_name: "mitre-attack", external_id: facts.id },
    ],
    kill_chain_phases: facts.under.map((phase_name) => ({ kill_chain_name: "mitre-attack", phase_name })),
    x_mitre_platforms: facts.platforms ?? ["Windows"],
    revoked: facts.revoked ?? false,
    x_mitre_deprecated: facts.deprecated ?? false,
  };
}

export function mitigation(id: string, name: string): Stix {
  return {
    type: "course-of-action",
    id: `course-of-action--${id}`,
    name,
    external_references: [{ source_name: "mitre-attack", external_id: id }],
  };
}

export function link(kind: "mitigates" | "revoked-by", source: string, target: string): Stix {
  return {
    type: "relationship",
    id: `relationship--${source}-${target}`,
    relationship_type: kind,
    source_ref: source,
    target_ref: target,
  };
}

export function bundle(...objects: readonly unknown[]): Stix {
  return { type: "bundle", id: "bundle--1", spec_version: "2.0", objects };
}

const CREEP = tactic("TA9001", "Creeping In", "creeping-in");
const HIDE = tactic("TA9002", "Hiding", "hiding");
const BREAK = tactic("TA9003", "Breaking", "breaking");

const MATRIX = {
  type: "x-mitre-matrix",
  id: "x-mitre-matrix--1",
  external_references: [{ source_name: "mitre-attack", external_id: "enterprise-attack" }],
  tactic_refs: ["x-mitre-tactic--TA9001", "x-mitre-tactic--TA9002"],
};

/** Version 18.1: two tactics, four techniques in use, two that are gone, and one measure against them. */
export const OLDER = bundle(
  HIDE,
  CREEP,
  MATRIX,
  technique({
    id: "T9001",
    name: "Open Window",
    under: ["creeping-in"],
    platforms: ["Windows", "Linux"],
    description:
      "Somebody left a window open.(Citation: Windows (part 2)) See [Back Door](https://example.com/a_(b)) for more, or run <code>open *</code>.\n\nA second paragraph.",
  }),
  technique({ id: "T9002", name: "Tinted Glass", under: ["hiding", "creeping-in"] }),
  technique({ id: "T9002.001", name: "Blue Glass", under: ["hiding"] }),
  technique({ id: "T9002.002", name: "Green Glass", under: ["hiding"] }),
  technique({ id: "T9003", name: "Old Curtain", under: ["hiding"], revoked: true }),
  technique({ id: "T9004", name: "Rusty Lock", under: ["creeping-in"], deprecated: true }),
  technique({ id: "T9005", name: "Lost Key", under: ["creeping-in"], revoked: true }),
  technique({ id: "T9006", name: "Loose Tile", under: ["creeping-in"] }),
  technique({ id: "T9007", name: "Thin Wall", under: ["creeping-in"] }),
  mitigation("M9001", "Close Windows"),
  mitigation("M9002", "Draw Curtains"),
  link("mitigates", "course-of-action--M9002", "attack-pattern--T9001"),
  link("mitigates", "course-of-action--M9001", "attack-pattern--T9001"),
  link("mitigates", "course-of-action--gone", "attack-pattern--T9002"),
  link("revoked-by", "attack-pattern--T9003", "attack-pattern--T9002"),
  link("revoked-by", "attack-pattern--T9005", "attack-pattern--not-there"),
);

/** Version 19.0: Hiding is renamed, Breaking is new, and techniques have moved, were renamed, revoked and deprecated. */
export const LATER = bundle(
  CREEP,
  tactic("TA9002", "Blending In", "blending-in"),
  BREAK,
  technique({ id: "T9001", name: "Open Window", under: ["creeping-in"] }),
  technique({ id: "T9002", name: "Dark Glass", under: ["breaking", "blending-in"] }),
  technique({ id: "T9002.001", name: "Blue Glass", under: ["breaking"] }),
  technique({ id: "T9002.002", name: "Green Glass", under: ["breaking"], revoked: true }),
  technique({ id: "T9006", name: "Loose Tile", under: [], revoked: true }),
  technique({ id: "T9007", name: "Thin Wall", under: ["creeping-in"], deprecated: true }),
  technique({ id: "T9008", name: "Sky Light", under: ["breaking"] }),
  link("revoked-by", "attack-pattern--T9002.002", "attack-pattern--T9002.001"),
  link("revoked-by", "attack-pattern--T9006", "attack-pattern--T9008"),
);

export const MAP = `
framework: MITRE ATT&CK
source_version: '18'
target_version: 19
auto_derive_missing: true
techniques:
  T9003:
    id: T9008
    name: Sky Light
    reference: https://attack.mitre.org/techniques/T9008/
  T9004: null
`;
