/** The documentation of an item, when an editor shows it. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type FieldDocs } from "../knowledge/fields.ts";
import { languageSupport } from "../query/languages.ts";
import { keyAt } from "../rule/keys.ts";
import { keyContext } from "../rule/visit.ts";
import { type CompletionSubject } from "./completionItem.ts";
import { type FieldContext, fieldMarkdown } from "./fieldText.ts";
import { keyMarkdown, wordMarkdown } from "./hoverText.ts";
import { inlineCode, paragraphs, escaped } from "./markdown.ts";
import { threatMarkdown } from "./threatText.ts";

/** Undefined if there is nothing to say. */
export function completionDoc(
  subject: CompletionSubject,
  snapshot: Snapshot,
  docs: FieldDocs | undefined,
  useCount: FieldContext["useCount"],
): string | undefined {
  switch (subject.kind) {
    case "field": {
      const scope = snapshot.scope();
      return scope && fieldMarkdown(subject.name, { scope, part: "whole", docs, useCount });
    }
    case "value":
      return valueMarkdown(subject.field, subject.value, docs);
    case "word": {
      const found = languageSupport(subject.language)?.wordDoc?.(subject.word);
      return found && wordMarkdown(found, subject.language);
    }
    case "key": {
      const found = keyAt(subject.path, keyContext(snapshot.rule()));
      return found && keyMarkdown(found, subject.path);
    }
    case "threat": {
      const { attack } = snapshot.knowledge;
      const threat = attack?.tactic(subject.id) ?? attack?.technique(subject.id);
      const context = { tactic: undefined, parent: undefined, ruleCount: undefined };
      return attack && threat && threatMarkdown(threat, attack, context);
    }
  }
}

function valueMarkdown(field: string, value: string, docs: FieldDocs | undefined): string | undefined {
  const meaning = docs?.get(field)?.values.get(value);
  return meaning && paragraphs(`${inlineCode(value)} of ${inlineCode(field)}`, escaped(meaning));
}
