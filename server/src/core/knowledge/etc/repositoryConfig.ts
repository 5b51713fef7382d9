/** Reads `_config.yaml`: how a repository of rules is laid out, and which of Elastic's checks it turns off. */
import { type JsonObject, objectIn } from "../attackJson.ts";
import { type Reading } from "./reading.ts";

/** Paths are as they are written: relative to the folder of the file. */
export interface RepositoryConfig {
  readonly ruleFolders: readonly string[];
  readonly buildingBlockFolders: readonly string[];
  readonly files: RepositoryFiles;
  readonly folders: RepositoryFolders;
  /** KQL keywords in capitals are written in small letters before a query is parsed. */
  readonly normalizesKqlKeywords: boolean;
  /** Versions of rules stand in the rules or come from Kibana, not from the lock file. */
  readonly bypassesVersionLock: boolean;
  /** Names of rule files need not begin with a tactic. */
  readonly omitsTacticInFileName: boolean;
  readonly bypasses: ReadonlySet<Bypass>;
  readonly threatMapping: ThreatMapping;
}

export interface RepositoryFiles {
  readonly packages: string;
  readonly stackMap: string;
  readonly deprecatedRules: string | undefined;
  readonly versionLock: string | undefined;
  readonly testConfig: string | undefined;
  /** Where Elastic's tools add fields that no schema knows. */
  readonly generatedSchema: string | undefined;
}

export interface RepositoryFolders {
  readonly actions: string | undefined;
  readonly exceptions: string | undefined;
  readonly actionConnectors: string | undefined;
  readonly attackVersionMaps: string | undefined;
}

export interface ThreatMapping {
  readonly framework: string | undefined;
  readonly version: string | undefined;
}

/** Checks that are turned off by `bypass_…: true`. */
export type Bypass =
  "note-validation" | "bbr-lookback" | "tags" | "timeline-template" | "esql-keep" | "esql-metadata";

const BYPASSES: readonly (readonly [string, Bypass])[] = [
  ["bypass_note_validation_and_parse", "note-validation"],
  ["bypass_bbr_lookback_validation", "bbr-lookback"],
  ["bypass_tags_validation", "tags"],
  ["bypass_timeline_template_validation", "timeline-template"],
  ["bypass_esql_keep_validation", "esql-keep"],
  ["bypass_esql_metadata_validation", "esql-metadata"],
];
const BYPASS_ALL = "bypass_optional_elastic_validation";

/** Without a file the value of an empty table holds. */
export function readRepositoryConfig(value: unknown): Reading<RepositoryConfig> {
  const problems: string[] = [];
  const root = objectIn(value);
  if (root === undefined) problems.push("holds no table of settings");
  const read = settingReader(root ?? {}, "", problems);
  const files = settingReader(read.table("files"), "files.", problems);
  const folders = settingReader(read.table("directories"), "directories.", problems);
  if (root !== undefined) {
    for (const name of ["rule_dirs", "files"]) if (!(name in root)) problems.push(`has no \`${name}\``);
  }
  return {
    value: {
      ruleFolders: read.texts("rule_dirs"),
      buildingBlockFolders: read.texts("bbr_rules_dirs"),
      files: {
        packages: files.text("packages") ?? "packages.yaml",
        stackMap: files.text("stack_schema_map") ?? "stack-schema-map.yaml",
        deprecatedRules: files.text("deprecated_rules"),
        versionLock: files.text("version_lock"),
        testConfig: settingReader(read.table("testing"), "testing.", problems).text("config"),
        generatedSchema: read.text("auto_gen_schema_file"),
      },
      folders: {
        actions: folders.text("action_dir"),
        exceptions: folders.text("exception_dir"),
        actionConnectors: folders.text("action_connector_dir"),
        attackVersionMaps: read.text("attack_version_maps_dir"),
      },
      normalizesKqlKeywords: read.truth("normalize_kql_keywords") ?? true,
      bypassesVersionLock: read.truth("bypass_version_lock") ?? false,
      omitsTacticInFileName: read.truth("no_tactic_filename") ?? false,
      bypasses: bypasses(read),
      threatMapping: {
        framework: read.text("threat_mapping_framework"),
        version: read.text("threat_mapping_version"),
      },
    },
    problems,
  };
}

function bypasses(read: SettingReader): ReadonlySet<Bypass> {
  const isAll = read.truth(BYPASS_ALL) === true;
  return new Set(BYPASSES.flatMap(([name, bypass]) => (read.truth(name) === true || isAll ? [bypass] : [])));
}

/** Reads settings of one table; what has the wrong type is told, and counts as absent. */
interface SettingReader {
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  truth(name: string): boolean | undefined;
  table(name: string): JsonObject;
}

function settingReader(table: JsonObject, prefix: string, problems: string[]): SettingReader {
  function wanted<T>(name: string, what: string, read: (value: unknown) => T | undefined): T | undefined {
    const value = table[name];
    if (value === undefined || value === null) return undefined;
    const found = read(value);
    if (found === undefined) problems.push(`has no ${what} as \`${prefix}${name}\``);
    return found;
  }
  return {
    // A version can stand without quotes.
    text: (name) =>
      wanted(name, "text", (value) => (typeof value === "number" ? String(value) : textOf(value))),
    texts: (name) => wanted(name, "list of texts", textsOf) ?? [],
    truth: (name) => wanted(name, "truth value", (value) => (typeof value === "boolean" ? value : undefined)),
    table: (name) => wanted(name, "table", objectIn) ?? {},
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function textsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.flatMap((item) => textOf(item) ?? []);
  return texts.length === value.length ? texts : undefined;
}
