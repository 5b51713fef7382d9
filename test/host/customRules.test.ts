/** Custom rules outside a checkout, as CUSTOM_RULES_DIR names them: their own stack map and custom schemas. */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type SchemaSet } from "../../server/src/core/knowledge/schema.ts";
import { schemaFiles } from "../../server/src/host/schemaFiles.ts";
import { WHOLE, answers, setIn } from "./tinyAnswers.ts";
import { type Files, temporaryFolder, tinyEtc, writeFiles } from "./tinyEtc.ts";

describe("custom rules", () => {
  const CUSTOM: Files = {
    "_config.yaml":
      "rule_dirs: [rules]\nfiles: {packages: etc/packages.yaml, stack_schema_map: etc/map.yaml}\n",
    "etc/packages.yaml": "package: {name: '9.5'}\n",
    "etc/map.yaml": `
"9.4.0": {beats: "9.4.1", ecs: "9.4.0", endgame: "8.4.0", bakery: bakery.json, more: more.yaml}
"9.5.0": {beats: "9.5.1", ecs: "9.5.0", endgame: "8.4.0", bakery: bakery.json}
`,
    "etc/bakery.json": { "logs-bakery-*": { bread: { crust: "keyword" } }, "logs-cake-*": { cake: "ip" } },
    "etc/more.yaml": "logs-bakery-*: {bread.price: long}\n",
  };

  async function customSet(changes: Files = {}): Promise<SchemaSet> {
    const configFolder = temporaryFolder();
    writeFiles(configFolder, { ...CUSTOM, ...changes });
    return setIn({ etcFolder: tinyEtc(), configFolder });
  }

  test("have their own stack map, and Elastic's schemas", async () => {
    const set = await customSet({ "etc/packages.yaml": "package: {name: '9.4'}\n" });
    expect(answers(set)).toEqual({
      ...WHOLE,
      stacks: "9.4.0",
      ecs: "keyword",
      beats: "1",
      endgame: "keyword",
      stove: "found",
    });
  });

  test("of custom schemas with the same index pattern, the last one of a stack counts", async () => {
    const [old, current] = (await customSet()).stacks;
    expect(current?.custom("logs-bakery-*")?.typeOf("bread.crust")).toBe("keyword");
    expect(old?.custom("logs-bakery-*")?.typeOf("bread.price")).toBe("long");
    expect(old?.custom("far:logs-cake-*")?.typeOf("cake")).toBe("ip");
    expect(old?.custom("logs-soup-*")).toBeUndefined();
  });

  test("Elastic's own layout has no custom schemas, whatever its stack map says", async () => {
    const set = await setIn({ etcFolder: tinyEtc({ "etc/bakery.json": CUSTOM["etc/bakery.json"] }) });
    expect(set.stacks.map((stack) => [stack.custom("logs-bakery-*"), stack.hasCustom])).toEqual([
      [undefined, true],
      [undefined, true],
    ]);
  });

  test("a custom schema that is missing leaves every field open", async () => {
    const set = await customSet({ "etc/more.yaml": undefined });
    expect(set.stacks.map(({ hasCustom }) => hasCustom)).toEqual([false, false]);
    expect(set.parts.find(({ name }) => name === "custom schemas")).toEqual({
      name: "custom schemas",
      detail: "1 file",
      state: "partial",
      problem: "`more.yaml` is missing: a field that is in no other schema counts as unverified",
    });
  });

  test("files are watched, those included that are not there", async () => {
    const configFolder = temporaryFolder();
    writeFiles(configFolder, { ...CUSTOM, "etc/more.yaml": undefined });
    const { files } = await schemaFiles({ etcFolder: tinyEtc(), configFolder });
    const relative = files
      .map((file) => path.relative(configFolder, file.path))
      .filter((file) => !file.startsWith(".."));
    expect(relative).toEqual(
      ["_config.yaml", "etc/packages.yaml", "etc/map.yaml", "etc/bakery.json", "etc/more.yaml"].map((file) =>
        path.normalize(file),
      ),
    );
  });
});
