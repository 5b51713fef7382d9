/** The page of the ATT&CK matrix: a table whose cells say their counts, in the colours of the theme. */
import { env, l10n } from "vscode";
import { type CoverageView, type ViewedTactic } from "../../../server/src/lsp/protocolViews.ts";
import { coveredText, ruleCount } from "../ruleCount.ts";
import { SCRIPT } from "./matrixScript.ts";
import { STYLE } from "./matrixStyle.ts";

export function matrixHtml(view: CoverageView, nonce: string): string {
  const { help, table } = matrixParts(view);
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
<p id="help">${help}</p>
<div class="scroll">
<table aria-describedby="help">${table}</table>
</div>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

/** What is drawn again when rules change, as the script of the page takes it. */
export interface MatrixParts {
  readonly help: string;
  readonly table: string;
}

export function matrixParts(view: CoverageView): MatrixParts {
  const rowCount = Math.max(0, ...view.tactics.map(({ techniques }) => techniques.length));
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const cells = view.tactics.map((tactic, column) => cellHtml(tactic, { row, column }));
    return `<tr>${cells.join("")}</tr>`;
  });
  const table = [
    `<thead><tr>${view.tactics.map(headHtml).join("")}</tr></thead>`,
    `<tbody>${rows.join("\n")}</tbody>`,
  ].join("\n");
  return { help: escaped(helpText(view)), table };
}

/** Without a bundle they are those of the source. */
function languageOfTexts(): string {
  return l10n.bundle === undefined ? "en" : env.language;
}

function helpText({ rules, tactics, version }: CoverageView): string {
  const counted =
    rules.length === 1
      ? l10n.t("1 rule, ATT&CK {0}.", version)
      : l10n.t("{0} rules, ATT&CK {1}.", rules.length, version);
  // One that stands under several tactics is one technique, covered if it is under any of them.
  const all = tactics.flatMap(({ techniques }) => techniques);
  const ids = new Set(all.map(({ id }) => id));
  const covered = new Set(all.filter((one) => 0 < one.rules.length).map(({ id }) => id));
  const facts = `${counted} ${l10n.t("{0} of {1} techniques are covered.", covered.size, ids.size)}`;
  const help = l10n.t(
    "A solid edge means that there are rules, a dashed one that there are none. Arrow keys move between techniques, Enter opens rules.",
  );
  return `${facts} ${help}`;
}

function headHtml({ name, techniques, rules }: ViewedTactic): string {
  const covered = escaped(coveredText(techniques));
  return `<th scope="col">${escaped(name)}<span>${covered}</span><span>${escaped(ruleCount(rules.length))}</span></th>`;
}

function cellHtml(
  tactic: ViewedTactic,
  { row, column }: { readonly row: number; readonly column: number },
): string {
  const technique = tactic.techniques[row];
  if (technique === undefined) return "<td></td>";
  const { id, name, rules, subtechniques } = technique;
  const covered = subtechniques.filter((one) => 0 < one.rules.length).length;
  const below = l10n.t("{0} of {1} sub-techniques", covered, subtechniques.length);
  const facts = [`${id} · ${ruleCount(rules.length)}`, ...(subtechniques.length === 0 ? [] : [below])];
  const label = [name, ...facts].join(", ").replace(" · ", ", ");
  const state = rules.length === 0 ? "open" : "covered";
  const stop = row === 0 && column === 0 ? 0 : -1;
  const ids = `data-tactic="${escaped(tactic.id)}" data-technique="${escaped(id)}"`;
  const data = `data-row="${row}" data-column="${column}" ${ids}`;
  return `<td><button class="${state}" tabindex="${stop}" ${data} aria-label="${escaped(label)}" title="${escaped(label)}"><b>${breakable(name)}</b><span>${facts.map(escaped).join("<br>")}</span></button></td>`;
}

/** Long words with a slash in them are broken there. */
function breakable(text: string): string {
  return escaped(text).replaceAll("/", "/<wbr>");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
