/** What smol-toml reads is no error of ours, whatever its lines look like. */
import { expect, test } from "vitest";
import { parse } from "smol-toml";
import { readToml } from "../server/src/core/toml/read.ts";

test.each([
  ["a list alone on its line", 'x = [\n  ["a"]\n]\n'],
  ["lists of lists without commas at the end", 'x = [\n  ["a"],\n  ["b", "c"]\n]\ny = 1\n'],
  ["a text whose last line looks like the opening of another", 'a = """\nb = """\nc = 1\n'],
  ["a text that holds a header", "a = '''\n[b]\n'''\nc = 1\n"],
])("%s", (_name, text) => {
  const { errors, conflicts, root } = readToml(text);
  expect([errors, conflicts]).toEqual([[], []]);
  expect([...root.byName.keys()]).toEqual(Object.keys(parse(text)));
});

test("what is left open is still told", () => {
  expect(readToml('x = [\n  "a"\n[b]\nc = 1\n').errors.length).toBe(1);
});
