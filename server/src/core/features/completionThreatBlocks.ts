/** Whole entries of `rule.threat` from one pick: tactic, technique and sub-technique, with the tag that belongs to them. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type AttackCatalog } from "../knowledge/attack.ts";
import { nearestCatalog } from "../knowledge/attackVersions.ts";
import {
  type ThreatBlock,
  type ThreatInsert,
  type ThreatKind,
  type ThreatSearch,
  threatBlocks,
  threatSearch,
} from "../knowledge/attackSearch.ts";
import { ATLAS_FRAMEWORK } from "../rule/threats.ts";
import { endsWithFilledLine } from "../text/ends.ts";
import { type Span } from "../text/span.ts";
import { type CompletionSources } from "./completion.ts";
import { canOpenItem } from "./completionHeaders.ts";
import { type CompletionItem } from "./completionItem.ts";
import { type KeySite } from "./completionSite.ts";
import { tagEdit } from "./completionTags.ts";
import { lines, quoted, threatItem } from "./completionThreat.ts";

const MOST_BLOCKS = 30;
const FEWEST_FOR_BLOCK = 3;

/** A whole `[[rule.threat]]` for what was typed, where only headers follow. */
export function blockItems(
  snapshot: Snapshot,
  { word, isLast, visit }: KeySite,
  typed: string,
  sources: CompletionSources,
): readonly CompletionItem[] {
  const { attack } = snapshot.knowledge;
  const isInRule = visit.section.startsWith("rule");
  if (!isLast || !isInRule || attack === undefined || typed.length < FEWEST_FOR_BLOCK) return [];
  if (!canOpenItem(snapshot, ["rule", "threat"], word.end)) return [];
  const catalogs = [
    { catalog: attack, search: sources.threats },
    ...(/^aml|^atlas/i.test(typed) ? [atlasChoice(attack)] : []),
  ];
  return catalogs.flatMap(({ catalog, search }) => blocksOf(snapshot, catalog, search, word, typed));
}

function atlasChoice(attack: AttackCatalog): {
  readonly catalog: AttackCatalog;
  readonly search: ThreatSearch | undefined;
} {
  const catalog = nearestCatalog(attack, ATLAS_FRAMEWORK, undefined) ?? attack;
  return { catalog, search: threatSearch(catalog) };
}

function blocksOf(
  snapshot: Snapshot,
  catalog: AttackCatalog,
  search: ThreatSearch | undefined,
  word: Span,
  typed: string,
): readonly CompletionItem[] {
  const kinds: readonly ThreatKind[] = ["technique", "sub-technique", "tactic"];
  const taken = new Set(snapshot.rule().threats.map(({ tactic }) => tactic?.id?.value));
  const text = typed
    .replaceAll("_", " ")
    .replace(/^atlas ?/i, "")
    .replace(/^aml(?=[t\d])/i, "AML.");
  const found = search?.({ text, kinds, limit: MOST_BLOCKS }) ?? [];
  const blank = endsWithFilledLine(snapshot.text.slice(0, word.start)) ? "\n" : "";
  return found.flatMap((suggestion) =>
    threatBlocks(catalog, suggestion.threat)
      .filter(({ tactic }) => !taken.has(tactic.id))
      .map((block) => {
        const tag = tagEdit(
          snapshot.rule(),
          catalog.framework === ATLAS_FRAMEWORK
            ? { kind: "atlas-technique", id: (block.technique ?? block.tactic).id }
            : { kind: "tactic", name: block.tactic.name },
        );
        const item = threatItem(suggestion, {
          span: word,
          text: blank + blockText(catalog, block),
          moreEdits: tag === undefined ? [] : [tag],
          filter: typed,
        });
        return { ...item, label: `[[rule.threat]] ${item.label}`, detail: block.tactic.name };
      }),
  );
}

function blockText({ framework }: AttackCatalog, { tactic, technique, subtechnique }: ThreatBlock): string {
  return [
    `[[rule.threat]]\nframework = ${quoted(framework)}`,
    table("[[rule.threat.technique]]", technique),
    table("[[rule.threat.technique.subtechnique]]", subtechnique),
    table("[rule.threat.tactic]", tactic),
  ]
    .filter((one) => one !== "")
    .join("\n\n");
}

function table(header: string, threat: ThreatInsert | undefined): string {
  return threat === undefined ? "" : [header, ...lines(threat)].join("\n");
}
