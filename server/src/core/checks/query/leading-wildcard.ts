import { walk } from "../../query/ast.ts";
import { childrenOf, type KqlAst } from "../../query/kql/index.ts";
import { type Span } from "../../text/span.ts";
import { type AnalyzedQuery, type FieldCheck } from "../check.ts";
import { eqlNodes } from "../eqlTree.ts";
import { fieldName } from "../fieldUse.ts";
import { kqlComparisons } from "../kqlFields.ts";

export const leadingWildcard: FieldCheck = {
  id: "query/leading-wildcard",
  on: "fields",
  languages: ["eql", "kuery"],
  severity: "hint",
  since: "0.1.0",
  when: "keystroke",
  summary: "A pattern that begins with a wildcard, on a keyword field with many long values.",
  why: "Elasticsearch looks at every value of the field, at every run of the rule. Fields of type `wildcard`, such as `process.command_line`, are made for such patterns; on a keyword field, begin with as many characters as you know.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where process.executable : "*\\\\\\\\temp\\\\\\\\*"'
`.replaceAll("\\\\\\\\", "\\\\"),
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.command_line : "*temp*"'
`,
  *run(query, { catalog: fields }) {
    for (const { name, open } of openPatterns(query)) {
      const [first] = open;
      if (first === undefined || fields.get(name)?.type !== "keyword" || open.length < fewestFor(name))
        continue;
      const subject =
        open.length === 1 ? "A leading wildcard makes" : `${open.length} leading wildcards make`;
      const message = `${subject} Elasticsearch read every value of \`${name}\``;
      yield { span: first, message, fixes: [] };
    }
  },
};

/** A field with those of its values, in one comparison, that begin with a wildcard. */
interface OpenPatterns {
  readonly name: string;
  readonly open: readonly Span[];
}

function openPatterns(query: AnalyzedQuery): Iterable<OpenPatterns> {
  return query.support.id === "kuery" ? openInKql(query) : openInEql(query);
}

function* openInEql(query: AnalyzedQuery): Generator<OpenPatterns> {
  for (const node of eqlNodes(query)) {
    if (node.kind !== "match" || node.operator.startsWith("regex")) continue;
    const name = fieldName(node.operand);
    if (name === undefined) continue;
    const values = node.right.kind === "list" ? node.right.items : [node.right];
    const open = values.filter((value) => value.kind === "string" && startsOpen(value.value));
    yield { name, open: open.map(({ span }) => span) };
  }
}

/** `?` is no wildcard there. */
function* openInKql(query: AnalyzedQuery): Generator<OpenPatterns> {
  for (const { name, node } of kqlComparisons(query)) {
    if (node.kind !== "is") continue;
    const open = [...walk<KqlAst>(node.value, childrenOf)].filter(
      (value) => value.kind === "literal" && value.type === "wildcard" && /^\*+[^*]/.test(value.text),
    );
    yield { name, open: open.map(({ span }) => span) };
  }
}

/** How many such patterns are worth a word: one on fields with nearly as many values as there are events. */
function fewestFor(name: string): number {
  if (/(?:^|\.)(?:executable|path|working_directory|directory|query|target_path)$/.test(name)) return 1;
  return /(?:^|\.)args$/.test(name) ? MANY : Infinity;
}

/** Arguments are short and often the same; it takes many patterns to make a search slow. */
const MANY = 10;

/** `*` alone asks for any value, and `?:\` for any drive: both are cheap. */
function startsOpen(pattern: string): boolean {
  return /^\*+[^*]|^\?(?!:)/.test(pattern);
}
