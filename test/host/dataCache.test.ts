/** The cache of what took long to make: kept whole, thrown away if it is damaged, and never more than a few. */
import { existsSync, readFileSync, readdirSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { cacheBytes, cachedBytes, tryCaching } from "../../server/src/host/dataCache.ts";
import { temporaryFolder } from "./tinyEtc.ts";

const CONTENT = Buffer.from("some content\n".repeat(1000));

test("gives what it was given", async () => {
  const entry = { folder: path.join(temporaryFolder(), "new", "folder"), kind: "thing", key: "k1" };
  expect(await cachedBytes(entry)).toBeUndefined();
  await cacheBytes(entry, CONTENT);
  expect(Buffer.from((await cachedBytes(entry)) ?? [])).toEqual(CONTENT);
  expect(await cachedBytes({ ...entry, key: "k2" })).toBeUndefined();
  expect(await cachedBytes({ ...entry, kind: "other" })).toBeUndefined();
  expect(readdirSync(entry.folder)).toEqual(["thing-k1.bin"]);
});

describe("a damaged file is thrown away", () => {
  const damages: readonly (readonly [name: string, damage: (file: string) => void])[] = [
    ["cut off", (file) => truncateSync(file, 500)],
    ["cut off in the seal", (file) => truncateSync(file, 10)],
    ["empty", (file) => truncateSync(file, 0)],
    ["with one byte changed", (file) => writeFileSync(file, readFileSync(file).fill(1, 700, 701))],
    ["with something after it", (file) => writeFileSync(file, Buffer.concat([readFileSync(file), CONTENT]))],
  ];
  test.each(damages)("%s", async (_name, damage) => {
    const entry = { folder: temporaryFolder(), kind: "thing", key: "k" };
    await cacheBytes(entry, CONTENT);
    const file = path.join(entry.folder, "thing-k.bin");
    damage(file);
    expect(await cachedBytes(entry)).toBeUndefined();
    expect(existsSync(file)).toBe(false);
  });
});

test("the entries that were not used for longest are removed beyond four of a kind", async () => {
  const folder = temporaryFolder();
  await cacheBytes({ folder, kind: "other", key: "x" }, CONTENT);
  for (const [age, key] of ["a", "b", "c", "d"].entries()) {
    await cacheBytes({ folder, kind: "thing", key }, CONTENT);
    const time = new Date(Date.UTC(2026, 0, 1 + age));
    utimesSync(path.join(folder, `thing-${key}.bin`), time, time);
  }
  // A look at it is a use.
  await cachedBytes({ folder, kind: "thing", key: "a" });
  await cacheBytes({ folder, kind: "thing", key: "e" }, CONTENT);
  expect(readdirSync(folder).sort()).toEqual([
    "other-x.bin",
    "thing-a.bin",
    "thing-c.bin",
    "thing-d.bin",
    "thing-e.bin",
  ]);
});

test("a folder that cannot be written is told by the system's code, and nothing is left", async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, "file"), "");
  expect(await tryCaching({ folder: path.join(folder, "file"), kind: "thing", key: "k" }, CONTENT)).toMatch(
    /^E[A-Z]+$/,
  );
  expect(readdirSync(folder)).toEqual(["file"]);
});
