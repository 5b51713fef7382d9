/** The checkout of the public rules, where one is at hand. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { loadSchemas } from "../../server/src/host/schemas.ts";
import { rulesFolder } from "../support/corpus.ts";
import { loaderOf } from "./loader.ts";

type Table = Readonly<Record<string, unknown>>;

const folders = [rulesFolder()].flatMap((folder) =>
  folder === undefined ? [] : [path.join(folder, "detection_rules/etc")],
);

/** A file of its own, as plain JSON. */
function fileOf(etcFolder: string, name: string): Table {
  const bytes = readFileSync(path.join(etcFolder, name));
  return JSON.parse((name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8")) as Table;
}

describe.each(folders)("the schemas of %s", (etcFolder) => {
  test("are whole but for packages that the file lacks", async () => {
    const { options } = loaderOf({ etcFolder });
    const set = await loadSchemas(options);
    const incomplete = set?.parts.filter(
      ({ name, state }) => state !== "complete" && name !== "integrations",
    );
    expect(incomplete).toEqual([]);
    for (const stack of set?.stacks ?? []) {
      expect(stack.ecs?.size, stack.version).toBeGreaterThan(1500);
      expect(stack.endgame?.size, stack.version).toBeGreaterThan(200);
      expect(stack.beat("winlogbeat", [], [])?.typeOf("winlog.channel"), stack.version).toBe("keyword");
      expect([stack.hasBeats, stack.hasCustom]).toEqual([true, true]);
    }
    expect(set?.endpoint?.size).toBeGreaterThan(100);
    expect(set?.nonEcsIndexes.length).toBeGreaterThan(20);
  });

  test("hold of each package what each stack takes of it: no version that stacks take is missing", async () => {
    const schemas = fileOf(etcFolder, "integration-schemas.json.gz");
    const { options } = loaderOf({ etcFolder });
    const set = await loadSchemas(options);
    const answers = Object.keys(schemas).flatMap((name) =>
      (set?.stacks ?? []).map(
        (stack) => `${name} on ${stack.version}: ${stack.integration(name, undefined).kind}`,
      ),
    );
    // A package that is younger than a stack has no version for it.
    expect(answers.filter((answer) => !/: (?:found|no-version)$/.test(answer))).toEqual([]);
    expect(answers.filter((answer) => answer.endsWith("found")).length).toBeGreaterThan(100);
  });

  test("hold every field of every stream with its type", async () => {
    const schemas = fileOf(etcFolder, "integration-schemas.json.gz");
    const { options } = loaderOf({ etcFolder });
    const stacks = (await loadSchemas(options))?.stacks ?? [];
    const wrong: string[] = [];
    let count = 0;
    for (const [name, versions] of Object.entries(schemas)) {
      for (const stack of stacks) {
        const whole = stack.integration(name, undefined);
        if (whole.kind !== "found") continue;
        // The file's own shape, which the reader under test found in order.
        const streams = (versions as Table)[whole.version] as Readonly<Record<string, Table>>;
        for (const [stream, fields] of Object.entries(streams)) {
          if (Array.isArray(fields)) continue;
          const answer = stack.integration(name, stream);
          const typeOf = answer.kind === "found" ? answer.schema.typeOf : (): undefined => undefined;
          for (const [field, type] of Object.entries(fields)) {
            count++;
            if (typeOf(field) !== type) wrong.push(`${name}.${stream} ${field} on ${stack.version}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(50_000);
  });
});
