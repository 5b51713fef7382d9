/** `l10n/bundle.l10n.json`: every text of the client that can be translated, out of its calls of `l10n.t`. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import ts from "typescript";

const FOLDER = "client/src";

/** What a call of `l10n.t` says; or what is wrong with it, as then nobody could translate it. */
export type FoundText =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "problem"; readonly place: string; readonly problem: string };

export function clientSources(root: string): readonly ts.SourceFile[] {
  return globSync([`${FOLDER}/**/*.ts`], { cwd: root })
    .sort()
    .map((file) => parsedSource(file, readFileSync(path.join(root, file), "utf8")));
}

export function parsedSource(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
}

/** The texts by themselves, in the order of their characters: a translation is a file with the same keys. */
export function l10nBundle(sources: readonly ts.SourceFile[]): string {
  const found = sources.flatMap(translatableTexts);
  const problems = found.flatMap((one) => (one.kind === "problem" ? `${one.place}: ${one.problem}` : []));
  if (problems.length !== 0) throw new Error(problems.join("\n"));
  const texts = new Set(found.flatMap((one) => (one.kind === "text" ? one.text : [])));
  const entries = [...texts].sort().map((text) => [text, text]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

export function translatableTexts(source: ts.SourceFile): readonly FoundText[] {
  return namesOf(source).flatMap((name) => {
    const { parent } = name;
    if (ts.isImportSpecifier(parent) && parent.propertyName === undefined) return [];
    const place = placeOf(name);
    if (!ts.isPropertyAccessExpression(parent) || parent.expression !== name)
      return { kind: "problem", place, problem: "l10n is used by its own name only" };
    if (parent.name.text === "bundle") return [];
    const call = parent.parent;
    if (parent.name.text !== "t" || !ts.isCallExpression(call) || call.expression !== parent)
      return { kind: "problem", place, problem: "l10n.t is called where it stands" };
    return textOf(call, place);
  });
}

/** Is it what a call of `l10n.t` says? */
export function isTranslated(literal: ts.Expression): boolean {
  const { parent } = literal;
  return ts.isCallExpression(parent) && parent.arguments[0] === literal && isL10nT(parent.expression);
}

export function placeOf(node: ts.Node): string {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return `${source.fileName}:${line + 1}`;
}

function isL10nT(callee: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(callee) && callee.getText() === "l10n.t";
}

/** Every place where `l10n` is named. */
function namesOf(node: ts.Node): readonly ts.Identifier[] {
  if (ts.isIdentifier(node)) return node.text === "l10n" ? [node] : [];
  const found: ts.Identifier[] = [];
  ts.forEachChild(node, (child) => void found.push(...namesOf(child)));
  return found;
}

function textOf(call: ts.CallExpression, place: string): FoundText {
  const [first, ...values] = call.arguments;
  if (first === undefined || !ts.isStringLiteralLike(first))
    return { kind: "problem", place, problem: "the first argument of l10n.t is no literal" };
  const { text } = first;
  const used = new Set([...text.matchAll(/\{(\d+)\}/g)].map((match) => Number(match[1])));
  const isComplete = used.size === values.length && values.every((_, i) => used.has(i));
  if (!isComplete || values.some(ts.isSpreadElement))
    return { kind: "problem", place, problem: `"${text}" has other places than values` };
  return { kind: "text", text };
}
