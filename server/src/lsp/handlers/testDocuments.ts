/** Answers for documents that hold sample events or test cases, in place of those for rules. */
import { createHash } from "node:crypto";
import path from "node:path";
import * as lsp from "vscode-languageserver";
import { queryCache } from "../../core/analysis/cache.ts";
import { DEFAULT_CONFIG } from "../../core/analysis/config.ts";
import { snapshotOf } from "../../core/analysis/snapshot.ts";
import { quickFixes } from "../../core/features/codeActions.ts";
import { type FieldContext } from "../../core/features/fieldText.ts";
import { manifestCompletions } from "../../core/features/manifestCompletion.ts";
import { eventHover, manifestHover } from "../../core/features/testHover.ts";
import {
  type DiagnosticContext,
  toCodeAction,
  toCompletionList,
  toDiagnostic,
  toHover,
  toSpan,
} from "../convert.ts";
import { type Session } from "../session.ts";
import { fixesFor, type TestDocument, testDocumentKind, TestDocuments } from "../testing/testDocuments.ts";
import { pageOf } from "./diagnostics.ts";

/** Each answer is undefined for documents of other kinds. */
export interface TestAnswers {
  pull(
    params: lsp.DocumentDiagnosticParams,
    token: lsp.CancellationToken,
  ): Promise<lsp.DocumentDiagnosticReport | undefined>;
  diagnostics(
    uri: string,
    token: lsp.CancellationToken,
  ): Promise<{ readonly version: number; readonly diagnostics: lsp.Diagnostic[] } | undefined>;
  actions(params: lsp.CodeActionParams, token: lsp.CancellationToken): Promise<lsp.CodeAction[] | undefined>;
  hover(params: lsp.HoverParams, token: lsp.CancellationToken): Promise<lsp.Hover | null | undefined>;
  completions(
    params: lsp.CompletionParams,
    client: lsp.ClientCapabilities,
    token: lsp.CancellationToken,
  ): Promise<lsp.CompletionList | undefined>;
}

export function testAnswers(session: Session): TestAnswers {
  const service = session.tests;
  const documents = new TestDocuments(service, async (uri) => (await session.configOf(uri)).checks);
  const cache = queryCache();

  function contextOf(uri: string): DiagnosticContext {
    return { uri, pageOf: (check) => pageOf(session, check), otherFile: () => undefined };
  }

  /** As the rule sees them that the file belongs to. */
  async function fieldsOf(document: TestDocument): Promise<FieldContext | undefined> {
    const { root, path: name, rule } = document.file;
    const knowledge = await service.places.knowledgeFor(path.dirname(service.places.fileOf(root, name)));
    const scope = snapshotOf({ text: rule?.text ?? "", knowledge, config: DEFAULT_CONFIG, cache }).scope();
    const docs = await session.fieldDocs();
    return scope && { scope, part: "whole", docs, useCount: undefined };
  }

  async function diagnostics(
    uri: string,
    token: lsp.CancellationToken,
  ): ReturnType<TestAnswers["diagnostics"]> {
    const document = testDocumentKind(uri) === undefined ? undefined : await documents.look(uri, token);
    if (document === undefined) return undefined;
    const { version } = document;
    return {
      version,
      diagnostics: document.diagnostics.map((one) => toDiagnostic(document, one, contextOf(uri))),
    };
  }

  return {
    diagnostics,

    async pull({ textDocument: { uri }, previousResultId }, token) {
      if (testDocumentKind(uri) === undefined) return undefined;
      const items = (await diagnostics(uri, token))?.diagnostics ?? [];
      // It rests on other files too: what is said is all that tells one answer from another.
      const resultId = createHash("sha1").update(JSON.stringify(items)).digest("base64url");
      if (previousResultId === resultId) return { kind: "unchanged", resultId };
      return { kind: "full", resultId, items };
    },

    async actions({ textDocument: { uri }, range, context: { only } }, token) {
      if (testDocumentKind(uri) === undefined) return undefined;
      if (only?.every((kind) => kind !== "" && kind !== lsp.CodeActionKind.QuickFix) === true) return [];
      const document = await documents.look(uri, token);
      if (document === undefined) return [];
      const asked = toSpan(document.lines(), range);
      // Fixes are made for what is asked about alone: they may go through all of the file.
      const near = document.diagnostics.filter(
        ({ span }) => span.start <= asked.end && asked.start <= span.end,
      );
      const fixable = near.map((diagnostic) => ({ ...diagnostic, fixes: fixesFor(document, diagnostic) }));
      return quickFixes(fixable, asked).map((quickFix) => {
        const diagnostic = toDiagnostic(document, quickFix.diagnostic, contextOf(uri));
        return toCodeAction(document, quickFix, diagnostic, { uri, version: document.version });
      });
    },

    async hover({ textDocument: { uri }, position }, token) {
      const kind = testDocumentKind(uri);
      if (kind === undefined) return undefined;
      const document = await documents.look(uri, token);
      if (document === undefined) return null;
      const { text, events } = document;
      const offset = document.lines().offsetAt(position);
      const fields = await fieldsOf(document);
      const found =
        kind === "events"
          ? eventHover(text, events.events, offset, fields)
          : manifestHover(text, offset, fields);
      return found === undefined ? null : toHover(document, found);
    },

    /** In manifests; events are pasted, not typed. */
    async completions({ textDocument: { uri }, position }, client, token) {
      const kind = testDocumentKind(uri);
      if (kind === undefined) return undefined;
      const document = kind === "manifest" ? await documents.look(uri, token) : undefined;
      if (document === undefined) return { items: [], isIncomplete: false };
      const files = await service.eventFilesBeside(uri);
      const found = manifestCompletions(document.text, document.lines().offsetAt(position), { files });
      return toCompletionList(document, found, { uri, client: client.textDocument?.completion });
    },
  };
}
