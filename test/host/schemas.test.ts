/** Schemas loaded as the server loads them: in a thread the first time, from the cache the next. */
import { appendFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readFiles, revisionOf } from "../../server/src/host/revision.ts";
import { schemaFiles, schemaPaths } from "../../server/src/host/schemaFiles.ts";
import { loadSchemas } from "../../server/src/host/schemas.ts";
import { loaderOf } from "./loader.ts";
import { WHOLE, answers } from "./tinyAnswers.ts";
import { TINY, temporaryFolder, tinyEtc, writeFiles } from "./tinyEtc.ts";

test("schemas are the same from the thread and from the cache", async () => {
  const { options, cacheFolder, problems, starts } = loaderOf({ etcFolder: tinyEtc() });
  const first = await loadSchemas(options);
  const second = await loadSchemas(options);
  expect([first && answers(first), second && answers(second)]).toEqual([WHOLE, WHOLE]);
  expect([second?.revision, second?.packageVersion, second?.parts]).toEqual([
    first?.revision,
    "9.5.0",
    first?.parts,
  ]);
  expect([starts(), problems, readdirSync(cacheFolder).length]).toEqual([1, [], 1]);
});

test("whether it was touched does not matter, what it holds does", async () => {
  const etcFolder = tinyEtc();
  const { options, starts } = loaderOf({ etcFolder });
  const first = await loadSchemas(options);
  writeFiles(etcFolder, TINY);
  expect((await loadSchemas(options))?.revision).toBe(first?.revision);
  expect(starts()).toBe(1);
  writeFiles(etcFolder, { "non-ecs-schema.json": { "logs-oven-*": { "oven.door": "ip" } } });
  const changed = await loadSchemas(options);
  expect([changed?.nonEcs("logs-oven-*")?.typeOf("oven.door"), starts()]).toEqual(["ip", 2]);
  expect(changed?.revision).not.toBe(first?.revision);
  writeFiles(etcFolder, TINY);
  expect([(await loadSchemas(options))?.revision, starts()]).toEqual([first?.revision, 2]);
});

const CHANGES: readonly (readonly [name: string, file: string])[] = [
  ["the configuration", "_config.yaml"],
  ["the package version", "packages.yaml"],
  ["the stack map", "stack-schema-map.yaml"],
  ["a file of ECS", "ecs_schemas/9.5.0/ecs_flat.json.gz"],
  ["a file of Beats", "beats_schemas/v9.4.1.json.gz"],
  ["a file of Endgame", "endgame_schemas/8.4.0/endgame_ecs_mapping.json.gz"],
  ["another file of Endpoint", "endpoint_schemas/endpoint_network.json.gz"],
  ["non-ECS fields", "non-ecs-schema.json"],
  ["manifests", "integration-manifests.json.gz"],
  ["integrations", "integration-schemas.json.gz"],
];

describe("a change is noticed", () => {
  const revision = async (etcFolder: string): Promise<string> =>
    revisionOf(await readFiles((await schemaFiles({ etcFolder })).files), "made by nobody");

  test.each(CHANGES)("of %s", async (_name, file) => {
    const etcFolder = tinyEtc();
    const before = await revision(etcFolder);
    appendFileSync(path.join(etcFolder, file), "\n ");
    expect(await revision(etcFolder)).not.toBe(before);
    const watched = await schemaPaths({ etcFolder });
    expect(watched.some((place) => path.join(etcFolder, file).startsWith(place))).toBe(true);
  });

  test("but not of a stack that is not supported", async () => {
    const etcFolder = tinyEtc();
    const { options, starts } = loaderOf({ etcFolder });
    await loadSchemas(options);
    writeFiles(etcFolder, { "ecs_schemas/9.6.0/ecs_flat.json.gz": {} });
    await loadSchemas(options);
    expect(starts()).toBe(1);
  });

  test("and neither is what another version of the worker made taken", async () => {
    const { options, starts } = loaderOf({ etcFolder: tinyEtc() });
    await loadSchemas(options);
    appendFileSync(options.workerFile, "\n// A comment.\n");
    await loadSchemas(options);
    expect(starts()).toBe(2);
  });
});

test("a damaged cache is made anew", async () => {
  const { options, cacheFolder, problems, starts } = loaderOf({ etcFolder: tinyEtc() });
  await loadSchemas(options);
  const [name = ""] = readdirSync(cacheFolder);
  const file = path.join(cacheFolder, name);
  writeFileSync(file, readFileSync(file).subarray(0, 300));
  const set = await loadSchemas(options);
  expect([set && answers(set), starts(), problems]).toEqual([WHOLE, 2, []]);
  expect(readdirSync(cacheFolder)).toEqual([name]);
});

test("without a cache folder nothing is kept", async () => {
  const { options, starts } = loaderOf({ etcFolder: tinyEtc() });
  for (let i = 0; i < 2; i++) {
    const set = await loadSchemas({ ...options, cacheFolder: undefined });
    expect(set && answers(set)).toEqual(WHOLE);
  }
  expect(starts()).toBe(2);
});

test("a cache folder that cannot be written is told, and the schemas are there", async () => {
  const { options, problems } = loaderOf({ etcFolder: tinyEtc() });
  const cacheFolder = path.join(temporaryFolder(), "file");
  writeFileSync(cacheFolder, "");
  const set = await loadSchemas({ ...options, cacheFolder });
  expect(set && answers(set)).toEqual(WHOLE);
  expect(problems).toEqual([
    expect.stringMatching(/^The folder .*file cannot be written \(E\w+\): schemas are read anew/),
  ]);
});

test("defects are told each time, from the cache too, and what is not there only if the stack map names it", async () => {
  const changes = {
    "non-ecs-schema.json": "{",
    "integration-schemas.json.gz": {},
    "endpoint_schemas/x.json.gz": "",
  };
  const missing = { "endgame_schemas/8.4.0/endgame_ecs_mapping.json.gz": undefined };
  const { options, problems } = loaderOf({ etcFolder: tinyEtc({ ...missing, ...changes }) });
  await loadSchemas(options);
  const set = await loadSchemas(options);
  expect(
    set?.parts.filter(({ state }) => state !== "complete").map(({ name, state }) => `${name} ${state}`),
  ).toEqual(["Endgame missing", "Endpoint partial", "non-ECS fields broken", "integrations partial"]);
  const endgame = "fields of Endgame are not checked on stacks 9.4.0 and 9.5.0";
  const unverified = "a field that is in no other schema counts as unverified";
  const told = [
    `\`endgame_schemas/8.4.0/endgame_ecs_mapping.json.gz\` is missing: ${endgame}`,
    `\`endpoint_schemas/x.json.gz\` is no JSON, or is cut off: ${unverified}`,
    `\`non-ecs-schema.json\` is no JSON, or is cut off: ${unverified}`,
  ];
  expect(problems).toEqual([...told, ...told]);
});

test("without a stack there are no schemas", async () => {
  const { options, problems } = loaderOf({ etcFolder: temporaryFolder() });
  const set = await loadSchemas(options);
  expect([set?.stacks, set?.parts.map(({ name, state }) => `${name} ${state}`)]).toEqual([
    [],
    ["stack map missing"],
  ]);
  expect(problems).toEqual(["`stack-schema-map.yaml` is missing: no schema beside it is used"]);
});

describe("a thread that fails is told", () => {
  const failures: readonly (readonly [name: string, body: string, reason: string])[] = [
    ["by throwing", 'throw new Error("out of order");', "out of order"],
    ["by ending", "process.exit(3);", "it ended with code 3"],
    ["by doing nothing", "", "it ended with code 0"],
  ];
  test.each(failures)("%s", async (_name, body, reason) => {
    const { options, problems } = loaderOf({ etcFolder: tinyEtc() }, body);
    expect(await loadSchemas(options)).toBeUndefined();
    expect(problems).toEqual([
      `The schemas in ${options.etcFolder} could not be read, and fields are checked without them: ${reason}`,
    ]);
  });

  test("by not being there", async () => {
    const { options, problems } = loaderOf({ etcFolder: tinyEtc() });
    rmSync(options.workerFile);
    expect(await loadSchemas(options)).toBeUndefined();
    expect(problems).toEqual([
      expect.stringContaining("could not be read, and fields are checked without them: Cannot find module"),
    ]);
  });
});
