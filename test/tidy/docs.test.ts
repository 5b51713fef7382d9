/** The pages say what is there: their links lead somewhere, and no option of the command line is left out. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import { describe, expect, test } from "vitest";
import { root } from "../support/fixture.ts";

const pages = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  ...globSync("docs/**/*.md", { cwd: root }),
].sort();

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

describe("links and pictures lead to files that are there", () => {
  test.each(pages)("%s", (page) => {
    const targets = [...read(page).matchAll(/\]\((?!https?:|command:|#)([^)#\s]+)(?:#[^)]*)?\)/g)].map(
      (match) => match[1] ?? "",
    );
    const lost = targets.filter((target) => !existsSync(path.join(root, path.dirname(page), target)));
    expect(lost).toEqual([]);
  });
});

test("the page of the command line names every command", () => {
  const sources = globSync("server/src/cli/**/*.ts", { cwd: root }).map(read).join("\n");
  const commands = [...sources.matchAll(/\.command\("([\w-]+)"\)/g)].map((match) => match[1] ?? "");
  expect(commands.length).toBeGreaterThan(9);
  const page = read("docs/cli.md");
  expect(commands.filter((command) => !new RegExp(`\`rulewright [^\`]*\\b${command}\\b`).test(page))).toEqual(
    [],
  );
});
