/** Values of KQL that Elasticsearch takes and Elastic's validation does not, as the types of fields tell. */
import { walk } from "../query/ast.ts";
import { replaceWith } from "../query/fixes.ts";
import { type FieldTypes } from "../query/fieldTypes.ts";
import { childrenOf, type KqlAst, type KqlLiteral } from "../query/kql/index.ts";
import { type QuerySyntaxError } from "../query/language.ts";
import { type Fix } from "../text/edit.ts";
import { type AnalyzedQuery } from "./check.ts";
import { kqlComparisons } from "./kqlFields.ts";

/** Messages say nothing of who refuses. */
export function kqlRefusedByCi(query: AnalyzedQuery, types: FieldTypes): readonly QuerySyntaxError[] {
  const problems: QuerySyntaxError[] = [];
  for (const { name, node } of kqlComparisons(query)) {
    const type = types.get(name)?.type;
    if (type === undefined || node.kind === "range") continue;
    if (node.kind === "nested") {
      // Elasticsearch refuses them after a field that holds values.
      if (type === "object")
        problems.push({
          span: node.field.span,
          message: `braces after \`${name}\`, which is no nested field`,
          fixes: [],
        });
      continue;
    }
    for (const literal of literalsIn(node.value)) {
      const message = refusal(name, type, literal);
      if (message !== undefined)
        problems.push({ span: literal.span, message, fixes: fixesFor(type, literal) });
    }
  }
  return problems;
}

function* literalsIn(value: KqlAst): Generator<KqlLiteral> {
  for (const node of walk<KqlAst>(value, childrenOf)) if (node.kind === "literal") yield node;
}

const TEXTS: ReadonlySet<string> = new Set(["text", "match_only_text"]);

/** Elasticsearch takes true and false in quotes too, and an empty text for false. */
function refusal(name: string, type: string, { type: kind, text }: KqlLiteral): string | undefined {
  if (TEXTS.has(type) && kind === "wildcard" && text !== "*") {
    return `a wildcard in a value of \`${name}\`, a text field`;
  }
  if (type === "boolean" && kind === "string" && ["true", "false", ""].includes(text)) {
    return `a text compared with \`${name}\`, which is true or false`;
  }
  return undefined;
}

function fixesFor(type: string, { span, text }: KqlLiteral): readonly Fix[] {
  return type === "boolean" && text !== "" ? [replaceWith(span, text, `Write ${text}`)] : [];
}
