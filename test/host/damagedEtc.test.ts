/** Files of a checkout that are missing, cut off, far too large or of another shape: each is told, and the others go on. */
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { WHOLE, answers, setIn } from "./tinyAnswers.ts";
import { type Files, TINY, temporaryFolder, tinyEtc } from "./tinyEtc.ts";

test("a whole checkout has no problems", async () => {
  const set = await setIn({ etcFolder: tinyEtc() });
  expect(answers(set)).toEqual(WHOLE);
  expect(set.parts.map(({ name, detail, state, problem }) => [name, detail, state, problem])).toEqual([
    ["configuration", "1 folder of rules", "complete", undefined],
    ["stack map", "9.4.0, 9.5.0", "complete", undefined],
    ["package version", "9.5.0", "complete", undefined],
    ["ECS", "9.4.0, 9.5.0", "complete", undefined],
    ["Beats", "9.4.1, 9.5.1", "complete", undefined],
    ["Endgame", "8.4.0", "complete", undefined],
    ["Endpoint", "2 fields", "complete", undefined],
    ["non-ECS fields", "1 index pattern", "complete", undefined],
    ["integration manifests", "2 packages, 3 versions", "complete", undefined],
    ["integrations", "2 of 2 packages", "complete", undefined],
  ]);
});

const cutOff = (name: string): Uint8Array => {
  const whole = gzipSync(JSON.stringify(TINY[name]));
  return whole.subarray(0, whole.length - 12);
};
/** 65 MB of blanks in 65 kB. */
const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024, " "));
const flipped = (name: string): Uint8Array => {
  const bytes = gzipSync(JSON.stringify(TINY[name]));
  bytes[bytes.length - 6] = 255 - (bytes[bytes.length - 6] ?? 0);
  return bytes;
};

const ECS = "ecs_schemas/9.4.0/ecs_flat.json.gz";
const BEATS = "beats_schemas/v9.5.1.json.gz";
const MANIFESTS = "integration-manifests.json.gz";
const INTEGRATIONS = "integration-schemas.json.gz";
// As it stands in the tiny checkout.
const MANIFEST = TINY[MANIFESTS] as { readonly stove: object; readonly larder: object };
const NO_ECS = { ...WHOLE, ecs: "- keyword" };
const NO_NON_ECS = { ...WHOLE, nonEcs: "false -" };
const NO_FIELDS = { ...WHOLE, stove: "not-loaded not-loaded" };
const NO_PACKAGES = { ...NO_FIELDS, packages: "-" };

describe("a damaged file", () => {
  const cases: readonly (readonly [
    name: string,
    changes: Files,
    answers: object,
    state: string,
    problem: string,
  ])[] = [
    [
      "ECS of one stack missing",
      { [ECS]: undefined },
      NO_ECS,
      "ECS: partial",
      `\`${ECS}\` is missing: fields are not checked on stack 9.4.0`,
    ],
    [
      "cut off",
      { [ECS]: cutOff(ECS) },
      NO_ECS,
      "ECS: partial",
      `\`${ECS}\` is cut off: fields are not checked on stack 9.4.0`,
    ],
    [
      "with a wrong byte",
      { [ECS]: flipped(ECS) },
      NO_ECS,
      "ECS: partial",
      `\`${ECS}\` cannot be unpacked: fields are not checked on stack 9.4.0`,
    ],
    [
      "empty",
      { [ECS]: new Uint8Array() },
      NO_ECS,
      "ECS: partial",
      `\`${ECS}\` is no JSON, or is cut off: fields are not checked on stack 9.4.0`,
    ],
    [
      "no JSON",
      { [ECS]: "{" },
      NO_ECS,
      "ECS: partial",
      `\`${ECS}\` is no JSON, or is cut off: fields are not checked on stack 9.4.0`,
    ],
    [
      "of no letters",
      { [ECS]: gzipSync(Buffer.from([0x22, 0xff, 0x22])) },
      NO_ECS,
      "ECS: partial",
      `\`${ECS}\` is no text: fields are not checked on stack 9.4.0`,
    ],
    [
      "of another shape",
      { [ECS]: [1] },
      NO_ECS,
      "ECS: partial",
      `\`${ECS}\` holds no table of fields: fields are not checked on stack 9.4.0`,
    ],
    [
      "with one wrong entry",
      { [ECS]: { "dish.name": 4, b: { type: "ip" } } },
      NO_ECS,
      "ECS: partial",
      `\`${ECS}\` has no type for \`dish.name\`: fields are not checked on stack 9.4.0`,
    ],
    [
      "that unpacks to far too much",
      { [ECS]: bomb },
      NO_ECS,
      "ECS: partial",
      `\`${ECS}\` holds more than 64 MB: fields are not checked on stack 9.4.0`,
    ],
    [
      "all of ECS",
      { [ECS]: undefined, "ecs_schemas/9.5.0/ecs_flat.json.gz": "x" },
      { ...WHOLE, ecs: "- -" },
      "ECS: broken",
      `\`${ECS}\` is missing and \`ecs_schemas/9.5.0/ecs_flat.json.gz\` is no JSON, or is cut off: fields are not checked on stacks 9.4.0 and 9.5.0`,
    ],
    [
      "Beats",
      { [BEATS]: { ovenbeat: 1 } },
      { ...WHOLE, beats: "1 -" },
      "Beats: partial",
      `\`${BEATS}\` has no table under \`ovenbeat\`: fields of Beats are not checked on stack 9.5.0`,
    ],
    [
      "Endgame",
      { "endgame_schemas/8.4.0/endgame_ecs_mapping.json.gz": undefined },
      { ...WHOLE, endgame: "- -" },
      "Endgame: missing",
      "`endgame_schemas/8.4.0/endgame_ecs_mapping.json.gz` is missing: fields of Endgame are not checked on stacks 9.4.0 and 9.5.0",
    ],
    [
      "one of Endpoint",
      { "endpoint_schemas/endpoint_file.json.gz": "x" },
      { ...WHOLE, endpoint: "- -" },
      "Endpoint: partial",
      "`endpoint_schemas/endpoint_file.json.gz` is no JSON, or is cut off: a field that is in no other schema counts as unverified",
    ],
    [
      "all of Endpoint missing",
      {
        "endpoint_schemas/endpoint_file.json.gz": undefined,
        "endpoint_schemas/endpoint_process.json.gz": undefined,
      },
      { ...WHOLE, endpoint: "- -" },
      "Endpoint: missing",
      "`endpoint_schemas` is missing: a field that is in no other schema counts as unverified",
    ],
    [
      "non-ECS fields",
      { "non-ecs-schema.json": undefined },
      NO_NON_ECS,
      "non-ECS fields: missing",
      "`non-ecs-schema.json` is missing: a field that is in no other schema counts as unverified",
    ],
    [
      "with a wrong field",
      { "non-ecs-schema.json": { "logs-oven-*": { a: 1 } } },
      NO_NON_ECS,
      "non-ECS fields: broken",
      "`non-ecs-schema.json` has no type for `a`: a field that is in no other schema counts as unverified",
    ],
    [
      "manifests missing",
      { [MANIFESTS]: undefined },
      NO_PACKAGES,
      "integration manifests: missing",
      `\`${MANIFESTS}\` is missing: fields of integrations are not checked`,
    ],
    [
      "manifests cut off",
      { [MANIFESTS]: cutOff(MANIFESTS) },
      NO_PACKAGES,
      "integration manifests: broken",
      `\`${MANIFESTS}\` is cut off: fields of integrations are not checked`,
    ],
    [
      "manifests that name nothing",
      { [MANIFESTS]: {} },
      NO_PACKAGES,
      "integration manifests: broken",
      `\`${MANIFESTS}\` names no package: fields of integrations are not checked`,
    ],
    [
      "manifests of another shape",
      { [MANIFESTS]: [1] },
      NO_PACKAGES,
      "integration manifests: broken",
      `\`${MANIFESTS}\` holds no table of packages: fields of integrations are not checked`,
    ],
    [
      "a package that is no table",
      { [MANIFESTS]: { stove: 4, larder: { "1.0.0": { conditions: { kibana: { version: "^9.0.0" } } } } } },
      NO_FIELDS,
      "integration manifests: partial",
      `\`${MANIFESTS}\` has no table of versions under \`stove\`: fields of those packages are not checked`,
    ],
    [
      "a version that is none",
      { [MANIFESTS]: { ...MANIFEST, stove: { ...MANIFEST.stove, next: {} } } },
      NO_FIELDS,
      "integration manifests: partial",
      `\`${MANIFESTS}\` has \`next\` under \`stove\`, which is no version: fields of those packages are not checked`,
    ],
    [
      "a manifest without a range",
      {
        [MANIFESTS]: {
          stove: { "1.0.0": {} },
          larder: { "1.0.0": { conditions: { kibana: { version: "^9.0.0" } } } },
        },
      },
      NO_FIELDS,
      "integration manifests: partial",
      `\`${MANIFESTS}\` does not say on which stacks stove 1.0.0 runs: fields of those packages are not checked`,
    ],
    [
      "integrations missing",
      { [INTEGRATIONS]: undefined },
      NO_FIELDS,
      "integrations: missing",
      `\`${INTEGRATIONS}\` is missing: fields of integrations are not checked`,
    ],
    [
      "integrations cut off",
      { [INTEGRATIONS]: cutOff(INTEGRATIONS) },
      NO_FIELDS,
      "integrations: broken",
      `\`${INTEGRATIONS}\` is cut off: fields of integrations are not checked`,
    ],
    [
      "integrations with a wrong byte",
      { [INTEGRATIONS]: flipped(INTEGRATIONS) },
      NO_FIELDS,
      "integrations: broken",
      `\`${INTEGRATIONS}\` cannot be unpacked: fields of integrations are not checked`,
    ],
    [
      "integrations that end too early",
      { [INTEGRATIONS]: '{"stove": {' },
      NO_FIELDS,
      "integrations: broken",
      `\`${INTEGRATIONS}\` is JSON that ends too early: fields of integrations are not checked`,
    ],
    [
      "integrations that are no JSON",
      { [INTEGRATIONS]: "{stove}" },
      NO_FIELDS,
      "integrations: broken",
      `\`${INTEGRATIONS}\` is no JSON: fields of integrations are not checked`,
    ],
    [
      "one package missing",
      { [INTEGRATIONS]: { stove: (TINY[INTEGRATIONS] as { readonly stove: unknown }).stove } },
      WHOLE,
      "integrations: partial",
      `\`${INTEGRATIONS}\` lacks versions of larder: their fields are not checked`,
    ],
    [
      "one version missing",
      { [INTEGRATIONS]: { stove: { "1.0.0": { flame: { "stove.old": "ip" } } }, larder: { "1.0.0": {} } } },
      { ...WHOLE, stove: "found not-loaded" },
      "integrations: partial",
      `\`${INTEGRATIONS}\` lacks versions of stove: their fields are not checked`,
    ],
    [
      "no configuration",
      { "_config.yaml": undefined },
      WHOLE,
      "configuration: missing",
      "`_config.yaml` is missing: what it does not say is as in Elastic's own repository",
    ],
    [
      "a broken configuration",
      { "_config.yaml": "a: [" },
      WHOLE,
      "configuration: broken",
      "what it does not say is as in Elastic's own repository",
    ],
    [
      "no package version",
      { "packages.yaml": undefined },
      { stacks: "9.4.0 9.5.0 9.6.0" },
      "package version: missing",
      "`packages.yaml` is missing: rules are checked on all stacks of the stack map",
    ],
    [
      "no stack map",
      { "stack-schema-map.yaml": undefined },
      { stacks: "" },
      "stack map: missing",
      "`stack-schema-map.yaml` is missing: no schema beside it is used",
    ],
    [
      "a stack map of another shape",
      { "stack-schema-map.yaml": "- 9.4.0" },
      { stacks: "" },
      "stack map: broken",
      "`stack-schema-map.yaml` holds no table of stack versions: no schema beside it is used",
    ],
    [
      "a stack map with a wrong entry",
      { "stack-schema-map.yaml": `${String(TINY["stack-schema-map.yaml"])}next: {}\n` },
      WHOLE,
      "stack map: partial",
      "`stack-schema-map.yaml` has `next`, which is no version: those stacks are not checked",
    ],
  ];
  test.each(cases)("%s", async (_name, changes, expected, state, problem) => {
    const set = await setIn({ etcFolder: tinyEtc(changes) });
    expect(answers(set)).toMatchObject(expected);
    const [part, stateName] = state.split(": ");
    const found = set.parts.find(({ name }) => name === part);
    expect([found?.state, found?.problem]).toEqual([stateName, expect.stringContaining(problem)]);
  });

  test("a folder in the place of a file is no file", async () => {
    const etcFolder = tinyEtc({ [ECS]: undefined, [`${ECS}/x`]: "x" });
    const set = await setIn({ etcFolder });
    expect(set.parts.find(({ name }) => name === "ECS")?.problem).toContain(`\`${ECS}\` is no file`);
  });

  test("an empty folder gives nothing, and says so of each part", async () => {
    const set = await setIn({ etcFolder: temporaryFolder() });
    expect(set.stacks).toEqual([]);
    expect(set.parts.filter(({ problem }) => problem === undefined)).toEqual([]);
  });
});
