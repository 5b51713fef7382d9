import { type KeyType } from "../../rule/keyTypes.ts";
import { keysOf } from "../../rule/keys.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { keyContext, type ValueVisit } from "../../rule/visit.ts";
import { type Fix } from "../../text/edit.ts";
import { spanOf } from "../../text/span.ts";
import { doubledBrackets } from "../../toml/edits.ts";
import { type TomlValue } from "../../toml/model.ts";
import { type RuleCheck } from "../check.ts";
import { meantDate, meantText } from "../meantText.ts";
import { subjectOf } from "../subjectOf.ts";

export const wrongType: RuleCheck = {
  id: "rule/wrong-type",
  on: "rule",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["metadata-types", "rule-risk-score", "transform-schema", "ml"],
  summary: "A value is not of the type that its key takes.",
  why: "Elastic's loader refuses the rule: a list where a text belongs, a text where a table belongs, a TOML date where the date is written as text.",
  bad: `[rule]
type = "eql"
tags = "OS: Windows"
`,
  good: `[rule]
type = "eql"
tags = ["OS: Windows"]
`,
  *run(rule) {
    for (const visit of rule.values()) {
      const { value, type } = visit;
      if (value.kind === "hole" || isOfType(value, type)) continue;
      const span =
        value.kind === "table" && value.form !== "inline" ? value.span : firstLine(value, rule.toml.text);
      const message = `${subjectOf(visit)} must be ${nameOfType(type)}, not ${nameOfValue(value)}`;
      yield { span, message, fixes: fixesFor(visit, rule) };
    }
  },
};

function firstLine(value: TomlValue, text: string): { readonly start: number; readonly end: number } {
  const newline = text.slice(value.span.start, value.span.end).search(/\r?\n/);
  return newline < 0 ? value.span : spanOf(value.span.start, value.span.start + newline);
}

/** Values that Elastic's loader turns into the right type count as right here; \`rule/coerced-value\` warns of them. */
function isOfType(value: TomlValue, type: KeyType): boolean {
  switch (type.kind) {
    case "text":
      return value.kind === "string";
    case "integer":
      if (value.kind === "string") return /^\s*[+-]?\d+\s*$/.test(value.value);
      return value.kind === "integer" || value.kind === "float";
    case "boolean":
      if (value.kind === "string") return /^(true|false|t|f|yes|no|y|n|on|off|1|0)$/i.test(value.value);
      return (
        value.kind === "boolean" || (value.kind === "integer" && (value.value === 0 || value.value === 1))
      );
    case "list":
      return value.kind === "array";
    case "table":
    case "free-table":
      return value.kind === "table";
    case "either":
      return type.types.some((one) => isOfType(value, one));
  }
}

function nameOfType(type: KeyType): string {
  switch (type.kind) {
    case "text":
      return type.pattern?.expected ?? "a text";
    case "integer":
      return "a whole number";
    case "boolean":
      return "true or false";
    case "list":
      return type.item.kind === "text"
        ? "a list of texts"
        : type.item.kind === "table"
          ? "a list of tables"
          : "a list";
    case "table":
    case "free-table":
      return "a table";
    case "either":
      return type.types.map(nameOfType).join(" or ");
  }
}

function nameOfValue(value: TomlValue): string {
  switch (value.kind) {
    case "string":
      return "a text";
    case "integer":
    case "float":
      return "a number";
    case "boolean":
      return "a boolean";
    case "date":
      return "a TOML date";
    case "array":
      return "a list";
    case "table":
      return "a table";
    case "hole":
      return "nothing";
  }
}

function fixesFor(visit: ValueVisit, rule: RuleDocument): readonly Fix[] {
  const { value, type } = visit;
  const document = rule.toml;
  const header = value.kind === "table" ? document.headerOf.get(value) : undefined;
  if (type.kind === "list" && header !== undefined) return [doubledBrackets(header)];
  const written = document.text.slice(value.span.start, value.span.end);
  const replaced = (title: string, replacement: string): readonly Fix[] => [
    { title, safety: "unsafe", edits: [{ span: value.span, text: replacement }] },
  ];
  const date = value.kind === "date" ? meantDate(rule, visit, written) : undefined;
  if (date !== undefined) return replaced("Write the date as text", `"${date}"`);
  const isBare = value.kind === "integer" || value.kind === "float" || value.kind === "boolean";
  const meant = isBare ? meantText(rule, visit, written) : undefined;
  if (meant !== undefined) {
    return replaced(meant === written ? "Put it in quotes" : `Write "${meant}"`, `"${meant}"`);
  }
  if (type.kind === "list" && type.item.kind === "text" && value.kind === "string") {
    return replaced("Make it a list", `[${written}]`);
  }
  if (type.kind === "table" && value.kind === "array" && value.form === "inline") {
    const [key, ...others] = keysOf(type.section, keyContext(rule));
    if (key?.type.kind === "list" && others.length === 0) {
      return replaced(`Write it as ${key.name}`, `{ ${key.name} = ${written} }`);
    }
  }
  return [];
}
