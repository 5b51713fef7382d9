/** Compares our ATT&CK table with a STIX bundle: every fact, and that no description of ours is taken from it. */
import { type AttackCatalog, type Technique } from "../../server/src/core/knowledge/attack.ts";
import { type SuiteFailure, type SuiteOutcome } from "./suite.ts";

interface StixObject {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly description?: string;
  readonly revoked?: boolean;
  readonly x_mitre_deprecated?: boolean;
  readonly x_mitre_shortname?: string;
  readonly x_mitre_platforms?: readonly string[];
  readonly kill_chain_phases?: readonly { readonly kill_chain_name: string; readonly phase_name: string }[];
  readonly external_references?: readonly { readonly source_name: string; readonly external_id?: string }[];
  readonly relationship_type?: string;
  readonly source_ref?: string;
  readonly target_ref?: string;
}

const SHARED_WORDS = 8;

export function attackFacts(attack: AttackCatalog, bundleText: string): SuiteOutcome {
  // A published format; objects without the fields we read are passed over.
  const { objects } = JSON.parse(bundleText) as { readonly objects: readonly StixObject[] };
  const byStixId = new Map(objects.map((object) => [object.id, object]));
  const idOf = (object: StixObject | undefined): string =>
    object?.external_references?.find((reference) => reference.source_name === "mitre-attack")?.external_id ??
    "";
  const replacedBy = new Map(
    objects
      .filter((object) => object.relationship_type === "revoked-by")
      .map((link) => [link.source_ref, idOf(byStixId.get(link.target_ref ?? ""))]),
  );
  const tactics = objects.filter(({ type }) => type === "x-mitre-tactic");
  const tacticId = new Map(tactics.map((tactic) => [tactic.x_mitre_shortname, idOf(tactic)]));
  const prose = wordRuns(objects.map((object) => object.description ?? ""));
  const failures: SuiteFailure[] = [];
  let passed = 0;

  function compare(name: string, expected: unknown, got: unknown): void {
    if (JSON.stringify(expected) === JSON.stringify(got)) passed++;
    else failures.push({ index: passed + failures.length, name, expected, got });
  }

  for (const tactic of tactics) compare(idOf(tactic), tactic.name, attack.tactic(idOf(tactic))?.name);
  const techniques = objects.filter(({ type }) => type === "attack-pattern");
  for (const object of techniques) {
    const phases = (object.kill_chain_phases ?? []).map((phase) => tacticId.get(phase.phase_name) ?? "?");
    const successor = object.revoked === true ? replacedBy.get(object.id) : undefined;
    const expected = {
      name: object.name,
      tactics: object.revoked === true ? [] : phases.sort(),
      platforms: object.revoked === true ? [] : [...(object.x_mitre_platforms ?? [])].sort(),
      deprecated: object.x_mitre_deprecated === true,
      replacedBy: successor ?? null,
    };
    compare(idOf(object), expected, factsOf(attack.technique(idOf(object))));
  }
  compare("number of techniques", techniques.length, attack.techniques.length);
  for (const { id, description } of [...attack.tactics, ...attack.techniques]) {
    compare(`${id} has a description`, true, description !== "" && description.length < 160);
    compare(
      `${id} is in our own words`,
      [],
      runsIn(description).filter((run) => prose.has(run)),
    );
  }
  return { suite: "corpus/attack-facts", passed, failures, known: 0, skipped: 0, notes: [] };
}

function factsOf(technique: Technique | undefined): unknown {
  if (technique === undefined) return undefined;
  const { name, tactics, platforms, isDeprecated, replacedBy } = technique;
  return {
    name,
    tactics: [...tactics].sort(),
    platforms: [...platforms].sort(),
    deprecated: isDeprecated,
    replacedBy: replacedBy ?? null,
  };
}

function wordRuns(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap(runsIn));
}

function runsIn(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words
    .slice(0, Math.max(0, words.length - SHARED_WORDS + 1))
    .map((_word, i) => words.slice(i, i + SHARED_WORDS).join(" "));
}
