/** Registers what there is to ask about new rules, and rules from elsewhere. */
import { type Connection, ResponseError, LSPErrorCodes } from "vscode-languageserver";
import { createRule } from "../../core/author/createRule.ts";
import { DATA_SOURCES } from "../../core/author/dataSources.ts";
import { importRules } from "../../core/author/importRules.ts";
import { type ImportWorld } from "../../core/author/importedRule.ts";
import { NEW_RULE_KINDS } from "../../core/author/newRule.ts";
import { type AttackCatalog, isOutdated } from "../../core/knowledge/attack.ts";
import { newId } from "../../host/newId.ts";
import { today } from "../../host/today.ts";
import { type Guard } from "../guard.ts";
import { type AuthorRequests, type NewRule, type RuleChoices } from "../protocolAuthor.ts";
import { type Session } from "../session.ts";

export function answerAuthor(connection: Connection, session: Session, guard: Guard): void {
  function on<M extends keyof AuthorRequests>(
    method: M,
    fallback: AuthorRequests[M]["result"],
    answer: (params: AuthorRequests[M]["params"]) => Promise<AuthorRequests[M]["result"]>,
  ): void {
    connection.onRequest(method, guard.request(method, fallback, answer));
  }
  const world = (): ImportWorld => ({ today: today(new Date()), freshId: newId });
  on("rules/choices", { kinds: [], sources: [], tactics: [], techniques: [] }, async () =>
    choices(await session.packagedAttack()),
  );
  on("rules/create", null, async (params: NewRule) => {
    const order = { ...params, tactic: params.tactic ?? undefined, technique: params.technique ?? undefined };
    const created = createRule(order, await session.packagedAttack(), world());
    if (!created.ok) throw new ResponseError(LSPErrorCodes.RequestFailed, created.error);
    return created.value;
  });
  on("rules/import", { rules: [], problems: ["It failed"] }, async ({ text }) =>
    importRules(text, await session.packagedAttack(), world()),
  );
}

function choices(attack: AttackCatalog | undefined): RuleChoices {
  return {
    kinds: NEW_RULE_KINDS.map(({ kind, label, detail }) => ({ id: kind, label, detail })),
    sources: DATA_SOURCES.map(({ id, label, index }) => ({ id, label, detail: index.join(", ") })),
    tactics: (attack?.tactics ?? []).map(({ id, name }) => ({ id, label: name, detail: id })),
    techniques: (attack?.techniques ?? [])
      .filter((technique) => !isOutdated(technique))
      .map(({ id, name, tactics }) => ({ id, label: name, detail: id, tactics })),
  };
}
