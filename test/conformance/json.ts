import { existsSync, readFileSync } from "node:fs";

/** The lines of a JSONL file, each checked to be an object; empty if the file is not there. */
export function readJsonLines(file: string): readonly Readonly<Record<string, unknown>>[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const value: unknown = JSON.parse(line);
      if (typeof value !== "object" || value === null) throw new Error(`not an object: ${line.slice(0, 80)}`);
      return value as Readonly<Record<string, unknown>>;
    });
}
