/** Coverage as a picture of the matrix. A cell says its count: nothing is told by colour alone. */
import { type Coverage, type CoveredTechnique } from "./coverage.ts";

const CELL = { width: 168, height: 46, gap: 4 } as const;
const HEAD = 52;
const MARGIN = 16;
const TITLE = 34;
/** Characters that fit into a cell. */
const LONGEST = 27;

export function coverageSvg({ tactics, version, rules }: Coverage): string {
  const rowCount = Math.max(0, ...tactics.map(({ techniques }) => techniques.length));
  const width = 2 * MARGIN + tactics.length * (CELL.width + CELL.gap);
  const height = 2 * MARGIN + TITLE + HEAD + rowCount * (CELL.height + CELL.gap);
  const columns = tactics.flatMap((tactic, column) => {
    const x = MARGIN + column * (CELL.width + CELL.gap);
    const covered = tactic.techniques.filter((one) => 0 < one.rules.length).length;
    return [
      text(x, MARGIN + TITLE + 16, tactic.name, "head"),
      text(x, MARGIN + TITLE + 34, `${covered} of ${tactic.techniques.length}`, "id"),
      ...tactic.techniques.map((technique, row) =>
        cell(technique, x, MARGIN + TITLE + HEAD + row * (CELL.height + CELL.gap)),
      ),
    ];
  });
  const title = `${counted(rules.length)} and ATT&CK ${version}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(MARGIN, MARGIN + 14, title, "title"),
    ...columns,
    "</svg>\n",
  ].join("\n");
}

const STYLE =
  "text{font-family:sans-serif;fill:#1b1f23}.title{font-size:16px;font-weight:700}.head{font-size:13px;font-weight:700}" +
  ".name{font-size:11px}.id{font-size:10px}.covered{fill:#cfe3fa;stroke:#0b4f9e;stroke-width:1.5}" +
  ".open{fill:#ffffff;stroke:#8a929a;stroke-dasharray:3 3}";

function cell({ id, name, rules }: CoveredTechnique, x: number, y: number): string {
  const style = rules.length === 0 ? "open" : "covered";
  const count = rules.length === 0 ? "no rule" : counted(rules.length);
  return [
    `<g><title>${escaped(`${id} ${name}: ${count}`)}</title>`,
    `<rect class="${style}" x="${x}" y="${y}" width="${CELL.width}" height="${CELL.height}" rx="3"/>`,
    ...inLines(name).map((line, i) => text(x + 6, y + 14 + 12 * i, line, "name")),
    text(x + 6, y + 39, `${id} · ${count}`, "id"),
    "</g>",
  ].join("");
}

function counted(count: number): string {
  return `${count} ${count === 1 ? "rule" : "rules"}`;
}

/** A picture that is printed has nothing to point at: the name stands on two lines, if it has to. */
function inLines(name: string): readonly string[] {
  if (name.length <= LONGEST) return [name];
  const end = name.lastIndexOf(" ", LONGEST);
  return end <= 0 ? [shortened(name)] : [name.slice(0, end), shortened(name.slice(end + 1))];
}

function shortened(name: string): string {
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 1)}…`;
}

function text(x: number, y: number, content: string, style: string): string {
  return `<text class="${style}" x="${x}" y="${y}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
