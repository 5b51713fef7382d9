/** Completion as tests ask for it: with what is packaged, and with what they say themselves. */
import {
  type CompletionSources,
  type CompletionTrigger,
  completionsAt,
} from "../../server/src/core/features/completion.ts";
import { fieldPools } from "../../server/src/core/features/completionFields.ts";
import { type CompletionItem } from "../../server/src/core/features/completionItem.ts";
import { threatSearch } from "../../server/src/core/knowledge/attackSearch.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { plainText } from "../../server/src/core/text/snippet.ts";
import { readToml } from "../../server/src/core/toml/read.ts";
import { loadFieldPopularity } from "../../server/src/host/knowledge.ts";
import { nodeHost } from "../../server/src/host/node.ts";
import { ELASTIC, knowledge, knowledgeWith, snapshot } from "./analyse.ts";
import { root } from "./fixture.ts";

const pools = fieldPools();
const popularity = await loadFieldPopularity(nodeHost(root));
const threats = knowledge.attack && threatSearch(knowledge.attack);

export function completionSources(
  own: { readonly [K in keyof CompletionSources]?: CompletionSources[K] | undefined } = {},
): CompletionSources {
  return {
    pools: own.pools ?? pools,
    useCount: own.useCount ?? popularity,
    workspaceFields: own.workspaceFields ?? [],
    workspaceTags: own.workspaceTags,
    workspaceRules: own.workspaceRules,
    isToldRule: own.isToldRule ?? false,
    threats,
    seenValues: own.seenValues,
    today: own.today ?? "2026/08/01",
    freshId: own.freshId ?? "0b0a7f2e-5a3c-4d5e-8f60-112233445566",
  };
}

const TRIGGERS: readonly CompletionTrigger[] = [".", '"', ":", " "];

export interface Asked {
  /** The character that made the editor ask. */
  readonly typed?: string | undefined;
  readonly schemas?: string | undefined;
  readonly seen?: readonly string[];
  readonly workspace?: readonly string[];
  readonly tags?: readonly string[];
  /** An id and a name, with a blank between them. */
  readonly rules?: readonly string[];
  /** The client calls the file a rule. */
  readonly isToldRule?: boolean;
}

export function completionsIn(text: string, offset: number, asked: Asked = {}): readonly CompletionItem[] {
  const { typed, schemas, seen = [], workspace, tags, rules = [], isToldRule } = asked;
  const trigger = TRIGGERS.find((one) => one.trim() === typed?.trim() && typed !== undefined) ?? "asked";
  const sources = completionSources({
    seenValues: () => seen,
    workspaceFields: workspace,
    workspaceTags: tags,
    isToldRule,
    workspaceRules: rules.map((line) => ({ id: line.slice(0, 36), name: line.slice(37) })),
  });
  return completionsAt(snapshot(text, ELASTIC, knowledgeWith(schemas)), offset, sources, trigger).items;
}

/** The file after an item was accepted, with the first choice at each place that is left to the author. */
export function accepted(text: string, { span, snippet, moreEdits }: CompletionItem): string {
  const edits = [{ span, text: plainText(snippet) }, ...moreEdits];
  for (const one of moreEdits) {
    if (span.start <= one.span.end && one.span.start <= span.end)
      throw new Error("An edit touches the item's own");
  }
  return applyEdits(text, edits);
}

/** How much is wrong with a text as TOML. */
export function problemsOf(text: string): number {
  const { errors, conflicts } = readToml(text);
  return errors.length + conflicts.length;
}
