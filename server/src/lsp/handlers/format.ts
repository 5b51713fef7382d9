/** Formatting of rules, whole or in a selection. TOML that is no rule stays with the formatters of others. */
import * as lsp from "vscode-languageserver";
import { type RuleFormatting, formatRange, formatRule, ruleFormat } from "../../core/features/formatRule.ts";
import { type Guard } from "../guard.ts";
import { toRange, toSpan } from "../convert.ts";
import { type InitializationOptions } from "../protocol.ts";
import { type OpenDocument, type Session } from "../session.ts";

export interface FormattingService {
  /** What the introduction promises. */
  capabilities(params: lsp.InitializeParams): lsp.ServerCapabilities;
  /** Promises the rest, for clients that want us for some of their languages only. */
  register(): Promise<void>;
}

export function answerFormatting(
  connection: lsp.Connection,
  session: Session,
  guard: Guard,
): FormattingService {
  const log = (message: string): void => connection.console.info(message);
  connection.onDocumentFormatting(
    guard.request("formatting", null, async ({ textDocument, options }: lsp.DocumentFormattingParams) => {
      const document = await session.open(textDocument.uri);
      if (document === undefined) return null;
      const format = await formatFor(session, document, options);
      return toTextEdits(document, formatRule(document.snapshot, format), log);
    }),
  );
  connection.onDocumentRangeFormatting(
    guard.request(
      "rangeFormatting",
      null,
      async ({ textDocument, options, range }: lsp.DocumentRangeFormattingParams) => {
        const document = await session.open(textDocument.uri);
        if (document === undefined) return null;
        const format = await formatFor(session, document, options);
        const span = toSpan(document.snapshot.lines(), range);
        return toTextEdits(document, formatRange(document.snapshot, format, span), log);
      },
    ),
  );
  let languages: readonly string[] | undefined;
  return {
    capabilities(params) {
      languages = wantedLanguages(params);
      return languages === undefined
        ? { documentFormattingProvider: true, documentRangeFormattingProvider: true }
        : {};
    },
    async register() {
      if (languages === undefined) return;
      const documentSelector = languages.map((language) => ({ language }));
      await connection.client.register(lsp.DocumentFormattingRequest.type, { documentSelector });
      await connection.client.register(lsp.DocumentRangeFormattingRequest.type, { documentSelector });
    },
  };
}

/**
 * Where two extensions format a language, an editor asks its user to choose: ours wants us for its own language alone,
 * so that plain TOML stays with other extensions. Undefined: for all that the client opens.
 */
function wantedLanguages({
  capabilities,
  initializationOptions,
}: lsp.InitializeParams): readonly string[] | undefined {
  // Whatever the client sends: the member is looked at before it is used.
  const options = (initializationOptions ?? {}) as Partial<Record<keyof InitializationOptions, unknown>>;
  const { formatting, rangeFormatting } = capabilities.textDocument ?? {};
  const canRegister =
    formatting?.dynamicRegistration === true && rangeFormatting?.dynamicRegistration === true;
  const { formatterLanguages } = options;
  if (!canRegister || !Array.isArray(formatterLanguages)) return undefined;
  return formatterLanguages.filter((one): one is string => typeof one === "string");
}

/** Rules have one layout, whatever the editor's indentation: of its wishes, the one for the end of a file counts. */
async function formatFor(
  session: Session,
  { uri }: OpenDocument,
  { trimFinalNewlines }: lsp.FormattingOptions,
): Promise<ReturnType<typeof ruleFormat>> {
  const format = ruleFormat((await session.configOf(uri)).format);
  return trimFinalNewlines === true ? { ...format, finalBlankLines: 0 } : format;
}

function toTextEdits(
  { uri, snapshot }: OpenDocument,
  formatting: RuleFormatting,
  log: (message: string) => void,
): lsp.TextEdit[] | null {
  const lines = snapshot.lines();
  const placed = (offset: number): string => `${uri}:${lines.positionAt(offset).line + 1}`;
  switch (formatting.kind) {
    case "no-rule":
      return null;
    case "refused":
      log(`${placed(formatting.span.start)}: left alone: ${formatting.reason}`);
      return null;
    case "formatted":
      for (const { reason, span } of formatting.leftAlone)
        log(`${placed(span.start)}: query left alone: ${reason}`);
      return formatting.edits.map(({ span, text }) => ({ range: toRange(lines, span), newText: text }));
  }
}
