/** Finds texts for people that stand in the client's source outside of `l10n.t`: by what they are, and by where they go. */
import ts from "typescript";
import { isTranslated, placeOf } from "../../scripts/gen/l10n.ts";

/** Properties whose values VS Code shows. */
const SHOWN_PROPERTIES = new Set([
  ...["label", "description", "detail", "title", "placeHolder", "placeholder", "prompt", "tooltip", "name"],
  ...["text", "message", "openLabel", "saveLabel", "contentText", "validationMessage", "hoverMessage"],
]);

/** Functions whose arguments VS Code shows: which of them, from 0; or all. */
const SHOWN_ARGUMENTS: Readonly<Record<string, number | "all">> = {
  showErrorMessage: "all",
  showWarningMessage: "all",
  showInformationMessage: "all",
  showTextDocument: "all",
  setStatusBarMessage: 0,
  appendOutput: 0,
  runSteps: 0,
  createRunProfile: 0,
  createTestController: 1,
  createTestItem: 1,
  createTreeView: 1,
  createWebviewPanel: 1,
  TreeItem: 0,
  TestMessage: 0,
  MarkdownString: 0,
  Task: 2,
};

/** Two words, or one that begins as a sentence does. */
const PROSE = /[A-Za-z]{2,}[,;:.]? [A-Za-z]{2,}|^[A-Z][a-z]+\b/;

/** What stands between letters in a text of another kind: tags of pages, names of icons. */
const NO_PROSE = /<[^>]*>|\$\([a-z-]+\)/g;

/** The product's name is the same in every language. */
const NAMES = new Set(["Rulewright"]);

/** Each with its place, such as `client/src/status.ts:12: Starting`. */
export function untranslatedTexts(source: ts.SourceFile): readonly string[] {
  const found = new Set<string>();
  visit(source, (node) => {
    const literals = [...shownBy(node).flatMap(literalsOf), ...(isProse(node) ? [node] : [])];
    for (const literal of literals) {
      const text = textOf(literal).replace(NO_PROSE, "").trim();
      if (/[A-Za-z]/.test(text) && !NAMES.has(text)) found.add(`${placeOf(literal)}: ${text}`);
    }
  });
  return [...found];
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  if (isForNobody(node)) return;
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

/** What is translated, what goes to the log, styles and scripts of pages, names of modules and literal types. */
function isForNobody(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return true;
  if (ts.isStringLiteralLike(node)) return isTranslated(node);
  if (ts.isVariableDeclaration(node)) return ["STYLE", "SCRIPT"].includes(node.name.getText());
  return ts.isCallExpression(node) && /\blog\.(?:error|warn|info|debug)$/.test(node.expression.getText());
}

function isProse(node: ts.Node): boolean {
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return false;
  return PROSE.test(textOf(node).replace(NO_PROSE, "").trim());
}

function shownBy(node: ts.Node): readonly ts.Expression[] {
  if (ts.isPropertyAssignment(node)) return isShownName(node.name.getText()) ? [node.initializer] : [];
  if (ts.isBinaryExpression(node)) {
    const { left, right, operatorToken } = node;
    const isAssignment = operatorToken.kind === ts.SyntaxKind.EqualsToken;
    return isAssignment && ts.isPropertyAccessExpression(left) && isShownName(left.name.text) ? [right] : [];
  }
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return [];
  const name = /\w+$/.exec(node.expression.getText())?.[0] ?? "";
  const which = Object.hasOwn(SHOWN_ARGUMENTS, name) ? SHOWN_ARGUMENTS[name] : undefined;
  return [...(node.arguments ?? [])].filter((_, i) => which === "all" || which === i);
}

function isShownName(name: string): boolean {
  return SHOWN_PROPERTIES.has(name);
}

/** The literals that an expression may be the value of. */
function literalsOf(expression: ts.Expression): readonly ts.Expression[] {
  if (isTranslated(expression)) return [];
  if (ts.isStringLiteralLike(expression)) return [expression];
  if (ts.isTemplateExpression(expression))
    return [expression, ...expression.templateSpans.flatMap((span) => literalsOf(span.expression))];
  if (ts.isConditionalExpression(expression))
    return [expression.whenTrue, expression.whenFalse].flatMap(literalsOf);
  if (ts.isBinaryExpression(expression)) return [expression.left, expression.right].flatMap(literalsOf);
  if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression))
    return literalsOf(expression.expression);
  return [];
}

/** Of a template, what stands between its values. */
function textOf(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return "";
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("{}");
}
