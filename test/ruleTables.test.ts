import { expect, test } from "vitest";
import { holdsRuleTables } from "../client/src/ruleTables.ts";

const cases: readonly (readonly [string, boolean, string])[] = [
  ["both tables", true, '[metadata]\nmaturity = "production"\n\n[rule]\nname = "x"\n'],
  ["both, with blanks, comments and CRLF", true, "  [ rule ] # first\r\n[metadata]\r\n"],
  ["after a string that spans lines", true, "[metadata]\ntext = '''\nx\n'''\n[rule]\n"],
  ["after a string that ends on its line", true, "[metadata]\ntext = '''x'''\n[rule]\n"],
  ["only one", false, "[rule]\n"],
  ["longer names", false, "[package.metadata]\n[rules]\n"],
  ["arrays of tables", false, "[[metadata]]\n[[rule]]\n"],
  ["quoted in a string", false, 'text = """\n[metadata]\n[rule]\n"""\n'],
  ["commented out", false, "# [metadata]\n# [rule]\n"],
  ["nothing", false, ""],
];

test.each(cases)("%s: %s", (_name, expected, text) => {
  expect(holdsRuleTables(text)).toBe(expected);
});
