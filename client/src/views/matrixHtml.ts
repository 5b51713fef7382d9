/** The page of the ATT&CK matrix: a table whose cells say their counts, in the colours of the theme. */
import { env, l10n } from "vscode";
import { type CoverageView, type ViewedTechnique } from "../../../server/src/lsp/protocolViews.ts";
import { coveredText, ruleCount } from "../ruleCount.ts";

export function matrixHtml(view: CoverageView, nonce: string): string {
  const rowCount = Math.max(0, ...view.tactics.map(({ techniques }) => techniques.length));
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const cells = view.tactics.map(({ techniques }, column) => cellHtml(techniques[row], row, column));
    return `<tr>${cells.join("")}</tr>`;
  });
  const csp = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const title = escaped(l10n.t("ATT&CK Coverage"));
  return `<!DOCTYPE html>
<html lang="${languageOfTexts()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<title>${title}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p id="help">${escaped(helpText(view))}</p>
<div class="scroll">
<table aria-describedby="help">
<thead><tr>${view.tactics.map(headHtml).join("")}</tr></thead>
<tbody>${rows.join("\n")}</tbody>
</table>
</div>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

/** Without a bundle they are those of the source. */
function languageOfTexts(): string {
  return l10n.bundle === undefined ? "en" : env.language;
}

function helpText({ rules, version }: CoverageView): string {
  const facts =
    rules.length === 1
      ? l10n.t("1 rule, ATT&CK {0}.", version)
      : l10n.t("{0} rules, ATT&CK {1}.", rules.length, version);
  const help = l10n.t(
    "A solid edge means that there are rules, a dashed one that there are none. Arrow keys move between techniques, Enter opens rules.",
  );
  return `${facts} ${help}`;
}

function headHtml({ name, techniques, rules }: CoverageView["tactics"][number]): string {
  const covered = escaped(coveredText(techniques));
  return `<th scope="col">${escaped(name)}<span>${covered}</span><span>${escaped(ruleCount(rules.length))}</span></th>`;
}

function cellHtml(technique: ViewedTechnique | undefined, row: number, column: number): string {
  if (technique === undefined) return "<td></td>";
  const { id, name, rules, subtechniques } = technique;
  const below = subtechniques.filter((one) => 0 < one.rules.length).length;
  const label = [
    ...[name, id, ruleCount(rules.length)],
    ...(subtechniques.length === 0 ? [] : [l10n.t("{0} of {1} sub-techniques", below, subtechniques.length)]),
  ].join(", ");
  const state = rules.length === 0 ? "open" : "covered";
  const stop = row === 0 && column === 0 ? 0 : -1;
  const data = `data-row="${row}" data-column="${column}"`;
  return `<td><button class="${state}" tabindex="${stop}" ${data} aria-label="${escaped(label)}" title="${escaped(label)}"><b>${escaped(name)}</b><span>${escaped(id)} · ${escaped(ruleCount(rules.length))}</span></button></td>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const STYLE = `
body { color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: 12px; padding: 0 12px; }
h1 { font-size: 1.4em; margin: 12px 0 4px; }
p { margin: 0 0 10px; max-width: 90ch; }
.scroll { overflow: auto; max-height: calc(100vh - 90px); }
table { border-collapse: separate; border-spacing: 3px; }
th { position: sticky; top: 0; z-index: 1; background: var(--vscode-editor-background); text-align: left; vertical-align: bottom; padding: 4px; min-width: 130px; }
th span { display: block; font-weight: normal; }
td { padding: 0; vertical-align: top; height: 1px; }
button { width: 100%; height: 100%; min-height: 42px; box-sizing: border-box; text-align: left; padding: 4px 6px; border-radius: 3px; font: inherit; color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); cursor: pointer; display: flex; flex-direction: column; justify-content: space-between; }
button b { font-weight: normal; display: block; overflow-wrap: anywhere; }
button span { display: block; margin-top: 2px; }
button.open { border: 1px dashed var(--vscode-descriptionForeground); }
button.covered { border: 2px solid var(--vscode-contrastActiveBorder, var(--vscode-focusBorder)); background: var(--vscode-editor-inactiveSelectionBackground, var(--vscode-editor-background)); }
.vscode-high-contrast button.covered, .vscode-high-contrast-light button.covered { background: var(--vscode-editor-background); border-width: 3px; }
button.covered b { font-weight: 600; }
button:focus-visible { outline: 2px solid var(--vscode-contrastBorder, var(--vscode-editor-foreground)); outline-offset: 1px; }
`;

/** One cell at a time can be reached by Tab; the arrow keys move it, over gaps in short columns. */
const SCRIPT = `
const vscode = acquireVsCodeApi();
const cells = [...document.querySelectorAll("button")];
const at = (row, column) => cells.find((one) => Number(one.dataset.row) === row && Number(one.dataset.column) === column);
const lastOf = (axis) => Math.max(0, ...cells.map((one) => Number(one.dataset[axis])));
const [lastRow, lastColumn] = [lastOf("row"), lastOf("column")];
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
function focus(cell) {
  for (const one of cells) one.tabIndex = one === cell ? 0 : -1;
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}
function move(cell, [down, right]) {
  let row = Number(cell.dataset.row) + down;
  const column = Number(cell.dataset.column) + right;
  if (row < 0 || lastRow < row || column < 0 || lastColumn < column) return;
  let next = at(row, column);
  while (next === undefined && down === 0 && 0 < row) next = at(--row, column);
  if (next !== undefined) focus(next);
}
document.addEventListener("keydown", (event) => {
  const cell = event.target.closest("button");
  if (cell === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const column = Number(cell.dataset.column);
  if (event.key in steps) move(cell, steps[event.key]);
  else if (event.key === "Home") focus(at(Number(cell.dataset.row), 0) ?? cell);
  else if (event.key === "End") focus(cells.filter((one) => Number(one.dataset.column) === column).at(-1) ?? cell);
  else return;
  event.preventDefault();
});
document.addEventListener("click", (event) => {
  const cell = event.target.closest("button");
  if (cell === null) return;
  focus(cell);
  vscode.postMessage({ row: Number(cell.dataset.row), column: Number(cell.dataset.column) });
});
`;
