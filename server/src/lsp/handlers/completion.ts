/** Completion. Items carry what their documentation is about, so that it can be resolved without any memory of the list. */
import type * as lsp from "vscode-languageserver";
import { type CompletionTrigger, completionsAt } from "../../core/features/completion.ts";
import { completionDoc } from "../../core/features/completionDoc.ts";
import { fieldPools } from "../../core/features/completionFields.ts";
import { type AttackCatalog } from "../../core/knowledge/attack.ts";
import { type ThreatSearch, threatSearch } from "../../core/knowledge/attackSearch.ts";
import { type FieldPopularity } from "../../core/knowledge/popularFields.ts";
import { loadFieldPopularity } from "../../host/knowledge.ts";
import { type CompletionData, toCompletionList, toMarkup } from "../convert.ts";
import { type Session } from "../session.ts";

/** Characters at which something new can be offered; others go on with a word. */
export const TRIGGER_CHARACTERS: readonly CompletionTrigger[] = [".", '"', ":", " "];

export interface Completions {
  list(params: lsp.CompletionParams): Promise<lsp.CompletionList>;
  resolve(item: lsp.CompletionItem): Promise<lsp.CompletionItem>;
}

/** What the client can show is known once it has introduced itself. */
export function completions(session: Session, client: () => lsp.ClientCapabilities): Completions {
  const pools = fieldPools();
  let popularity: Promise<FieldPopularity> | undefined;
  let searched: { readonly attack: AttackCatalog; readonly threats: ThreatSearch } | undefined;

  function threatsOf(attack: AttackCatalog | undefined): ThreatSearch | undefined {
    if (attack !== undefined && searched?.attack !== attack)
      searched = { attack, threats: threatSearch(attack) };
    return attack === undefined ? undefined : searched?.threats;
  }

  return {
    async list({ textDocument, position, context }) {
      popularity ??= loadFieldPopularity(session.host);
      const useCount = await popularity;
      const document = await session.open(textDocument.uri);
      if (document === undefined) return { items: [], isIncomplete: false };
      const { snapshot, uri } = document;
      const sources = {
        pools,
        useCount,
        workspaceFields: [],
        threats: threatsOf(snapshot.knowledge.attack),
        seenValues: undefined,
        today: today(),
        freshId: crypto.randomUUID(),
      };
      const offset = snapshot.lines().offsetAt(position);
      const found = completionsAt(snapshot, offset, sources, triggerOf(context));
      return toCompletionList(snapshot, found, { uri, client: client().textDocument?.completion });
    },
    async resolve(item) {
      const asked = subjectOf(item.data);
      if (asked === undefined) return item;
      const docs = await session.fieldDocs();
      const snapshot = (await session.open(asked.uri))?.snapshot;
      const markdown = snapshot && completionDoc(asked.subject, snapshot, docs);
      return markdown === undefined ? item : { ...item, documentation: toMarkup(markdown) };
    },
  };
}

function triggerOf(context: lsp.CompletionContext | undefined): CompletionTrigger {
  return TRIGGER_CHARACTERS.find((one) => one === context?.triggerCharacter) ?? "asked";
}

/** The author's day, as rules write it. */
function today(): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${now.getFullYear()}/${two(now.getMonth() + 1)}/${two(now.getDate())}`;
}

/** What we put into an item comes back as it was sent, if the client plays fair. */
function subjectOf(data: unknown): CompletionData | undefined {
  if (typeof data !== "object" || data === null || !("uri" in data) || !("subject" in data)) return undefined;
  const { uri, subject } = data;
  if (typeof uri !== "string" || typeof subject !== "object" || subject === null || !("kind" in subject))
    return undefined;
  return data as CompletionData; // Ours, by its shape; an unknown kind has no documentation.
}
