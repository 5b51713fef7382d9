/** Settings of a repository of rules: `_config.yaml` and the file that its `testing.config` names. */
import { describe, expect, test } from "vitest";
import {
  type RepositoryConfig,
  readRepositoryConfig,
} from "../../server/src/core/knowledge/etc/repositoryConfig.ts";
import { isSelected, readTestConfig } from "../../server/src/core/knowledge/etc/testConfig.ts";
import { parsedYaml } from "../../server/src/core/knowledge/etc/yaml.ts";

function yaml(text: string): unknown {
  const read = parsedYaml(text);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

const LEAST = "rule_dirs: [rules]\nfiles: {packages: p.yaml, stack_schema_map: s.yaml}\n";

const DEFAULTS: RepositoryConfig = {
  ruleFolders: ["rules"],
  buildingBlockFolders: [],
  files: {
    packages: "p.yaml",
    stackMap: "s.yaml",
    deprecatedRules: undefined,
    versionLock: undefined,
    testConfig: undefined,
    generatedSchema: undefined,
  },
  folders: {
    actions: undefined,
    exceptions: undefined,
    actionConnectors: undefined,
    attackVersionMaps: undefined,
  },
  normalizesKqlKeywords: true,
  bypassesVersionLock: false,
  omitsTacticInFileName: false,
  bypasses: new Set(),
  threatMapping: { framework: undefined, version: undefined },
};

describe("_config.yaml", () => {
  const cases: readonly (readonly [name: string, more: string, changed: Partial<RepositoryConfig>])[] = [
    ["the least that is asked for", "", {}],
    ["folders of building blocks", "bbr_rules_dirs: [a, ../b]", { buildingBlockFolders: ["a", "../b"] }],
    [
      "folders",
      "directories: {action_dir: a, exception_dir: e, action_connector_dir: c}\nattack_version_maps_dir: m",
      { folders: { actions: "a", exceptions: "e", actionConnectors: "c", attackVersionMaps: "m" } },
    ],
    ["a file of tests", "testing: {config: t.yaml}", { files: { ...DEFAULTS.files, testConfig: "t.yaml" } }],
    [
      "a file of generated schemas",
      "auto_gen_schema_file: g.json",
      { files: { ...DEFAULTS.files, generatedSchema: "g.json" } },
    ],
    ["keywords as they are written", "normalize_kql_keywords: False", { normalizesKqlKeywords: false }],
    ["no lock file", "bypass_version_lock: yes", { bypassesVersionLock: true }],
    ["free names of files", "no_tactic_filename: True", { omitsTacticInFileName: true }],
    [
      "one check turned off",
      "bypass_tags_validation: true\nbypass_esql_keep_validation: false",
      { bypasses: new Set(["tags"]) },
    ],
    [
      "all of them turned off",
      "bypass_optional_elastic_validation: true",
      {
        bypasses: new Set([
          "note-validation",
          "bbr-lookback",
          "tags",
          "timeline-template",
          "esql-keep",
          "esql-metadata",
        ]),
      },
    ],
    [
      "a version of ATT&CK, with and without quotes",
      "threat_mapping_framework: MITRE ATT&CK\nthreat_mapping_version: 18",
      { threatMapping: { framework: "MITRE ATT&CK", version: "18" } },
    ],
    ["a setting that is empty", "auto_gen_schema_file:\ntesting:\nbypass_tags_validation:", {}],
    ["a setting that we do not know", "colour: red", {}],
  ];
  test.each(cases)("%s", (_name, more, changed) => {
    expect(readRepositoryConfig(yaml(LEAST + more))).toEqual({
      value: { ...DEFAULTS, ...changed },
      problems: [],
    });
  });

  const wrong: readonly (readonly [name: string, text: string, problems: readonly string[]])[] = [
    ["nothing", "", ["holds no table of settings"]],
    ["a list", "- rules", ["holds no table of settings"]],
    ["no folders and no files", "a: 1", ["has no `rule_dirs`", "has no `files`"]],
    ["a folder that is no list", "rule_dirs: rules\nfiles: {}", ["has no list of texts as `rule_dirs`"]],
    ["a list with a number", "rule_dirs: [rules, 4]\nfiles: {}", ["has no list of texts as `rule_dirs`"]],
    ["files that are a list", "rule_dirs: []\nfiles: [a]", ["has no table as `files`"]],
    [
      "a file that is a table",
      "rule_dirs: []\nfiles: {packages: {a: 1}}",
      ["has no text as `files.packages`"],
    ],
    [
      "a truth value that is a text",
      `${LEAST}bypass_tags_validation: "true"`,
      ["has no truth value as `bypass_tags_validation`"],
    ],
  ];
  test.each(wrong)("%s is told", (_name, text, problems) => {
    const read = readRepositoryConfig(yaml(text));
    expect(read.problems).toEqual(problems);
    expect([read.value.files.stackMap, read.value.normalizesKqlKeywords]).toEqual([
      text.startsWith(LEAST) ? "s.yaml" : "stack-schema-map.yaml",
      true,
    ]);
  });
});

describe("the file of tests", () => {
  const cases: readonly (readonly [
    name: string,
    text: string,
    isAChecked: boolean,
    isBChecked: boolean,
    problems?: readonly string[],
  ])[] = [
    ["empty", "", true, true],
    ["everything commented out", "unit_tests:\nrule_validation:\n  bypass:\n  test_only:", true, true],
    ["some bypassed", "rule_validation: {bypass: [a]}", false, true],
    ["only some", "rule_validation: {test_only: [a]}", true, false],
    [
      "both at once",
      "rule_validation: {bypass: [a], test_only: [a]}",
      false,
      true,
      ["has both `bypass` and `test_only` in `rule_validation`"],
    ],
    ["no list", "rule_validation: {bypass: a}", true, true, ["has no list as `rule_validation.bypass`"]],
    ["no table below", "rule_validation: [a]", true, true, ["has no table under `rule_validation`"]],
    ["no table", "[a]", true, true, ["holds no table of settings"]],
  ];
  const rows = cases.map(([name, text, a, b, problems = []]) => [name, text, a, b, problems] as const);
  test.each(rows)("%s", (_name, text, a, b, problems) => {
    const { value, problems: found } = readTestConfig(yaml(text));
    expect([isSelected("a", value.ruleValidation), isSelected("b", value.ruleValidation), found]).toEqual([
      a,
      b,
      problems,
    ]);
  });

  test("unit tests are chosen apart from rules", () => {
    const { value } = readTestConfig(yaml("unit_tests: {test_only: [x]}\nrule_validation: {bypass: [x]}"));
    expect([
      isSelected("x", value.unitTests),
      isSelected("y", value.unitTests),
      isSelected("x", value.ruleValidation),
    ]).toEqual([true, false, false]);
  });
});
