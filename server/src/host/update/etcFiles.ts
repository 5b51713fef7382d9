/** Which files of a repository's `detection_rules/etc` hold schemas and techniques, and how large they may be. */

export const ETC_FOLDER = "detection_rules/etc/";

/** What tells which versions of the others are needed. */
export const STACK_MAP = "stack-schema-map.yaml";

/** Paths below `etc` that are read whatever the stack map says. */
const ALWAYS = [
  /^stack-schema-map\.yaml$/,
  /^packages\.yaml$/,
  /^_config\.yaml$/,
  /^non-ecs-schema\.json$/,
  /^integration-manifests\.json\.gz$/,
  /^integration-schemas\.json\.gz$/,
  /^endpoint_schemas\/[\w.-]+\.json\.gz$/,
  /^attack-v[\d.]+\.json\.gz$/,
  /^attack-technique-redirects\.json$/,
  /^attack-version-maps\/[\w.-]+\.yaml$/,
];

/** Versions that the stack map names, by folder. */
export interface SchemaVersions {
  readonly ecs: ReadonlySet<string>;
  readonly beats: ReadonlySet<string>;
  readonly endgame: ReadonlySet<string>;
}

/** Whether a file, by its path below `etc`, belongs to what we read; of any version while those are not known. */
export function isSchemaFile(file: string, versions: SchemaVersions | undefined): boolean {
  if (ALWAYS.some((pattern) => pattern.test(file))) return true;
  const [, ecsVersion] = /^ecs_schemas\/([^/]+)\/ecs_flat\.json\.gz$/.exec(file) ?? [];
  const [, beatsVersion] = /^beats_schemas\/v?([^/]+)\.json\.gz$/.exec(file) ?? [];
  const [, endgameVersion] = /^endgame_schemas\/([^/]+)\/[^/]+\.json\.gz$/.exec(file) ?? [];
  const version = ecsVersion ?? beatsVersion ?? endgameVersion;
  if (version === undefined || versions === undefined) return version !== undefined;
  if (ecsVersion !== undefined) return versions.ecs.has(version);
  return (beatsVersion === undefined ? versions.endgame : versions.beats).has(version);
}

/** No file that Elastic publishes comes near: what is larger is not what it says. */
export const LARGEST_FILE = 128 * 1024 * 1024;
