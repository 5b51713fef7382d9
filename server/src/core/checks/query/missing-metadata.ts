import { type EmbeddedQuery } from "../../rule/model.ts";
import { type Fix } from "../../text/edit.ts";
import { type Span, spanOf, textAt } from "../../text/span.ts";
import { type Finding, type PlaceCheck } from "../check.ts";
import { commandsOf, esqlValidated, IDENTITY, wordOf } from "../esqlText.ts";
import { fixesInFile } from "../inFile.ts";

export const missingMetadata: PlaceCheck = {
  id: "query/missing-metadata",
  on: "place",
  severity: "error",
  customSeverity: "warning",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["esql-metadata"],
  summary: "An ES|QL query that does not say which documents it found.",
  why: "Kibana tells by `_id`, `_version` and `_index` whether it has raised an alert for a document before; without them, runs with windows that overlap raise it again. Elastic's loader wants `METADATA _id, _version, _index` after `FROM`, in any order and nothing before them, unless the query groups its rows by `STATS … BY`.",
  bad: `[rule]
type = "esql"
language = "esql"
query = '''
FROM logs-acme-*
| WHERE acme.action == "login"
| KEEP *
'''
`,
  good: `[rule]
type = "esql"
language = "esql"
query = '''
FROM logs-acme-* METADATA _id, _version, _index
| WHERE acme.action == "login"
| KEEP *
'''
`,
  run: (rule, place) =>
    place.repository.bypasses.has("esql-metadata") ? [] : esqlValidated(rule, place, findings),
};

function* findings(query: EmbeddedQuery): Generator<Finding> {
  const { text, host } = query;
  const lowered = text.toLowerCase();
  if (hasMetadata(lowered) || isGrouped(lowered)) return;
  const [source] = commandsOf(text);
  if (source === undefined) return;
  const written = metadataIn(text, source);
  const missing = IDENTITY.filter((name) => written === undefined || !written.names.includes(name));
  const what = missing.length === 0 ? "in front, and nothing between them" : "too";
  yield {
    span: host.map.toHostSpan(written?.span ?? wordOf(text, source)),
    message:
      written === undefined
        ? "The query lacks `METADATA _id, _version, _index` after its sources"
        : `\`METADATA\` needs ${(missing.length === 0 ? IDENTITY : missing).map((name) => `\`${name}\``).join(", ")} ${what}`,
    fixes: fixesInFile(host, [withMetadata(text, source, written)]),
  };
}

/** `STATS` with a `BY` anywhere after it, as the loader looks for it. */
function isGrouped(lowered: string): boolean {
  const start = lowered.search(/\bstats\b/);
  return 0 <= start && /\bby\b/.test(lowered.slice(start));
}

/** What the loader's pattern finds, in small letters. */
function hasMetadata(lowered: string): boolean {
  const from = lowered.search(/from\s/);
  for (const match of lowered.matchAll(/\bmetadata\s+(\w+)\s*,\s*(\w+)\s*,\s*(\w+)/g)) {
    const names = match.slice(1, 4);
    if (0 <= from && from < match.index && IDENTITY.every((name) => names.includes(name))) return true;
  }
  return false;
}

interface Metadata {
  /** Of the names after the word. */
  readonly span: Span;
  readonly names: readonly string[];
}

function metadataIn(text: string, source: Span): Metadata | undefined {
  const match = /\bmetadata\s+([\w@.]+(?:\s*,\s*[\w@.]+)*)/i.exec(textAt(text, source));
  if (match?.[1] === undefined) return undefined;
  const start = source.start + match.index + match[0].length - match[1].length;
  return { span: spanOf(start, start + match[1].length), names: match[1].split(/\s*,\s*/) };
}

function withMetadata(text: string, source: Span, written: Metadata | undefined): Fix {
  const title = "Add METADATA _id, _version, _index";
  if (written !== undefined) {
    const others = written.names.filter((name) => !IDENTITY.includes(name));
    return {
      title,
      safety: "unsafe",
      edits: [{ span: written.span, text: [...IDENTITY, ...others].join(", ") }],
    };
  }
  const word = wordOf(text, source);
  const isCapital = /^[A-Z]/.test(textAt(text, word));
  const added = ` ${isCapital ? "METADATA" : "metadata"} ${IDENTITY.join(", ")}`;
  return { title, safety: "unsafe", edits: [{ span: spanOf(source.end, source.end), text: added }] };
}
