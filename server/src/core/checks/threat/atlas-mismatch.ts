import {
  type AttackCatalog,
  type Tactic,
  type Technique,
  attackUrl,
  parentId,
} from "../../knowledge/attack.ts";
import { loadedCatalog, nearestCatalog } from "../../knowledge/attackVersions.ts";
import {
  ATLAS_FRAMEWORK,
  type NamedThreat,
  type ThreatScope,
  threatScopes,
  threatsIn,
} from "../../rule/threats.ts";
import { type Fix } from "../../text/edit.ts";
import { replaceText } from "../../toml/edits.ts";
import { type Finding, type ThreatCheck } from "../check.ts";
import { atlasExample } from "../threatExample.ts";
import { renameThreat } from "../threatEdits.ts";
import { idInReference, threatMeantInstead, threatOfId } from "../threatIdentity.ts";

export const atlasMismatch: ThreatCheck = {
  id: "threat/atlas-mismatch",
  on: "threat",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "An id, a name and a reference of MITRE ATLAS that do not belong together.",
  why: "Elastic's CI does not look at ATLAS entries in [[rule.threat]], so that a mistake stays until somebody reads the alert. Ids and names that are not known here are left alone, since ATLAS has several releases a year.",
  bad: atlasExample({ id: "AML.T0054", name: "LLM Prompt Injection" }),
  good: atlasExample({ id: "AML.T0051", name: "LLM Prompt Injection" }),
  *run(rule, baseline) {
    for (const scope of threatScopes(rule)) {
      const catalogs = scope.framework === ATLAS_FRAMEWORK ? atlasFor(scope, baseline) : undefined;
      if (catalogs === undefined) continue;
      for (const threat of threatsIn(scope)) yield* mismatches(threat, catalogs);
    }
  },
};

interface AtlasCatalogs {
  readonly catalog: AttackCatalog;
  /** Whether it is the very release that the entries are written for. Otherwise names may have changed. */
  readonly isExact: boolean;
}

function atlasFor({ framework, version }: ThreatScope, baseline: AttackCatalog): AtlasCatalogs | undefined {
  const exact = loadedCatalog(baseline, framework, version);
  const catalog = exact ?? nearestCatalog(baseline, framework, version);
  return catalog && { catalog, isExact: exact !== undefined };
}

function* mismatches(threat: NamedThreat, { catalog, isExact }: AtlasCatalogs): Generator<Finding> {
  const { id, name, reference } = threat.ref;
  if (id === undefined) return;
  const known = threatOfId(threat, catalog);
  const meant = threatMeantInstead(threat, catalog);
  if (known !== undefined && meant !== undefined) {
    const message = `${known.id} is ${known.name}; name and reference are those of ${meant.id} ${meant.name}`;
    yield { span: id.span, message, fixes: renamed(threat, meant) };
    return;
  }
  if (known !== undefined && name !== undefined && name.value !== known.name) {
    const other = threatNamed(threat, name.value, catalog);
    if (other !== undefined || isExact) {
      const message = `${known.id} is named \`${known.name}\` in ATLAS ${catalog.version}`;
      const fixes = [...renamed(threat, known), ...(other === undefined ? [] : renamed(threat, other))];
      yield { span: name.span, message, fixes };
      return;
    }
  }
  const linked = reference && idInReference(reference.value);
  if (reference !== undefined && linked !== undefined && linked !== id.value) {
    const edit = replaceText(reference.host, attackUrl(id.value));
    const fixes: readonly Fix[] =
      edit === undefined
        ? []
        : [{ title: `Link to ${attackUrl(id.value)}`, safety: "unsafe", edits: [edit] }];
    yield { span: reference.span, message: `This is not the page of ${id.value}`, fixes };
  }
  yield* wrongParent(threat);
}

function renamed({ ref }: NamedThreat, to: Tactic | Technique): readonly Fix[] {
  const edits = renameThreat(ref, to);
  return edits === undefined ? [] : [{ title: `Change to ${to.id} ${to.name}`, safety: "unsafe", edits }];
}

/** What has this name, in the same role. */
function threatNamed(
  { role }: NamedThreat,
  name: string,
  catalog: AttackCatalog,
): Tactic | Technique | undefined {
  if (role === "tactic") return catalog.tacticNamed(name);
  return catalog
    .techniquesNamed(name)
    .find((technique) => (technique.parent !== undefined) === (role === "sub-technique"));
}

/** The id says what it is a part of, whether we know it or not. */
function* wrongParent(threat: NamedThreat): Generator<Finding> {
  if (threat.role !== "sub-technique") return;
  const { id } = threat.ref;
  const above = threat.parent.id?.value;
  const parent = id && parentId(id.value);
  if (id === undefined || parent === undefined || above === undefined || parent === above) return;
  yield { span: id.span, message: `${id.value} is a sub-technique of ${parent}, not of ${above}`, fixes: [] };
}
