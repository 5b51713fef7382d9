/** What is said of a checkout whose files are broken, and where settings of a workspace count from. */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { NO_REPOSITORY } from "../../server/src/core/knowledge/repository.ts";
import { nodeHost } from "../../server/src/host/node.ts";
import { type KnowledgeStore } from "../../server/src/host/knowledgeStore.ts";
import { nodeKnowledge } from "../../server/src/host/nodeKnowledge.ts";
import { FileConfigs } from "../../server/src/lsp/fileConfigs.ts";
import { knowledgeLayers, statusOf } from "../../server/src/lsp/knowledgeStatus.ts";
import { type Files, tinyEtc } from "../host/tinyEtc.ts";
import { root } from "../support/fixture.ts";

const host = nodeHost(root);

interface Told {
  readonly problems: readonly string[];
  /** Of the checkout: each part with its state. */
  readonly parts: readonly string[];
  readonly message: string | undefined;
}

function storeTelling(onProblem: (problem: string) => unknown): KnowledgeStore {
  return nodeKnowledge({
    host,
    packageRoot: root,
    dataFolder: () => undefined,
    settingFor: () => Promise.resolve(undefined),
    onChange: () => undefined,
    onProblem,
  });
}

async function toldOf(changes: Files): Promise<Told> {
  const problems: string[] = [];
  const store = storeTelling((problem) => problems.push(problem));
  const etcFolder = tinyEtc(changes);
  const known = await store.whole(path.join(etcFolder, "..", "..", "rules"));
  const [, checkout] = knowledgeLayers(known, store.layers());
  const parts = checkout?.parts.map(({ name, state }) => `${name} ${state}`) ?? [];
  return { problems, parts, message: statusOf(known, store.layers(), false).message };
}

describe("a broken checkout", () => {
  test("without a stack map that can be read is told where all is listed", async () => {
    const told = await toldOf({ "stack-schema-map.yaml": "[1, 2, 3]\n" });
    expect(told.parts).toContain("stack map broken");
    expect(told.message).toContain("no schema beside it is used");
    expect(told.problems).toContain(told.message);
  });

  test("without files that the stack map names is told at once, in one sentence", async () => {
    const { problems, parts, message } = await toldOf({
      "ecs_schemas/9.4.0/ecs_flat.json.gz": undefined,
      "ecs_schemas/9.5.0/ecs_flat.json.gz": undefined,
    });
    expect(parts).toContain("ECS missing");
    expect(problems).toEqual([
      "`ecs_schemas/9.4.0/ecs_flat.json.gz` and `ecs_schemas/9.5.0/ecs_flat.json.gz` are missing: fields are not checked on stacks 9.4.0 and 9.5.0",
    ]);
    // It lacks something, and nothing of it is broken.
    expect(message).toBeUndefined();
  });

  test("and what is always there says what it does not know", async () => {
    const store = storeTelling(() => undefined);
    const [embedded] = knowledgeLayers(await store.now(undefined), []);
    expect(embedded?.parts.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "ECS complete",
      "Fields outside ECS partial",
      "ATT&CK complete",
      "ATLAS partial",
    ]);
  });
});

describe("a relative path in settings counts from the workspace folder around a file", () => {
  test.each([
    [["/w/rules", "/w/rules-custom"], "/w/rules-custom/deep", "/w/rules-custom/schemas"],
    [["/w", "/w/rules"], "/w/rules/deep", "/w/rules/schemas"],
    [["/w/rules"], "/w/rules", "/w/rules/schemas"],
    [["/other"], "/w/rules", "/w/rules/schemas"],
  ])("of %j: %s", async (folders, folder, expected) => {
    const configs = new FileConfigs({
      host,
      log: () => undefined,
      settingsFor: () => Promise.resolve({ schemas: { path: "schemas" } }),
      pathOf: (uri) => uri,
      uriOf: (file) => file,
      repositoryAt: () => Promise.resolve(NO_REPOSITORY),
      ruleFilesBelow: () => Promise.resolve([]),
      workspaceFolders: () => folders,
    });
    expect(await configs.schemasSetting(folder)).toBe(expected);
  });
});
