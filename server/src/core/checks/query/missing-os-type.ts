import { type EqlEvent } from "../../query/eql/index.ts";
import { type KqlQuery } from "../../query/kql/index.ts";
import { OS_TAGS } from "../../knowledge/ruleTags.ts";
import { type RuleDocument } from "../../rule/model.ts";
import { type Edit, type Fix } from "../../text/edit.ts";
import { type Span, spanOf } from "../../text/span.ts";
import { type AnalyzedQuery, type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { eqlEvents, eqlQueryOf } from "../eqlTree.ts";
import { fixesInFile } from "../inFile.ts";
import { firstCategory, firstField } from "../queryPlace.ts";
import { folderOf } from "../rulePath.ts";
import { unitTested } from "../unitTests.ts";

export const missingOsType: PlaceCheck = {
  id: "query/missing-os-type",
  on: "place",
  severity: "error",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  upstream: ["endpoint-os-type"],
  summary: "A query for one operating system that reads the events of all.",
  why: "Endpoints of all systems write into the same indices. Elastic's CI wants `host.os.type` in every rule in EQL or KQL in a folder `linux`, `macos` or `windows`; rules on `winlog.` fields, which only Windows has, may go without.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name == "sh"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where host.os.type == "linux" and process.name == "sh"'
`,
  run: (rule, place) => unitTested(rule, place, findings(rule, place)),
};

const FIELD = "host.os.type";

function* findings(_: RuleDocument, { path, repository, queries }: RulePlace): Generator<Finding> {
  const folder = folderOf(path) ?? "";
  const query = queries.find(({ embedded }) => embedded.role === "query");
  if (repository.kind === "loose" || query === undefined || !OS_TAGS.has(folder)) return;
  if (query.parse.errors.length !== 0) return;
  const { fields } = query.facts;
  if (fields.some(({ name }) => name === FIELD)) return;
  if (folder === "windows" && fields.some(({ name }) => name.startsWith("winlog."))) return;
  const { host } = query.embedded;
  yield {
    span: host.map.toHostSpan(placeOf(query)),
    message: `The query asks for no \`${FIELD}\`, as rules in a folder \`${folder}\` do`,
    fixes: fixesInFile(host, [restricted(query, folder)]),
  };
}

function placeOf(query: AnalyzedQuery): Span {
  if (query.support.id === "eql") return firstCategory(eqlQueryOf(query));
  const { condition, span } = query.parse.ast as KqlQuery; // Of the two languages that have a parser.
  return condition === undefined ? span : firstField(condition);
}

/** Every step of a sequence gets the condition. */
function restricted(query: AnalyzedQuery, system: string): Fix {
  const title = `Ask for ${FIELD} ${system}`;
  if (query.support.id === "eql") {
    return {
      title,
      safety: "unsafe",
      edits: [...eqlEvents(query)].flatMap((event) => inEvent(event, system)),
    };
  }
  const { condition } = query.parse.ast as KqlQuery; // Of the two languages that have a parser.
  const edits = condition === undefined ? [] : before(condition, `${FIELD}:${system} and `);
  return { title, safety: "unsafe", edits };
}

function inEvent({ condition }: EqlEvent, system: string): readonly Edit[] {
  const text = `${FIELD} == "${system}"`;
  if (condition.kind === "boolean" && condition.value) return [{ span: condition.span, text }];
  return before(condition, `${text} and `);
}

/** Alternatives are put in parentheses. */
function before(
  { kind, span }: { readonly kind: string; readonly span: Span },
  text: string,
): readonly Edit[] {
  const [start, end] = [spanOf(span.start, span.start), spanOf(span.end, span.end)];
  if (kind !== "or") return [{ span: start, text }];
  return [
    { span: start, text: `${text}(` },
    { span: end, text: ")" },
  ];
}
