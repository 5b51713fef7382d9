/** Rules are laid out as the fixtures show; and a second time nothing changes. */
import { describe, expect, test } from "vitest";
import { type FormatOptions, formatOptionsIn } from "../../server/src/core/format/options.ts";
import { type Span, spanOf } from "../../server/src/core/text/span.ts";
import { type FixtureBlock, fixturesIn } from "../support/fixture.ts";
import { formattedRule } from "../support/format.ts";

const FIXTURES = fixturesIn("formatRule");

for (const { id, cases } of FIXTURES) {
  describe(id, () => {
    test.each(cases)("$name", ({ blocks }) => {
      const inputs = blocks.filter(({ language }) => language.startsWith("toml"));
      expect(inputs.length).toBeGreaterThan(0);
      for (const input of inputs) {
        const after = blocks.slice(blocks.indexOf(input) + 1);
        const next = after.findIndex(({ language }) => language.startsWith("toml"));
        expectLayout(input, next < 0 ? after : after.slice(0, next));
      }
    });
  });
}

function expectLayout(input: FixtureBlock, expected: readonly FixtureBlock[]): void {
  const wanted = (language: string): string | undefined =>
    expected.find((block) => block.language === language)?.text;
  const options = optionsOf(input);
  const { text, range } = selected(input.text);
  const formatted = formattedRule(text, options, range);
  if ("refused" in formatted) {
    expect(`${formatted.refused}\n`).toBe(wanted("refused"));
    return;
  }
  expect(formatted.text).toBe(wanted("formatted"));
  expect(formatted.leftAlone.map((reason) => `${reason}\n`).join("")).toBe(wanted("left alone") ?? "");
  if (range !== undefined) return;
  const again = formattedRule(formatted.text, options);
  expect("refused" in again ? again.refused : again.edits).toEqual([]);
}

/** They stand after the language as JSON. */
function optionsOf({ language }: FixtureBlock): Partial<FormatOptions> {
  const written = language.slice("toml".length).trim();
  // Our own fixtures hold objects; what is no option would change nothing, so that each must be one.
  const values = written === "" ? {} : (JSON.parse(written) as Record<string, unknown>);
  const options = formatOptionsIn(values);
  expect(Object.keys(options)).toEqual(Object.keys(values));
  return options;
}

/** What stands between `<|` and `|>`; an empty selection is `<||>`. */
function selected(marked: string): { readonly text: string; readonly range: Span | undefined } {
  const start = marked.indexOf("<|");
  if (start < 0) return { text: marked, range: undefined };
  const withoutStart = marked.replace("<|", "");
  const end = withoutStart.indexOf("|>");
  return { text: withoutStart.replace("|>", ""), range: spanOf(start, end) };
}

test("line ends and a byte order mark stay, and those of gaps are as in most of the file", () => {
  const text = '\uFEFF[rule]\r\ntype="eql"\r\ntags=["a",\r\n"b"]\nname="x"\r\n';
  expect(formattedRule(text)).toMatchObject({
    text: '\uFEFF[rule]\r\ntype = "eql"\r\ntags = [\r\n    "a",\r\n    "b"\r\n]\r\nname = "x"\r\n',
  });
});

test("a file without a line end at its end gets one", () => {
  expect(formattedRule('[rule]\ntype = "eql"')).toMatchObject({ text: '[rule]\ntype = "eql"\n' });
});

test("edits are small: what stays is not touched", () => {
  const formatted = formattedRule('[rule]\ntype="eql"\ntags = [\n  "a",\n  "b",\n]\n');
  expect(formatted).toMatchObject({
    edits: [
      { span: { start: 11, end: 12 }, text: " = " },
      { span: { start: 29, end: 29 }, text: "  " },
      { span: { start: 36, end: 36 }, text: "  " },
    ],
  });
});

test("a huge file is left alone at once", () => {
  const text = `[rule]\ntype = "eql"\nnote = '''${"x\n".repeat(200_000)}'''\n`;
  expect(formattedRule(text)).toEqual({ refused: "the file has more than 300,000 characters" });
});

test("a list as large as a file may be is laid out before the test runs out of time", () => {
  const text = `[rule]\ntype = "eql"\ntags = [${'"a",'.repeat(70_000)}]\n`;
  const formatted = formattedRule(text);
  expect("text" in formatted ? formatted.text.split("\n").length : formatted).toBe(70_005);
});

test("deep nesting is laid out", () => {
  const text = `[rule]\ntype = "eql"\nx = ${"[".repeat(90)}1${"]".repeat(90)}\n`;
  expect(formattedRule(text, { width: 20 })).toMatchObject({ leftAlone: [] });
});
