/** Coverage as a layer of MITRE's ATT&CK Navigator. */
import { type Coverage, type CoveredTactic, type CoveredTechnique, nameOf } from "./coverage.ts";

/** The form of layers that the Navigator has read since its version 4.8. */
const VERSIONS = { navigator: "5.1.0", layer: "4.5" } as const;
const LIGHTEST = "#dce9f7";
const DARKEST = "#08519c";

export function navigatorLayer(coverage: Coverage): string {
  const techniques = coverage.tactics.flatMap((tactic) =>
    tactic.techniques.flatMap((technique) =>
      [technique, ...technique.subtechniques].flatMap((one) => entryOf(coverage, tactic, one)),
    ),
  );
  const most = Math.max(1, ...techniques.map(({ score }) => score));
  const layer = {
    name: "Detection rules",
    versions: { attack: coverage.version.split(".")[0] ?? "", ...VERSIONS },
    domain: "enterprise-attack",
    description: `${coverage.rules.length} rules; scores are counts of rules`,
    sorting: 3,
    layout: { layout: "side", showID: true, showName: true },
    hideDisabled: false,
    techniques,
    gradient: { colors: [LIGHTEST, DARKEST], minValue: 1, maxValue: most },
  };
  return `${JSON.stringify(layer, undefined, 2)}\n`;
}

interface Entry {
  readonly techniqueID: string;
  readonly tactic: string;
  readonly score: number;
  readonly comment: string;
  readonly enabled: true;
  readonly showSubtechniques: boolean;
}

function entryOf(
  { rules }: Coverage,
  tactic: CoveredTactic,
  { id, rules: own, subtechniques }: CoveredTechnique,
): readonly Entry[] {
  if (own.length === 0) return [];
  const names = own.flatMap((index) => rules[index] ?? []).map(nameOf);
  return [
    {
      techniqueID: id,
      tactic: tactic.name.toLowerCase().replaceAll(" ", "-"),
      score: own.length,
      comment: names.join("\n"),
      enabled: true,
      showSubtechniques: subtechniques.some((one) => 0 < one.rules.length),
    },
  ];
}
