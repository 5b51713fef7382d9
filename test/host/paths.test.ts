/** How paths stand to folders, on both systems. */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { isWithin, pathBelow, pathNamedIn } from "../../server/src/host/paths.ts";

describe("the path of a file below a folder", () => {
  test.each([
    ["posix", "/w/rules", "/w/rules/a/b.toml", "a/b.toml"],
    ["posix", "/", "/rules/b.toml", "rules/b.toml"],
    ["posix", "/w/rules/", "/w/rules/b.toml", "b.toml"],
    ["posix", "/w/rules", "/w/rules-custom/b.toml", undefined],
    ["posix", "/w/rules", "/w/rules", undefined],
    ["posix", "/w/rules", "/w/other.toml", undefined],
    ["posix", "/w", "/w/..b.toml", "..b.toml"],
    ["win32", "C:\\w", "c:\\W\\rules\\b.toml", "rules/b.toml"],
    ["win32", "C:\\", "C:\\rules\\b.toml", "rules/b.toml"],
    ["win32", "C:\\w", "D:\\w\\b.toml", undefined],
    ["win32", "\\\\host\\share\\w", "\\\\host\\share\\w\\b.toml", "b.toml"],
  ] as const)("%s: %s, %s", (system, folder, file, expected) => {
    expect(pathBelow(folder, file, path[system])).toBe(expected);
  });

  test("a folder is within itself, and one whose name only begins as it is not", () => {
    expect(isWithin("/w/rules", "/w/rules", path.posix)).toBe(true);
    expect(isWithin("/w/rules", "/w/rules/deep", path.posix)).toBe(true);
    expect(isWithin("/w/rules", "/w/rules-custom", path.posix)).toBe(false);
  });
});

describe("a file that settings of a folder name", () => {
  test.each([
    ["posix", "/w/etc", "version.lock.json", "/w/etc/version.lock.json"],
    ["posix", "/w/etc", "../../rules", "/rules"],
    ["win32", "C:\\w\\etc", "../rules/lock.json", "C:\\w\\rules\\lock.json"],
    ["win32", "C:\\w\\etc", "c:\\w\\lock.json", "c:\\w\\lock.json"],
    ["win32", "\\\\host\\share\\w", "lock.json", "\\\\host\\share\\w\\lock.json"],
    ["win32", "C:\\w\\etc", "\\\\host\\share\\x", undefined],
    ["win32", "C:\\w\\etc", "//host/share/x", undefined],
    ["win32", "C:\\w\\etc", "\\\\?\\C:\\x", undefined],
    ["win32", "C:\\w\\etc", "\\\\.\\pipe\\x", undefined],
    ["win32", "C:\\w\\etc", "D:\\x", undefined],
  ] as const)("%s: %s, %s", (system, folder, named, expected) => {
    expect(pathNamedIn(folder, named, path[system])).toBe(expected);
  });
});
