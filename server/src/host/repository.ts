/** What the repository around a folder decides: `_config.yaml`, the test configuration, and the switches of the environment. */
import { type Bypass, type RepositoryFiles } from "../core/knowledge/etc/repositoryConfig.ts";
import { stackVersionText } from "../core/knowledge/etc/stackVersion.ts";
import { type TestConfig, isSelected, readTestConfig } from "../core/knowledge/etc/testConfig.ts";
import { parsedYaml } from "../core/knowledge/etc/yaml.ts";
import { NO_REPOSITORY, type Repository } from "../core/knowledge/repository.ts";
import { type RuleRecords, ruleRecords } from "../core/knowledge/ruleRecords.ts";
import { type EtcPlace } from "./etcPlace.ts";
import { readableBytes } from "./limitedFile.ts";
import { pathNamedIn } from "./paths.ts";
import { schemaFiles } from "./schemaFiles.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Elastic's own names for the switches. */
export const SWITCHES: Readonly<Record<string, Bypass>> = {
  DR_BYPASS_NOTE_VALIDATION_AND_PARSE: "note-validation",
  DR_BYPASS_BBR_LOOKBACK_VALIDATION: "bbr-lookback",
  DR_BYPASS_TAGS_VALIDATION: "tags",
  DR_BYPASS_TIMELINE_TEMPLATE_VALIDATION: "timeline-template",
  DR_BYPASS_ESQL_KEEP_VALIDATION: "esql-keep",
  DR_BYPASS_ESQL_METADATA_VALIDATION: "esql-metadata",
};

/** Names the folder of a `_config.yaml`. */
export const CUSTOM_RULES = "CUSTOM_RULES_DIR";

/** Names the file of the test configuration, before `_config.yaml` does. */
export const TEST_CONFIG = "DETECTION_RULES_TEST_CONFIG";

export async function repositoryAt(place: EtcPlace | undefined, env: Environment): Promise<Repository> {
  const bypassed = Object.entries(SWITCHES).flatMap(([name, bypass]) => (isOn(env[name]) ? [bypass] : []));
  const folder = place?.configFolder ?? place?.etcFolder;
  if (place === undefined || folder === undefined) return { ...NO_REPOSITORY, bypasses: new Set(bypassed) };
  const { config, packageVersion, stacks } = await schemaFiles({
    etcFolder: place.etcFolder ?? folder,
    configFolder: place.configFolder,
  });
  const tests = await testConfig(folder, env[TEST_CONFIG] ?? config.files.testConfig);
  return {
    kind: place.configFolder === undefined ? "elastic" : "custom-rules",
    bypasses: new Set([...config.bypasses, ...bypassed]),
    omitsTacticInFileName: config.omitsTacticInFileName,
    normalizesKqlKeywords: config.normalizesKqlKeywords,
    bypassesVersionLock: config.bypassesVersionLock,
    newestStack: packageVersion && stackVersionText(packageVersion),
    oldestStack: stacks[0] && stackVersionText(stacks[0].version),
    isExempt: (ruleId, from) =>
      from === "rule_validation" && tests !== undefined && !isSelected(ruleId, tests.ruleValidation),
    records: await recordsIn(folder, config.files),
  };
}

/** Files that decide it, those included that are not there yet, and what the environment says. */
export async function repositoryInputs(
  place: EtcPlace | undefined,
  env: Environment,
): Promise<{ readonly paths: readonly string[]; readonly switches: readonly string[] }> {
  const switches = [...Object.keys(SWITCHES), TEST_CONFIG].map((name) => `${name}=${env[name] ?? ""}`);
  const folder = place?.configFolder ?? place?.etcFolder;
  if (place === undefined || folder === undefined) return { paths: [], switches };
  const { config, files } = await schemaFiles({
    etcFolder: place.etcFolder ?? folder,
    configFolder: place.configFolder,
  });
  const { testConfig: tests, versionLock, deprecatedRules } = config.files;
  const named = [env[TEST_CONFIG] ?? tests, versionLock, deprecatedRules];
  return {
    paths: [
      ...files.map((file) => file.path),
      ...named.flatMap((file) => (file === undefined ? [] : (pathNamedIn(folder, file) ?? []))),
    ],
    switches,
  };
}

/** As Elastic's tools read it. */
function isOn(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false", "no"].includes(value.toLowerCase());
}

async function testConfig(folder: string, file: string | undefined): Promise<TestConfig | undefined> {
  const text = await textOf(folder, file);
  const yaml = text === undefined ? undefined : parsedYaml(text);
  return yaml?.ok === true ? readTestConfig(yaml.value).value : undefined;
}

async function recordsIn(folder: string, files: RepositoryFiles): Promise<RuleRecords> {
  const [versionLock, deprecatedRules] = await Promise.all([
    textOf(folder, files.versionLock),
    textOf(folder, files.deprecatedRules),
  ]);
  return ruleRecords({ versionLock, deprecatedRules });
}

/** Undefined if no file is named, or it cannot be read. */
async function textOf(folder: string, file: string | undefined): Promise<string | undefined> {
  const place = file === undefined ? undefined : pathNamedIn(folder, file);
  return place === undefined ? undefined : (await readableBytes(place))?.toString("utf8");
}
