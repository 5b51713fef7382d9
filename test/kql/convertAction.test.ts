/** The conversion of a rule's query as a change of the whole rule. */
import { describe, expect, test } from "vitest";
import { rewrites } from "../../server/src/core/features/codeActions.ts";
import { applyEdits } from "../../server/src/core/text/edit.ts";
import { snapshot } from "../support/analyse.ts";

/** The rule after the conversion, or why there is none; undefined where it is not offered. */
function converted(text: string): string | undefined {
  const own = snapshot(text);
  const at = text.indexOf("query =") + 10;
  const rewrite = rewrites(own, { start: at, end: at }).find(({ title }) => title.startsWith("Convert"));
  if (rewrite === undefined) return undefined;
  return rewrite.refusal === undefined ? applyEdits(text, rewrite.edits) : `✗ ${rewrite.refusal}`;
}

function rule(type: string, language: string, query: string, more = ""): string {
  return `[metadata]\nmaturity = "production"\n[rule]\nlanguage = "${language}" # here\ntype = "${type}"\n${more}query = ${query}\n`;
}

const KQL = "event.category:process and process.name:(cmd.exe or sh)";
const EQL = 'process where process.name in ("cmd.exe", "sh")';

describe("offered", () => {
  test.each<readonly [name: string, before: string, after: string]>([
    [
      "in a text of several lines",
      rule("query", "kuery", `'''\n${KQL}\n'''`),
      rule("eql", "eql", `'''\n${EQL}\n'''`),
    ],
    ["and back", rule("eql", "eql", `'''\n${EQL}\n'''`), rule("query", "kuery", `'''\n${KQL}\n'''`)],
    ["in a text of one line", rule("query", "kuery", `'${KQL}'`), rule("eql", "eql", `'${EQL}'`)],
    ["with its quotes escaped", rule("query", "kuery", `"${KQL}"`), rule("eql", "eql", JSON.stringify(EQL))],
    [
      "laid out where there is room",
      rule(
        "query",
        "kuery",
        `'''\n${KQL} and process.args:(one or two or three) and not user.name:system and host.id:*\n'''`,
      ),
      rule(
        "eql",
        "eql",
        `'''
process where process.name in ("cmd.exe", "sh") and
  process.args in ("one", "two", "three") and
  user.name != "system" and
  host.id != null
'''`,
      ),
    ],
  ])("%s", (_name, before, after) => {
    expect(converted(before)).toBe(after);
  });
});

describe("refused", () => {
  test.each<readonly [name: string, text: string, reason: string]>([
    [
      "letters of any case",
      rule("eql", "eql", "'process where process.name : \"cmd.exe\"'"),
      "✗ EQL takes `cmd.exe` in any case here, and KQL only as it is written",
    ],
    ["free text", rule("query", "kuery", "'cmd.exe'"), "✗ EQL does not look for a text in all fields"],
    [
      "a key of EQL alone",
      rule("eql", "eql", "'process where true'", 'timestamp_field = "event.ingested"\n'),
      "✗ Only rules of EQL have `timestamp_field`",
    ],
    [
      "quotes that cannot hold it",
      rule("query", "kuery", `'process.name:"it\\u0027s"'`),
      "✗ The quotes of the query cannot hold the new one",
    ],
  ])("%s", (_name, text, reason) => {
    expect(converted(text)).toBe(reason);
  });
});

describe("not offered", () => {
  test.each<readonly [name: string, text: string]>([
    ["for a sequence", rule("eql", "eql", "'sequence [any where true] [any where true]'")],
    ["for a query with an error", rule("query", "kuery", "'process.name:'")],
    ["for a query that the fields do not take", rule("query", "kuery", "'process.pid:abc'")],
    ["for a threshold rule", rule("threshold", "kuery", `'${KQL}'`)],
    ["for Lucene", rule("query", "lucene", `'${KQL}'`)],
  ])("%s", (_name, text) => {
    expect(converted(text)).toBeUndefined();
  });
});
