/** Signatures in EQL, told from the tokens before the cursor, so that a query may break off anywhere. */
import { type SnapshotQuery } from "../analysis/snapshot.ts";
import { eqlParseOf } from "../checks/eqlParse.ts";
import { type EqlFunction, type EqlParameter, functionNamed, signatureOf } from "../query/eql/index.ts";
import { EQL_WORDS } from "../query/eql/words.ts";
import { spanOf, textAt } from "../text/span.ts";
import { codeBlock, paragraphs } from "./markdown.ts";
import { type Signature, type SignatureParameter, shape } from "./signatureHelpModel.ts";
import { clauseShape, pipeShape, stepShape } from "./signatureHelpClauses.ts";

export function eqlSignature(query: SnapshotQuery, offset: number): Signature | undefined {
  const words = wordsBefore(query, offset);
  if (words === undefined) return undefined;
  let depth = 0;
  let commas = 0;
  for (let i = words.length - 1; 0 <= i; i--) {
    const { image, kind } = words[i] ?? NO_WORD;
    if (kind === "string") continue;
    if (image === ")" || image === "]") depth++;
    else if (image === "," && depth === 0) commas++;
    else if (OPENERS.has(image) && 0 < depth) depth--;
    else if (OPENERS.has(image)) {
      if (image !== "(") return stepShape(words.slice(i + 1).map((word) => word.image));
      const before = words[i - 1] ?? NO_WORD;
      const found = before.kind === "name" ? callSignature(before.image, commas) : listShape(before.image);
      if (found !== undefined) return found;
      if (before.kind === "name") return undefined;
      // Parentheses around a condition: what they stand in may be an argument.
      commas = 0;
    } else if (image === "|" && depth === 0) return pipeShape(words.slice(i + 1).map((word) => word.image));
  }
  return clauseShape(words.map(({ image, kind }) => (kind === "string" ? '""' : image)));
}

interface Word {
  readonly kind: string;
  readonly image: string;
}

const NO_WORD: Word = { kind: "", image: "" };
const OPENERS: ReadonlySet<string> = new Set(["(", "[", "!["]);

/** The tokens that begin before the cursor; undefined in a comment. */
function wordsBefore(query: SnapshotQuery, offset: number): readonly Word[] | undefined {
  const { text, tokens } = eqlParseOf(query);
  const words: Word[] = [];
  for (const { kind, span } of tokens) {
    if (offset <= span.start) break;
    if (kind !== "comment") words.push({ kind, image: textAt(text, span) });
    // A comment goes on to the end of its line.
    else if (offset < span.end || (offset === span.end && text.startsWith("//", span.start)))
      return undefined;
  }
  return words;
}

function callSignature(name: string, commas: number): Signature | undefined {
  const known = functionNamed(name);
  if (known === undefined) return undefined;
  const label = signatureOf(known).replace("[~]", name.endsWith("~") ? "~" : "");
  const last = known.parameters.length - 1;
  const isRepeated = known.parameters[last]?.repeated === true;
  const active = isRepeated ? Math.min(commas, last) : commas <= last ? commas : undefined;
  const markdown = paragraphs(known.text, codeBlock("eql", known.example));
  return { label, markdown, parameters: parametersIn(label, known), active };
}

/** `source: string` and the others, where they stand in the signature. */
function parametersIn(label: string, { parameters }: EqlFunction): readonly SignatureParameter[] {
  let from = label.indexOf("(") + 1;
  const end = label.lastIndexOf("):");
  return parameters.map((parameter, i) => {
    const next = i + 1 < parameters.length ? label.indexOf(", ", from) : end;
    const span = spanOf(from, next);
    from = next + 2;
    return { span, markdown: parameterText(parameter) };
  });
}

function parameterText({ types, optional, repeated, constant }: EqlParameter): string {
  const facts = [
    types.join(" or "),
    optional === true ? "may be left out" : undefined,
    repeated === true ? "may be repeated" : undefined,
    constant === true ? "must be written out, no field or call" : undefined,
  ];
  return facts.filter((fact) => fact !== undefined).join("; ");
}

const LISTED: ReadonlyMap<string, string> = new Map([
  ["in", "value"],
  ["in~", "value"],
  [":", "pattern"],
  ["like", "pattern"],
  ["like~", "pattern"],
  ["regex", "expression"],
  ["regex~", "expression"],
]);

/** The parentheses after `in` and the operators of patterns. */
function listShape(operator: string): Signature | undefined {
  const item = LISTED.get(operator);
  const doc = EQL_WORDS.get(operator);
  if (item === undefined || doc === undefined) return undefined;
  const label = `field ${operator} (${item}, …)`;
  return shape(label, doc.text, [[`${item}, …`, "One is enough: the list stands for `or`."]], 0);
}
