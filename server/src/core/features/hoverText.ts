/** The text of hovers, most important first. */
import { type CheckMeta } from "../checks/check.ts";
import {
  type AttackCatalog,
  type Tactic,
  type Technique,
  attackUrl,
  currentTechnique,
} from "../knowledge/attack.ts";
import { type FieldCatalog, type FieldDocs, type FieldInfo } from "../knowledge/fields.ts";
import { type QueryLanguage, type QueryWordDoc } from "../query/language.ts";
import { type KeyType, type RuleKey } from "../rule/keyTypes.ts";
import { codeBlock, escaped, inlineCode, paragraphs } from "./markdown.ts";

export function threatMarkdown(threat: Tactic | Technique, attack: AttackCatalog): string {
  const title = `**${escaped(threat.id)} ${escaped(threat.name)}** · ATT&CK ${attack.version}`;
  const link = `[${attackUrl(threat.id)}](${attackUrl(threat.id)})`;
  if (threat.kind === "tactic") {
    const count = attack.techniques.filter(
      (one) => one.tactics.includes(threat.id) && one.parent === undefined,
    ).length;
    return paragraphs(title, escaped(threat.description), `Tactic with ${count} techniques`, link);
  }
  return paragraphs(
    title,
    statusOf(threat, attack),
    escaped(threat.description),
    listOf(threat, attack),
    link,
  );
}

function statusOf(technique: Technique, attack: AttackCatalog): string | undefined {
  if (technique.replacedBy !== undefined) {
    const current = currentTechnique(attack, technique);
    return `**Replaced by ${escaped(current.id)} ${escaped(current.name)}**`;
  }
  return technique.isDeprecated ? "**Deprecated**, without a successor" : undefined;
}

function listOf(technique: Technique, attack: AttackCatalog): string {
  const parent = technique.parent === undefined ? undefined : attack.technique(technique.parent);
  const tactics = technique.tactics.map((id) => `${attack.tactic(id)?.name ?? ""} (${id})`);
  const lines = [
    parent === undefined ? undefined : `Sub-technique of: ${escaped(`${parent.id} ${parent.name}`)}`,
    tactics.length === 0 ? undefined : `Tactics: ${escaped(tactics.join(", "))}`,
    technique.platforms.length === 0 ? undefined : `Platforms: ${escaped(technique.platforms.join(", "))}`,
  ];
  return lines
    .filter((line) => line !== undefined)
    .map((line) => `- ${line}`)
    .join("\n");
}

/** A field that no schema here knows is said to be unverified, not wrong. */
export function fieldMarkdown(name: string, fields: FieldCatalog, docs: FieldDocs | undefined): string {
  const field = fields.get(name);
  if (field === undefined) {
    return paragraphs(
      codeBlock("text", name),
      `Not a field of ${fields.source}, so it is not verified here.`,
    );
  }
  const doc = docs?.get(field.multiFieldOf ?? name);
  return paragraphs(
    codeBlock("text", `${name}: ${field.type}${field.isList ? "[]" : ""}`),
    field.multiFieldOf === undefined ? undefined : `Another index of ${inlineCode(field.multiFieldOf)}.`,
    doc && escapedParagraphs(doc.description),
    allowedValues(field, doc?.values),
    doc?.example === undefined ? undefined : `Example: ${inlineCode(doc.example)}`,
    `*${escaped(fields.source)}*`,
  );
}

function escapedParagraphs(text: string): string {
  return text.split(/\n+/).map(escaped).join("\n\n");
}

function allowedValues(
  field: FieldInfo,
  values: ReadonlyMap<string, string> | undefined,
): string | undefined {
  if (field.allowedValues.length === 0) return undefined;
  const lines = field.allowedValues.map((value) => {
    const meaning = firstSentence(values?.get(value) ?? "");
    return `- ${inlineCode(value)}${meaning === "" ? "" : `: ${escaped(meaning)}`}`;
  });
  return `Allowed values:\n${lines.join("\n")}`;
}

function firstSentence(text: string): string {
  return (/^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text).replaceAll("\n", " ");
}

export function wordMarkdown(word: QueryWordDoc, language: QueryLanguage): string {
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
