/** The rules of a workspace while files are opened, written and removed at the wrong moment. */
import { describe, expect, test } from "vitest";
import { queryCache } from "../../server/src/core/analysis/cache.ts";
import { summaryOfText } from "../../server/src/core/analysis/summaries.ts";
import { type FilePlacing, WorkspaceRules } from "../../server/src/lsp/workspaceRules.ts";
import { CLEAN_RULE, renamed } from "../support/sampleRule.ts";

interface Disk {
  readonly files: Map<string, string>;
  readonly rules: WorkspaceRules;
  readonly failures: unknown[];
  news: number;
  names(): readonly string[] | undefined;
  open(file: string, text: string): boolean;
}

function placed(file: string): FilePlacing {
  return { root: "/w", path: file.slice("/w/".length), isAmongRules: file.startsWith("/w/rules/") };
}

function diskOf(names: Readonly<Record<string, string>>): Disk {
  const files = new Map(Object.entries(names).map(([file, name]) => [file, renamed(CLEAN_RULE, name)]));
  const failures: unknown[] = [];
  const disk: Disk = {
    files,
    failures,
    news: 0,
    rules: new WorkspaceRules({
      filesBelow: (folder) =>
        Promise.resolve([...files.keys()].filter((file) => file.startsWith(`${folder}/rules/`))),
      textOf: (file) => Promise.resolve(files.get(file)),
      placeOf: (file) =>
        file.includes("broken") ? Promise.reject(new Error("not now")) : Promise.resolve(placed(file)),
      onNews: () => disk.news++,
      onFailure: (error) => failures.push(error),
    }),
    names() {
      const index = disk.rules.index("/w");
      return index && [...index.rules()].map(({ name }) => name?.value ?? "").toSorted();
    },
    open(file, text) {
      const placing = placed(file);
      return disk.rules.opened(file, placing, summaryOfText(placing.path, text, queryCache()));
    },
  };
  return disk;
}

const two = { "/w/rules/a.toml": "A", "/w/rules/b.toml": "B" };

describe("rules of a workspace", () => {
  test("are known once all have been read", async () => {
    const disk = diskOf(two);
    expect(disk.names()).toBeUndefined();
    await disk.rules.build(["/w"]);
    expect(disk.names()).toEqual(["A", "B"]);
    expect(disk.news).toBe(1);
  });

  test("an open document counts as it is, whatever the disk says", async () => {
    const disk = diskOf(two);
    const building = disk.rules.build(["/w"]);
    disk.open("/w/rules/a.toml", renamed(CLEAN_RULE, "Typed"));
    await building;
    expect(disk.names()).toEqual(["B", "Typed"]);
    disk.files.set("/w/rules/a.toml", renamed(CLEAN_RULE, "Written"));
    await disk.rules.changed(["/w/rules/a.toml"]);
    expect(disk.names()).toEqual(["B", "Typed"]);
    await disk.rules.closed("/w/rules/a.toml");
    expect(disk.names()).toEqual(["B", "Written"]);
  });

  test("a keystroke that others do not see is no news", async () => {
    const disk = diskOf(two);
    await disk.rules.build(["/w"]);
    expect(disk.open("/w/rules/a.toml", renamed(CLEAN_RULE, "A"))).toBe(false);
    expect(disk.open("/w/rules/a.toml", renamed(CLEAN_RULE, "A").replace("nginx", "apache"))).toBe(false);
    expect(disk.open("/w/rules/a.toml", renamed(CLEAN_RULE, "Al"))).toBe(true);
    expect(disk.news).toBe(1);
  });

  test("files come, change and go", async () => {
    const disk = diskOf(two);
    await disk.rules.build(["/w"]);
    disk.files.set("/w/rules/c.toml", renamed(CLEAN_RULE, "C"));
    disk.files.set("/w/rules/b.toml", "[tool]\n");
    disk.files.delete("/w/rules/a.toml");
    await disk.rules.changed([...disk.files.keys(), "/w/rules/a.toml"]);
    expect(disk.names()).toEqual(["C"]);
    expect(disk.news).toBe(2);
  });

  test("a draft outside their folders does not concern them", async () => {
    const disk = diskOf(two);
    await disk.rules.build(["/w"]);
    disk.files.set("/w/notes/n.toml", renamed(CLEAN_RULE, "N"));
    await disk.rules.changed(["/w/notes/n.toml"]);
    expect(disk.open("/w/notes/n.toml", renamed(CLEAN_RULE, "A"))).toBe(false);
    expect(disk.names()).toEqual(["A", "B"]);
    await disk.rules.closed("/w/notes/n.toml");
    expect(disk.names()).toEqual(["A", "B"]);
  });

  test("what fails is told, and what comes after it is read", async () => {
    const disk = diskOf({ ...two, "/w/rules/broken.toml": "X" });
    await disk.rules.build(["/w"]);
    expect(disk.failures).toHaveLength(1);
    disk.files.delete("/w/rules/broken.toml");
    await disk.rules.build(["/w"]);
    expect(disk.names()).toEqual(["A", "B"]);
  });

  test("reading again overtakes what is still being read", async () => {
    const disk = diskOf(two);
    const first = disk.rules.build(["/w"]);
    disk.files.delete("/w/rules/a.toml");
    await disk.rules.build(["/w"]);
    await first;
    expect(disk.names()).toEqual(["B"]);
  });
});
