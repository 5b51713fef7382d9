/** What the tree must not hold: long files, stray paths, open ends. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/fixture.ts";

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(path.join(root, file)));
const sources = tracked.filter((file) => /\.(?:ts|js)$/.test(file) && !file.endsWith(".generated.ts"));

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

test("no source file is longer than 400 lines", () => {
  expect(sources.filter((file) => 400 < read(file).split("\n").length)).toEqual([]);
});

test("the core has no type holes and nothing left open", () => {
  const holes = /\bas any\b|: any\b|@ts-(?:ignore|expect-error)|eslint-disable|\b(?:TODO|FIXME|XXX)\b/;
  expect(sources.filter((file) => /^(?:server|client)\//.test(file) && holes.test(read(file)))).toEqual([]);
});

test("no test is skipped or alone", () => {
  const skipped = /\b(?:it|test|describe|suite)\.(?:skip|todo|only)\b/;
  const here = path.relative(root, import.meta.filename);
  expect(
    sources.filter((file) => file.startsWith("test/") && file !== here && skipped.test(read(file))),
  ).toEqual([]);
});

test("no path of one machine and no registry stands in a file", () => {
  const parent = `${path.dirname(root)}/`;
  const text = tracked.filter((file) => !/\.(?:png|gz)$/.test(file));
  expect(text.filter((file) => read(file).includes(parent) && parent !== "/")).toEqual([]);
  expect(
    text.filter((file) => file.endsWith("package-lock.json") && read(file).includes('"resolved": "http')),
  ).toEqual([]);
});

test("links between documents lead somewhere", () => {
  const documents = tracked.filter((file) => /^[A-Z]+\.md$|^docs\/.*\.md$/.test(file));
  const broken = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map((match) => path.posix.join(path.posix.dirname(file), match[1] ?? ""))
      .filter(
        (target) =>
          !tracked.includes(target) &&
          !tracked.some((one) => one.startsWith(`${target.replace(/\/$/, "")}/`)),
      )
      .map((target) => `${file}: ${target}`),
  );
  expect(broken).toEqual([]);
});
