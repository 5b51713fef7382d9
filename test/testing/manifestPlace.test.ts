/** What is completed and explained in a manifest, by where the cursor stands. */
import { describe, expect, test } from "vitest";
import { manifestCompletions } from "../../server/src/core/features/manifestCompletion.ts";
import { manifestHover } from "../../server/src/core/features/testHover.ts";
import { MANIFEST_KEYS } from "../../server/src/core/testing/cases/manifestKeys.ts";
import { plainText } from "../../server/src/core/text/snippet.ts";
import { withCursor } from "../support/fixture.ts";

const FILES = ["a.match.ndjson", "seen.ndjson"];

/** Labels of what is offered at `<|>`. */
function offered(marked: string): readonly string[] {
  const { text, offset } = withCursor(marked);
  return manifestCompletions(text, offset, { files: FILES }).items.map(({ label }) => label);
}

/** The line of the cursor once the first item with this label is taken. */
function taken(marked: string, label: string): string {
  const { text, offset } = withCursor(marked);
  const item = manifestCompletions(text, offset, { files: FILES }).items.find((one) => one.label === label);
  if (item === undefined) throw new Error(`${label} is not offered`);
  return text.slice(0, item.span.start) + plainText(item.snippet) + text.slice(item.span.end);
}

const CASE = MANIFEST_KEYS.case.map(({ name }) => name);
const without = (...names: readonly string[]): readonly string[] =>
  CASE.filter((name) => !names.includes(name));

describe("completion", () => {
  test.each<readonly [name: string, text: string, labels: readonly string[]]>([
    ["an empty file", "<|>", ["rule", "defaults", "cases"]],
    ["at the top, without what is there", "cases: []\nde<|>", ["rule", "defaults"]],
    ["keys of defaults", "defaults:\n  <|>", ["index", "history", "indicators", "now"]],
    ["an item of the list of cases", "cases:\n  <|>", ["- name"]],
    ["the list of cases, at the margin", "cases:\n- <|>", CASE],
    ["after the dash", "cases:\n  - <|>", CASE],
    ["further keys of a case", "cases:\n  - name: a\n    <|>", without("name")],
    [
      "keys that stand below count, too",
      "cases:\n  - <|>\n    expect: match\n    events: []\n",
      without("expect", "events"),
    ],
    ["keys of the next case do not", "cases:\n  - name: a\n    <|>\n  - expect: match\n", without("name")],
    [
      "after a list of events",
      "cases:\n  - name: a\n    events:\n      - { x: 1 }\n    <|>",
      without("name", "events"),
    ],
    ["the choices of a key", "cases:\n  - expect: <|>", ["match", "nomatch", "todo"]],
    ["half a choice", "cases:\n  - expect: no<|>", ["match", "nomatch", "todo"]],
    ["truth", "cases:\n  - patch:\n      - drop: <|>", ["true", "false"]],
    ["files of events", "cases:\n  - events: <|>", FILES],
    ["files of history, for all cases", "defaults:\n  history: <|>", FILES],
    [
      "cases to start from",
      "cases:\n  - name: one\n    events: []\n  - name: two\n    base: <|>",
      ["one", "two"],
    ],
    ["keys of a patch", "cases:\n  - patch:\n      - <|>", ["line", "set", "remove", "drop"]],
    ["in brackets", "cases:\n  - patch: [ { line: 1, <|> } ]", ["set", "remove", "drop"]],
    ["bounds of alerts", "cases:\n  - alerts: { <|> }", ["at_least", "at_most"]],
    ["bounds of alerts below", "cases:\n  - alerts:\n      at_least: 1\n      <|>", ["at_most"]],
    ["values in brackets", "cases:\n  - { name: a, expect: <|> }", ["match", "nomatch", "todo"]],
    ["nothing in an event", "cases:\n  - events:\n      - <|>", []],
    ["nothing among fields", "cases:\n  - patch: [ { set: { <|> } } ]", []],
    ["nothing in a comment", "cases: # <|>", []],
    ["nothing as a name", "cases:\n  - name: <|>", []],
    ["nothing below a key of others", "other:\n  <|>", []],
  ])("%s", (_name, text, labels) => {
    expect(offered(text)).toEqual(labels);
  });

  test("what is half typed is replaced, and what follows begins", () => {
    expect(taken("cases:\n  - name: a\n    ev<|>ents", "events")).toBe("cases:\n  - name: a\n    events: ");
    expect(taken("ca<|>", "cases")).toBe("cases:\n  - name: ");
    expect(taken("cases:\n  - expect: no<|>", "nomatch")).toBe("cases:\n  - expect: nomatch");
    expect(taken("cases:\n  <|>", "- name")).toBe("cases:\n  - name: ");
  });

  test("however long the text is, it takes no time", () => {
    const text = `cases:\n${'  - name: "x" # {[\n    patch: [{{{\n'.repeat(6000)}`;
    const started = performance.now();
    manifestCompletions(text, text.length, { files: [] });
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("hover", () => {
  /** The first and the last paragraph of the hover, and the text that it is about. */
  function hovered(marked: string): readonly string[] {
    const { text, offset } = withCursor(marked);
    const hover = manifestHover(text, offset, undefined);
    if (hover === undefined) return [];
    const paragraphs = hover.markdown.split("\n\n");
    return [text.slice(hover.span.start, hover.span.end), paragraphs[0] ?? "", paragraphs.at(-1) ?? ""];
  }

  test.each<readonly [text: string, ...found: readonly string[]]>([
    ["ca<|>ses: []", "cases", "```text\ncases: list\n```", "*required*"],
    ["cases:\n  - exp<|>ect: match", "expect", "```text\nexpect: match | nomatch | todo\n```", "*optional*"],
    ["cases:\n  - patch: [{ li<|>ne: 1 }]", "line", "```text\nline: whole number\n```", "*optional*"],
    ["cases:\n  - alerts: { at_most<|>: 1 }", "at_most", "```text\nat_most: whole number\n```", "*optional*"],
    ["cases:\n  - name: ca<|>ses"],
    ["oth<|>er: 1"],
  ])("%s", (text, ...found) => {
    expect(hovered(text)).toEqual(found);
  });
});
