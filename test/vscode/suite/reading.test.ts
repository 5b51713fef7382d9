import assert from "node:assert/strict";
import {
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type TextDocument,
  MarkdownString,
  commands,
} from "vscode";
import { SAMPLE_RULE, closeAll, eventually, open, placeIn, rangeOf } from "./support.ts";

/** The text of all hovers at a place. The server may still be loading what it knows. */
function hoverText(document: TextDocument, at: string, expected: RegExp): Promise<string> {
  return eventually(`a hover on \`${at}\` with ${String(expected)}`, async () => {
    const place = placeIn(document, at);
    const hovers = await commands.executeCommand<readonly Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      place,
    );
    const text = hovers
      .flatMap((hover) => hover.contents)
      .map((content) => (content instanceof MarkdownString ? content.value : ""))
      .join("\n");
    return expected.test(text) ? text : undefined;
  });
}

function namesIn(symbols: readonly DocumentSymbol[]): readonly string[] {
  return symbols.flatMap((symbol) => [symbol.name, ...namesIn(symbol.children)]);
}

suite("Reading a rule", () => {
  let document: TextDocument;

  setup(async () => {
    document = await open(SAMPLE_RULE);
  });

  teardown(closeAll);

  test("Hover of a field tells its type and what it is", async () => {
    await hoverText(document, "process.name :", /process\.name[^]*keyword/);
  });

  test("Hover of a technique tells its name and tactics", async () => {
    await hoverText(document, "T1552", /Unsecured Credentials[^]*Credential Access/);
  });

  test("Hover of a sub-technique tells its name", async () => {
    await hoverText(document, "T1552.002", /Credentials in Registry/);
  });

  test("Hover of an EQL keyword tells what it does", async () => {
    await hoverText(document, "where host.os.type", /where/);
  });

  test("The outline names the tables and the query", async () => {
    const names = await eventually("an outline", async () => {
      const command = "vscode.executeDocumentSymbolProvider";
      const symbols = await commands.executeCommand<readonly DocumentSymbol[] | undefined>(
        command,
        document.uri,
      );
      return symbols === undefined || symbols.length === 0 ? undefined : namesIn(symbols);
    });
    for (const name of ["metadata", "rule"])
      assert.ok(names.includes(name), `${name} in ${names.join(", ")}`);
    assert.ok(
      names.some((name) => name.includes("query")),
      names.join(", "),
    );
  });

  test("The query folds", async () => {
    const line = rangeOf(document, "query = '''").start.line;
    await eventually("a fold of the query", async () => {
      const command = "vscode.executeFoldingRangeProvider";
      const folds = await commands.executeCommand<readonly FoldingRange[] | undefined>(command, document.uri);
      return folds?.find((fold) => fold.start === line);
    });
  });

  test("Techniques link to their pages", async () => {
    await eventually("a link", async () => {
      const links = await commands.executeCommand<readonly DocumentLink[]>(
        "vscode.executeLinkProvider",
        document.uri,
      );
      return links.find((link) => link.target?.toString().includes("attack.mitre.org/techniques/T1552"));
    });
  });
});
