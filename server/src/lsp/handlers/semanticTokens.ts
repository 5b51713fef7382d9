/** Semantic tokens of a file: whole, in part, and as what changed since they were asked for last. */
import type * as lsp from "vscode-languageserver";
import { semanticTokens, semanticTokensIn } from "../../core/features/semanticTokens.ts";
import { toSpan } from "../convert.ts";
import { toTokenData, toTokenEdits } from "../convertEditing.ts";
import { type Session } from "../session.ts";

interface TokenResult {
  readonly id: string;
  readonly data: number[];
}

/** The last result of each open file, which the next one is told against. */
export class TokenResults {
  readonly #session: Session;
  readonly #results = new Map<string, TokenResult>();
  #count = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  async full({ textDocument }: lsp.SemanticTokensParams): Promise<lsp.SemanticTokens> {
    const { id, data } = await this.#next(textDocument.uri);
    return { resultId: id, data };
  }

  async delta(params: lsp.SemanticTokensDeltaParams): Promise<lsp.SemanticTokensDelta | lsp.SemanticTokens> {
    const { uri } = params.textDocument;
    const before = this.#results.get(uri);
    const { id, data } = await this.#next(uri);
    if (before?.id !== params.previousResultId) return { resultId: id, data };
    return { resultId: id, edits: toTokenEdits(before.data, data) };
  }

  async range({ textDocument, range }: lsp.SemanticTokensRangeParams): Promise<lsp.SemanticTokens> {
    const document = await this.#session.open(textDocument.uri);
    if (document === undefined) return { data: [] };
    const { snapshot } = document;
    const lines = snapshot.lines();
    return { data: toTokenData(lines, semanticTokensIn(snapshot, toSpan(lines, range))) };
  }

  forget(uri: string): void {
    this.#results.delete(uri);
  }

  async #next(uri: string): Promise<TokenResult> {
    const document = await this.#session.open(uri);
    const id = String(++this.#count);
    if (document === undefined) return { id, data: [] };
    const { snapshot } = document;
    const result = { id, data: toTokenData(snapshot.lines(), semanticTokens(snapshot)) };
    this.#results.set(uri, result);
    return result;
  }
}
