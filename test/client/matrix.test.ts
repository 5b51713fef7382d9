/** The page of the matrix: what it says, and what is drawn again of it when rules change. */
import { expect, test, vi } from "vitest";
import { matrixHtml, matrixParts } from "../../client/src/views/matrixHtml.ts";
import { type CoverageView } from "../../server/src/lsp/protocolViews.ts";

vi.mock("vscode", async () => {
  const { filled } = await import("./fill.ts");
  return { env: { language: "en" }, l10n: { t: filled, bundle: undefined } };
});

function technique(
  id: string,
  rules: readonly number[],
  subtechniques: CoverageView["tactics"][number]["techniques"] = [],
): CoverageView["tactics"][number]["techniques"][number] {
  return { id, name: `Name of <${id}> & "more"`, rules, subtechniques };
}

const VIEW: CoverageView = {
  version: "18.1",
  rules: [
    { uri: "file:///a.toml", name: "A", detail: "low, eql" },
    { uri: "file:///b.toml", name: "B", detail: "" },
  ],
  tactics: [
    {
      id: "TA0001",
      name: "First & foremost",
      rules: [0, 1],
      techniques: [
        technique("T1", [0, 1], [technique("T1.001", [1]), technique("T1.002", [])]),
        technique("T2", []),
      ],
    },
    { id: "TA0002", name: "Second", rules: [], techniques: [technique("T3", [0])] },
  ],
  groupings: [],
};

function cells(html: string): readonly string[] {
  return [...html.matchAll(/<td>.*?<\/td>/g)].map(([cell]) => cell);
}

test("each technique is a cell that says its count in words, and a column that ends has empty ones", () => {
  const [first, third, second, empty] = cells(matrixParts(VIEW).table);
  expect(first).toBe(
    '<td><button class="covered" tabindex="0" data-row="0" data-column="0" data-tactic="TA0001" data-technique="T1" ' +
      'aria-label="Name of &lt;T1&gt; &amp; &quot;more&quot;, T1, 2 rules, 1 of 2 sub-techniques" ' +
      'title="Name of &lt;T1&gt; &amp; &quot;more&quot;, T1, 2 rules, 1 of 2 sub-techniques">' +
      "<b>Name of &lt;T1&gt; &amp; &quot;more&quot;</b><span>T1 · 2 rules<br>1 of 2 sub-techniques</span></button></td>",
  );
  expect(second).toContain('class="open" tabindex="-1" data-row="1" data-column="0"');
  expect(second).toContain("<span>T2 · no rules</span>");
  expect(third).toContain("<span>T3 · 1 rule</span>");
  expect(empty).toBe("<td></td>");
});

test("columns say how much of them is covered", () => {
  expect(matrixParts(VIEW).table).toContain(
    '<th scope="col">First &amp; foremost<span>1 of 2 techniques</span><span>2 rules</span></th>',
  );
});

test("the page holds the parts, and nothing but its own style and script may run", () => {
  const page = matrixHtml(VIEW, "abc");
  const { help, table } = matrixParts(VIEW);
  expect(help).toMatch(/^2 rules, ATT&amp;CK 18\.1\. 2 of 3 techniques are covered\. /);
  expect(page).toContain(`<p id="help">${help}</p>`);
  expect(page).toContain(`<table aria-describedby="help">${table}</table>`);
  expect(page).toContain("default-src 'none'; style-src 'nonce-abc'; script-src 'nonce-abc'");
  expect(page.match(/nonce="abc"/g)).toHaveLength(2);
});

test("a workspace without rules has a page, too", () => {
  const { help, table } = matrixParts({ version: "18.1", rules: [], tactics: [], groupings: [] });
  expect(help).toMatch(/^0 rules/);
  expect(cells(table)).toEqual([]);
});
