/** A manifest against the table of its keys: unknown and missing keys, wrong types and values, each at its place. */
import { closestWord } from "../../base/closest.ts";
import { listed } from "../../base/listed.ts";
import { unreachable } from "../../base/unreachable.ts";
import { parseTimestamp } from "../../engine/eql/timestamp.ts";
import { type Fix } from "../../text/edit.ts";
import { type Span } from "../../text/span.ts";
import { type JsonMember, type JsonNode, type JsonObjectNode, memberOf } from "../json/model.ts";
import { plainValue } from "../json/value.ts";
import { type CaseProblem, type CaseProblemKind } from "./problem.ts";
import { MANIFEST_KEYS, manifestKeyNamed, type ManifestSection, type ManifestType } from "./manifestKeys.ts";

/** Takes what is wrong, in the order in which it is found. */
export type Report = (kind: CaseProblemKind, span: Span, message: string, fixes?: readonly Fix[]) => void;

export function reporter(path: string, problems: CaseProblem[]): Report {
  return (kind, span, message, fixes = []) => {
    problems.push({ kind, severity: "error", path, span, message, fixes });
  };
}

export function checkSection(node: JsonNode, section: ManifestSection, report: Report): void {
  if (node.kind !== "object") {
    reportType(node, SECTION_NAMES[section], report);
    return;
  }
  for (const member of node.members) checkMember(member, section, report);
  for (const { name, isRequired } of MANIFEST_KEYS[section]) {
    if (!isRequired || memberOf(node, name) !== undefined) continue;
    report("missing-key", headOf(node), `${SECTION_NAMES[section]} needs a \`${name}\``);
  }
}

const SECTION_NAMES: Readonly<Record<ManifestSection, string>> = {
  manifest: "A manifest",
  defaults: "`defaults`",
  case: "A case",
  alerts: "`alerts`",
  patch: "A patch",
};

/** The first key stands for the whole. */
function headOf({ members, span }: JsonObjectNode): Span {
  return members[0]?.keySpan ?? span;
}

function checkMember({ key, keySpan, value }: JsonMember, section: ManifestSection, report: Report): void {
  const known = manifestKeyNamed(section, key);
  if (known !== undefined) {
    checkValue(value, known.type, key, report);
    return;
  }
  const names = MANIFEST_KEYS[section].map(({ name }) => name);
  const meant = closestWord(key, names);
  const fixes = meant === undefined ? [] : [replacing(keySpan, meant)];
  const hint = meant === undefined ? `: there are ${listed(names, "and")}` : `: did you mean \`${meant}\`?`;
  report("unknown-key", keySpan, `${SECTION_NAMES[section]} has no \`${key}\`${hint}`, fixes);
}

function replacing(span: Span, text: string): Fix {
  return { title: `Write \`${text}\``, safety: "unsafe", edits: [{ span, text }] };
}

function checkValue(node: JsonNode, type: ManifestType, key: string, report: Report): void {
  if (node.kind === "hole") return; // Reported when it was read.
  switch (type.kind) {
    case "text":
      if (node.kind !== "string" || node.value.trim() === "")
        reportType(node, `\`${key}\``, report, "a text");
      return;
    case "choice":
      checkChoice(node, type.values, key, report);
      return;
    case "count":
      if (!isCount(node)) reportType(node, `\`${key}\``, report, "a whole number");
      return;
    case "boolean":
      if (node.kind !== "boolean") reportType(node, `\`${key}\``, report, "`true` or `false`");
      return;
    case "time":
      if (timeOf(node) === undefined) {
        reportType(node, `\`${key}\``, report, "a time like `2026-01-01T00:10:00Z`");
      }
      return;
    case "events":
      checkEvents(node, key, report);
      return;
    case "alerts":
      if (node.kind === "object") checkSection(node, "alerts", report);
      else if (!isCount(node))
        reportType(node, `\`${key}\``, report, "a whole number, or `at_least` and `at_most`");
      return;
    case "fields":
      if (node.kind !== "object") reportType(node, `\`${key}\``, report, "fields with their values");
      return;
    case "names":
      checkNames(node, key, report);
      return;
    case "table":
      checkSection(node, type.section, report);
      return;
    case "list":
      if (node.kind !== "array") reportType(node, `\`${key}\``, report, "a list");
      else for (const item of node.items) checkSection(item, type.section, report);
      return;
    default:
      unreachable(type);
  }
}

function checkChoice(node: JsonNode, values: readonly string[], key: string, report: Report): void {
  if (node.kind === "string" && values.includes(node.value)) return;
  const written = node.kind === "string" ? node.value : "";
  const meant = closestWord(written, values);
  const choices = listed(values.map((value) => `\`${value}\``));
  const fixes = meant === undefined ? [] : [replacing(node.span, meant)];
  report("unknown-value", node.span, `\`${key}\` must be ${choices}`, fixes);
}

function checkEvents(node: JsonNode, key: string, report: Report): void {
  if (node.kind === "string" && node.value.trim() !== "") return;
  if (node.kind !== "array") {
    reportType(node, `\`${key}\``, report, "the path of an events file or a list of events");
    return;
  }
  for (const item of node.items) {
    if (item.kind !== "object" && item.kind !== "hole") {
      report("wrong-type", item.span, "An event must be a table of fields");
    }
  }
}

function checkNames(node: JsonNode, key: string, report: Report): void {
  if (node.kind === "string") return;
  if (node.kind !== "array") reportType(node, `\`${key}\``, report, "the names of fields");
  else
    for (const item of node.items)
      if (item.kind !== "string") reportType(item, "A field", report, "its name");
}

function reportType(node: JsonNode, what: string, report: Report, expected = "a table of keys"): void {
  if (node.kind !== "hole") report("wrong-type", node.span, `${what} must be ${expected}`);
}

export function isCount(node: JsonNode): node is JsonNode & { readonly kind: "number" } {
  return node.kind === "number" && Number.isInteger(node.value) && 0 <= node.value;
}

/** In milliseconds since 1970. */
export function timeOf(node: JsonNode): number | undefined {
  return parseTimestamp(plainValue(node))?.milliseconds;
}
