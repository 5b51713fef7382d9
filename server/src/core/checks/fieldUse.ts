/** What fields hold, told by their names: for suspicions only. */
import { type EqlExpression, withoutGroups } from "../query/eql/index.ts";

/** The field that an expression is, if it is one. */
export function fieldName(expression: EqlExpression): string | undefined {
  const field = withoutGroups(expression);
  return field.kind === "field" && !field.incomplete ? field.name : undefined;
}

const FREE_TEXT =
  /(?:^|\.)(?:args|command_?line|message|original|full|query|fragment|content|body|title|reason|script_?block_?text|data|strings|value|env_vars?|text|subject|arguments?|parameters|properties)$/i;

/** Command lines, messages and addresses with their queries, where each character may stand for itself. */
export function holdsFreeText(name: string): boolean {
  return FREE_TEXT.test(name) || /^(?:url|http|email|user_agent)\./.test(name);
}

/** Names, paths and codes: one thing each, with no room for wildcards or doubled backslashes. */
export function holdsName(name: string): boolean {
  return /(?:^|[._])(?:name|executable|path|directory|extension|domain|id|ip|action|code|provider|module|hostname)$/.test(
    name,
  );
}
