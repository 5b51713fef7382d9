/** Whose alerts a rule reads: what its queries ask of the fields under which alerts hold their rule. */
import { type RuleDocument } from "./model.ts";

export interface AlertChoice {
  /** Ids of rules, in lower case. */
  readonly ids: readonly string[];
  /** Names of rules; `*` stands for any text. */
  readonly names: readonly string[];
  /** Alerts of all building blocks. */
  readonly isOfBuildingBlocks: boolean;
}

const PROPERTIES = ["rule_id", "name", "building_block_type"] as const;

/** One value, or a list in parentheses, behind a comparison that asks for it. What is negated is kept out, not read. */
const CHOICE =
  /(?<!\bnot\s+\(?)\b(?:kibana\.alert\.rule|signal\.rule|kibana\.alert)\.(rule_id|name|building_block_type)\s*(?::|==|\b(?:in|like)\b~?)\s*(\((?:"[^"\n]*"|[^()"])*\)|"[^"\n]*"|[\w*-]+)/gi;

/** Looks at the text of the queries, so that it works in every language. */
export function alertChoice({ queries }: RuleDocument): AlertChoice {
  const chosen = {
    rule_id: new Set<string>(),
    name: new Set<string>(),
    building_block_type: new Set<string>(),
  };
  for (const { text } of queries) {
    for (const [, written = "", values = ""] of text.matchAll(CHOICE)) {
      const property = PROPERTIES.find((one) => one === written.toLowerCase());
      if (property === undefined) continue;
      for (const value of valuesIn(values)) chosen[property].add(value);
    }
  }
  return {
    ids: [...chosen.rule_id].map((id) => id.toLowerCase()),
    names: [...chosen.name].filter((name) => name !== "*"),
    isOfBuildingBlocks: 0 < chosen.building_block_type.size,
  };
}

function valuesIn(written: string): readonly string[] {
  const quoted = [...written.matchAll(/"([^"\n]*)"/g)].map(([, value = ""]) => value);
  const found = 0 < quoted.length ? quoted : written.split(/[()\s,]+|\bor\b/i);
  return found.filter((value) => value !== "");
}
