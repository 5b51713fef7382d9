/** What hovers say of keywords, keys and checks, most important first. */
import { type CheckMeta } from "../checks/check.ts";
import { type QueryLanguage, type QueryWordDoc } from "../query/language.ts";
import { type KeyType, type RuleKey } from "../rule/keyTypes.ts";
import { codeBlock, escaped, paragraphs } from "./markdown.ts";

export function wordMarkdown(word: Omit<QueryWordDoc, "span">, language: QueryLanguage): string {
  return paragraphs(
    codeBlock(language, word.signature),
    word.text,
    word.example === "" ? undefined : codeBlock(language, word.example),
  );
}

export function keyMarkdown(key: RuleKey, path: readonly string[]): string {
  const facts = [
    key.required ? "required" : "optional",
    key.ruleTypes === undefined ? undefined : `for rules of type ${key.ruleTypes.join(", ")}`,
    key.minStack === undefined ? undefined : `since stack ${key.minStack}`,
  ];
  return paragraphs(
    codeBlock("text", `${path.join(".")}: ${typeText(key.type)}`),
    key.doc,
    `*${facts.filter((fact) => fact !== undefined).join(" · ")}*`,
  );
}

function typeText(type: KeyType): string {
  switch (type.kind) {
    case "text":
      if (type.oneOf !== undefined) return type.oneOf.map((value) => `"${value}"`).join(" | ");
      return type.pattern?.expected ?? "text";
    case "integer":
      if (type.min !== undefined && type.max !== undefined)
        return `whole number from ${type.min} to ${type.max}`;
      return type.min === undefined ? "whole number" : `whole number, ${type.min} or more`;
    case "boolean":
      return "true | false";
    case "list":
      return `list of ${typeText(type.item)}`;
    case "table":
    case "free-table":
      return "table";
    case "either":
      return type.types.map(typeText).join(" | ");
  }
}

export function checkMarkdown(check: CheckMeta): string {
  return paragraphs(`**${escaped(check.id)}** · ${check.severity}`, check.summary, check.why);
}
