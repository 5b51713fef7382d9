/** Completion. Items carry what their documentation is about, so that it can be resolved without any memory of the list. */
import type * as lsp from "vscode-languageserver";
import { type CompletionTrigger, completionsAt } from "../../core/features/completion.ts";
import { completionDoc } from "../../core/features/completionDoc.ts";
import { fieldPools } from "../../core/features/completionFields.ts";
import { type AttackCatalog } from "../../core/knowledge/attack.ts";
import { type ThreatSearch, threatSearch } from "../../core/knowledge/attackSearch.ts";
import { loadFieldPopularity } from "../../host/knowledge.ts";
import { newId } from "../../host/newId.ts";
import { today } from "../../host/today.ts";
import { type CompletionData, toCompletionList, toMarkup } from "../convert.ts";
import { FieldUseCounts, type FieldUses } from "../fieldUses.ts";
import { workspaceWords } from "../workspaceWords.ts";
import { type OpenDocument, type Session } from "../session.ts";

/** Characters at which something new can be offered; others go on with a word. */
export const TRIGGER_CHARACTERS: readonly CompletionTrigger[] = [".", '"', ":", " "];

export interface Completions {
  list(params: lsp.CompletionParams): Promise<lsp.CompletionList>;
  resolve(item: lsp.CompletionItem): Promise<lsp.CompletionItem>;
}

/** What the client can show is known once it has introduced itself. */
export function completions(session: Session, client: () => lsp.ClientCapabilities): Completions {
  const pools = fieldPools();
  const wordsFor = workspaceWords();
  let counts: Promise<FieldUseCounts> | undefined;
  let searched: { readonly attack: AttackCatalog; readonly threats: ThreatSearch } | undefined;

  function threatsOf(attack: AttackCatalog | undefined): ThreatSearch | undefined {
    if (attack !== undefined && searched?.attack !== attack)
      searched = { attack, threats: threatSearch(attack) };
    return attack === undefined ? undefined : searched?.threats;
  }

  async function usesFor(document: OpenDocument): Promise<FieldUses> {
    counts ??= loadFieldPopularity(session.host).then((popularity) => new FieldUseCounts(popularity));
    return (await counts).of(document.placing?.root, session.workspaceOf(document), performance.now());
  }

  return {
    async list({ textDocument, position, context }) {
      const document = await session.open(textDocument.uri);
      if (document === undefined) return { items: [], isIncomplete: false };
      const { snapshot, uri, placing } = document;
      const { useCount, fieldsBeside } = await usesFor(document);
      const words = wordsFor(session.workspaceOf(document), placing?.path);
      const sources = {
        pools,
        useCount,
        workspaceFields: placing === undefined ? [] : fieldsBeside(placing.path),
        workspaceTags: words.tags,
        workspaceRules: words.rules,
        threats: threatsOf(snapshot.knowledge.attack),
        seenValues: await session.seenValues(uri),
        isToldRule: session.languageOf(uri) === "detection-rule",
        today: today(new Date()),
        freshId: newId(),
      };
      const offset = snapshot.lines().offsetAt(position);
      const found = completionsAt(snapshot, offset, sources, triggerOf(context));
      return toCompletionList(snapshot, found, { uri, client: client().textDocument?.completion });
    },
    async resolve(item) {
      const asked = subjectOf(item.data);
      if (asked === undefined) return item;
      const docs = await session.fieldDocs();
      const document = await session.open(asked.uri);
      const uses = document && session.workspaceOf(document)?.uses();
      const useCount = uses && ((name: string) => uses.fields.get(name) ?? 0);
      const markdown = document && completionDoc(asked.subject, document.snapshot, docs, useCount);
      return markdown === undefined ? item : { ...item, documentation: toMarkup(markdown) };
    },
  };
}

function triggerOf(context: lsp.CompletionContext | undefined): CompletionTrigger {
  return TRIGGER_CHARACTERS.find((one) => one === context?.triggerCharacter) ?? "asked";
}

/** What we put into an item comes back as it was sent, if the client plays fair. */
function subjectOf(data: unknown): CompletionData | undefined {
  if (typeof data !== "object" || data === null || !("uri" in data) || !("subject" in data)) return undefined;
  const { uri, subject } = data;
  if (typeof uri !== "string" || typeof subject !== "object" || subject === null || !("kind" in subject))
    return undefined;
  return data as CompletionData; // Ours, by its shape; an unknown kind has no documentation.
}
