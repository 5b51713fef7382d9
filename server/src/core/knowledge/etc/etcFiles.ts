/** Which files below `detection_rules/etc` hold the schemas that the stack map selects. */
import { type StackEntry } from "./stackMap.ts";
import { stackVersionText } from "./stackVersion.ts";

export type SchemaFileKind =
  | "config"
  | "stack-map"
  | "package-version"
  | "ecs"
  | "beats"
  | "endgame"
  | "endpoint"
  | "non-ecs"
  | "custom"
  | "manifests"
  | "integrations"
  | "attack";

export interface SchemaFile {
  readonly kind: SchemaFileKind;
  /** Below `etc`, or where the stack map says; slashes divide it. */
  readonly path: string;
  /** Versions of ECS, Beats and Endgame. */
  readonly version: string | undefined;
  /** Stacks that it is read for; none where it is read for all. */
  readonly stacks: readonly string[];
}

export const ENDPOINT_FOLDER = "endpoint_schemas";

/** Files of the supported stacks; those of the folder of Endpoint are whatever stands in it. */
export function versionedFiles(stacks: readonly StackEntry[]): readonly SchemaFile[] {
  return [
    ...filesOfVersions(
      "ecs",
      stacks,
      ({ ecs }) => ecs,
      (version) => `ecs_schemas/${version}/ecs_flat.json.gz`,
    ),
    ...filesOfVersions("beats", stacks, ({ beats }) => beats, beatsPath),
    ...filesOfVersions(
      "endgame",
      stacks,
      ({ endgame }) => endgame,
      (version) => `endgame_schemas/${version}/endgame_ecs_mapping.json.gz`,
    ),
  ];
}

export const UNVERSIONED_FILES: readonly SchemaFile[] = [
  unversioned("non-ecs", "non-ecs-schema.json"),
  unversioned("manifests", "integration-manifests.json.gz"),
  unversioned("integrations", "integration-schemas.json.gz"),
];

/** Versions of packages that are newer than those of the repository, as an update took them from the package registry. */
export const REGISTRY_FOLDER = "registry";

export const REGISTRY_FILES: readonly SchemaFile[] = [
  unversioned("manifests", `${REGISTRY_FOLDER}/integration-manifests.json.gz`),
  unversioned("integrations", `${REGISTRY_FOLDER}/integration-schemas.json.gz`),
];

export function unversioned(kind: SchemaFileKind, path: string): SchemaFile {
  return { kind, path, version: undefined, stacks: [] };
}

/** Custom schemas of the supported stacks; a file that serves several of them stands once. */
export function customFiles(stacks: readonly StackEntry[]): readonly SchemaFile[] {
  const paths = new Set(stacks.flatMap(({ custom }) => custom.map(({ path }) => path)));
  return [...paths].map((path) => ({
    kind: "custom",
    path,
    version: undefined,
    stacks: stacks
      .filter(({ custom }) => custom.some((one) => one.path === path))
      .map(({ version }) => stackVersionText(version)),
  }));
}

function filesOfVersions(
  kind: SchemaFileKind,
  stacks: readonly StackEntry[],
  versionOf: (stack: StackEntry) => string | undefined,
  pathOf: (version: string) => string,
): readonly SchemaFile[] {
  const versions = new Set(stacks.flatMap((stack) => versionOf(stack) ?? []));
  return [...versions].map((version) => ({
    kind,
    path: pathOf(version),
    version,
    stacks: stacks
      .filter((stack) => versionOf(stack) === version)
      .map((stack) => stackVersionText(stack.version)),
  }));
}

/** Released versions have a `v` in front; `main` is the state of the day. */
function beatsPath(version: string): string {
  return `beats_schemas/${version === "main" ? version : `v${version}`}.json.gz`;
}
