/** Notes between the words of a rule: their explanations are made when an editor shows them. */
import type * as lsp from "vscode-languageserver";
import { inlayHints } from "../../core/features/inlayHints.ts";
import { inlayMarkdown } from "../../core/features/inlayHintsDoc.ts";
import { DEFAULT_KINDS, INLAY_HINT_KINDS, type InlayHintKind } from "../../core/features/inlayHintsModel.ts";
import { keptPromises } from "../../host/keptPromises.ts";
import { toMarkup, toSpan } from "../convert.ts";
import { type InlayData, toInlayHint } from "../convertEditing.ts";
import { type InlayHintSettings } from "../protocolInlay.ts";
import { type Session } from "../session.ts";
import { type CurrentWork } from "./currentWork.ts";

/** Which notes are shown; asked for once for each file, until settings change. */
export class InlaySettings {
  readonly #settingsFor: (uri: string) => Promise<InlayHintSettings | undefined>;
  readonly #kinds = keptPromises<ReadonlySet<InlayHintKind>>();

  constructor(settingsFor: (uri: string) => Promise<InlayHintSettings | undefined>) {
    this.#settingsFor = settingsFor;
  }

  kindsFor(uri: string): Promise<ReadonlySet<InlayHintKind>> {
    return this.#kinds.of(uri, () => this.#settingsFor(uri).then(kindsOf));
  }

  forget(uri: string): void {
    this.#kinds.forget(uri);
  }

  forgetAll(): void {
    this.#kinds.forgetAll();
  }
}

/** Anything but a plain yes or no counts as unset. */
function kindsOf(settings: InlayHintSettings | undefined): ReadonlySet<InlayHintKind> {
  const isOn = (kind: InlayHintKind): boolean => {
    const set: unknown = settings?.[kind];
    return typeof set === "boolean" ? set : DEFAULT_KINDS.includes(kind);
  };
  return new Set(INLAY_HINT_KINDS.filter(isOn));
}

export async function listInlayHints(
  session: Session,
  settings: InlaySettings,
  driven: CurrentWork,
  { textDocument: { uri }, range }: lsp.InlayHintParams,
  token: lsp.CancellationToken,
): Promise<lsp.InlayHint[]> {
  const kinds = await settings.kindsFor(uri);
  const document = await session.open(uri);
  if (document === undefined) return [];
  const { snapshot } = document;
  const lines = snapshot.lines();
  const hints = await driven(document, inlayHints(snapshot, toSpan(lines, range), kinds), token);
  return hints.map((hint) => toInlayHint(lines, hint, uri));
}

export async function resolveInlayHint(session: Session, hint: lsp.InlayHint): Promise<lsp.InlayHint> {
  const asked = dataOf(hint.data);
  if (asked === undefined) return hint;
  const docs = await session.fieldDocs();
  const document = await session.open(asked.uri);
  const uses = document && session.workspaceOf(document)?.uses();
  const useCount = uses && ((name: string) => uses.fields.get(name) ?? 0);
  const markdown = document && inlayMarkdown(asked.subject, document.snapshot, docs, useCount);
  return markdown === undefined ? hint : { ...hint, tooltip: toMarkup(markdown) };
}

/** What we put into a note comes back as it was sent, if the client plays fair. */
function dataOf(data: unknown): InlayData | undefined {
  if (typeof data !== "object" || data === null || !("uri" in data) || !("subject" in data)) return undefined;
  const { uri, subject } = data;
  if (typeof uri !== "string" || typeof subject !== "object" || subject === null || !("kind" in subject))
    return undefined;
  return data as InlayData; // Ours, by its shape; an unknown kind has no explanation.
}
