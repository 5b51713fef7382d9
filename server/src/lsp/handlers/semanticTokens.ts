/** Semantic tokens of a file: whole, in part, and as what changed since they were asked for last. */
import type * as lsp from "vscode-languageserver";
import { semanticTokens, semanticTokensIn } from "../../core/features/semanticTokens.ts";
import { toSpan } from "../convert.ts";
import { toTokenData, toTokenEdits } from "../convertEditing.ts";
import { type Session } from "../session.ts";
import { type CurrentWork } from "./currentWork.ts";

interface TokenResult {
  readonly id: string;
  readonly data: number[];
}

/** The last result of each open file, which the next one is told against. */
export class TokenResults {
  readonly #session: Session;
  readonly #driven: CurrentWork;
  readonly #results = new Map<string, TokenResult>();
  #count = 0;

  constructor(session: Session, driven: CurrentWork) {
    this.#session = session;
    this.#driven = driven;
  }

  async full(
    { textDocument }: lsp.SemanticTokensParams,
    token: lsp.CancellationToken,
  ): Promise<lsp.SemanticTokens> {
    const { id, data } = await this.#next(textDocument.uri, token);
    return { resultId: id, data };
  }

  async delta(
    params: lsp.SemanticTokensDeltaParams,
    token: lsp.CancellationToken,
  ): Promise<lsp.SemanticTokensDelta | lsp.SemanticTokens> {
    const { uri } = params.textDocument;
    const before = this.#results.get(uri);
    const { id, data } = await this.#next(uri, token);
    if (before?.id !== params.previousResultId) return { resultId: id, data };
    return { resultId: id, edits: toTokenEdits(before.data, data) };
  }

  async range(
    { textDocument, range }: lsp.SemanticTokensRangeParams,
    token: lsp.CancellationToken,
  ): Promise<lsp.SemanticTokens> {
    const document = await this.#session.open(textDocument.uri);
    if (document === undefined) return { data: [] };
    const { snapshot } = document;
    const lines = snapshot.lines();
    const work = semanticTokensIn(snapshot, toSpan(lines, range));
    return { data: toTokenData(lines, await this.#driven(document, work, token)) };
  }

  forget(uri: string): void {
    this.#results.delete(uri);
  }

  async #next(uri: string, token: lsp.CancellationToken): Promise<TokenResult> {
    const document = await this.#session.open(uri);
    const id = String(++this.#count);
    if (document === undefined) return { id, data: [] };
    const { snapshot } = document;
    const tokens = await this.#driven(document, semanticTokens(snapshot), token);
    const result = { id, data: toTokenData(snapshot.lines(), tokens) };
    this.#results.set(uri, result);
    return result;
  }
}
